/** `import` of what exists, by its id: afterwards a preview has no change and no call has written anything. */
import assert from "node:assert/strict";
import { rowsOf } from "../../faults/rows";
import type { TestSimulator } from "../../simulator/open";
import { pluginClasses as apig } from "../../support/classes";
import { openServed, openServedStack, type Served } from "../../support/served";
import type { TestStack } from "../../support/stack";

const release = "DEFAULT_ENVIRONMENT_RELEASE_ID";

describe("An import by the plugin", function () {
  this.timeout(180_000);
  let served: Served;
  let simulator: TestSimulator;
  let makers: TestStack;
  let stack: TestStack;

  before(async () => {
    served = await openServed();
    ({ simulator, stack } = served);
    makers = await openServedStack(simulator);
  });
  after(async () => {
    await makers.close();
    await served.close();
  });

  const definition = {
    openapi: "3.0.3",
    info: { title: "shop", version: "1" },
    paths: {
      "/orders/{id}": { get: { operationId: "getOrder", responses: { 200: { description: "x" } } } },
      "/orders": { post: { operationId: "addOrder", responses: { 201: { description: "x" } }, security: [] } },
    },
  };

  /** Somebody else's program, whose objects are there already. */
  function make(): Promise<Record<string, unknown>> {
    const app = new apig.App("app", { name: "shop_web", remark: "of the shop" });
    const code = new apig.AppCode("code", { appId: app.appId });
    const environment = new apig.Environment("testing", { name: "testing" });
    const api = new apig.ApiImport("api", {
      definition,
      defaults: { backend: { url: "https://shop.example.com/v1" }, auth: "APP+AppCode" },
    });
    const published = new apig.ApiPublication("api", { envId: release, groupId: api.groupId });
    const granted = new apig.AppAuthorization("web", {
      envId: release,
      appIds: [app.appId],
      apiIds: published.publishedApiIds,
      skipOpen: true,
    });
    const credential = new apig.BkciCredential("code", {
      credentialId: "shop_code",
      type: "ACCESSTOKEN",
      accessToken: code.appCode,
    });
    const all = { app, code, environment, api, published, granted, credential };
    return Promise.resolve(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one.id])));
  }

  it("takes all that a program can manage, and the next preview and update have nothing to do", async () => {
    makers.use(make);
    const { outputs } = await makers.upWithOutputs();
    const before = await rowsOf(simulator);
    const from = (await simulator.control.journal()).length;
    for (const [name, type] of Object.entries(types)) {
      const id = String(outputs[name]?.value);
      const { stdout } = await stack.command(
        ...["import", "--yes", "--protect=false", "--generate-code=false"],
        ...[`apig:index:${type}`, name, id],
      );
      assert.match(stdout, /= 1 imported/);
      if (type === "BkciCredential")
        assert.match(stdout, /warning: BkciCredential demo\/shop_code: BK-CI shows no values/);
    }

    const imported = await stack.stack.exportStack();
    const found = (imported.deployment as { resources: { type: string; inputs?: Record<string, unknown> }[] })
      .resources;
    assert.doesNotMatch(JSON.stringify(found.find(({ type }) => type.endsWith("AppCode"))?.inputs), /appCode/);
    stack.use(() => {
      for (const [name, type] of Object.entries(types)) {
        const inputs = found.find((each) => each.type === `apig:index:${type}`)?.inputs;
        const args = { ...inputs, ...(type === "BkciCredential" && { accessToken: "what it is" }) };
        new apig[type](name, args as never);
      }
      return Promise.resolve();
    });
    await stack.preview({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    const written = (await simulator.control.journal(from)).filter(
      ({ operation }) => operation !== "ExportApiDefinitionsV2",
    );
    assert.deepEqual(
      written.filter(({ method }) => method !== "GET").map(({ operation }) => operation),
      [],
    );
    assert.deepEqual(await rowsOf(simulator), before);
  });

  it("of what is not there says so", async () => {
    const id = `${"1".repeat(32)}/${"2".repeat(32)}`;
    const { stdout } = await stack.command("import", "--yes", "apig:index:App", "none", id);
    assert.match(stdout, /does not exist/);
  });
});

const types = {
  app: "App",
  code: "AppCode",
  environment: "Environment",
  api: "ApiImport",
  published: "ApiPublication",
  granted: "AppAuthorization",
  credential: "BkciCredential",
} as const;
