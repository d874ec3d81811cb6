/** A stack moves from the dynamic provider to the plugin, and back: every object stays, and no call writes anything. */
import assert from "node:assert/strict";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { rowsOf } from "../../faults/rows";
import type { TestSimulator } from "../../simulator/open";
import { dynamicClasses, pluginClasses, type Classes } from "../../support/classes";
import { openServed, type Served } from "../../support/served";
import type { TestStack } from "../../support/stack";

const release = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const definition = {
  openapi: "3.0.3",
  info: { title: "shop", version: "1" },
  paths: { "/orders": { get: { operationId: "orders", responses: { 200: { description: "x" } } } } },
};
const defaults = { backend: { mock: "[]" }, auth: "APP+AppCode" } as const;

/** The same program, with the one import or the other. SDKs of the plugin know the names of the dynamic provider, not the reverse. */
const program = (apig: Classes, others?: string) => () => {
  const was = (type: string): CustomResourceOptions =>
    others === undefined ? {} : { aliases: [{ type: `${others}:${type}` }] };
  const app = new apig.App("app", { name: "shop_web" }, was("App"));
  const code = new apig.AppCode("code", { appId: app.appId }, was("AppCode"));
  const testing = new apig.Environment("testing", { name: "testing" }, was("Environment"));
  const api = new apig.ApiImport("api", { definition, defaults }, was("ApiImport"));
  const { groupId, operations: triggers } = api;
  const published = new apig.ApiPublication("api", { envId: release, groupId, triggers }, was("ApiPublication"));
  const { publishedApiIds: apiIds } = published;
  new apig.AppAuthorization("web", { envId: release, appIds: [app.appId], apiIds }, was("AppAuthorization"));
  new apig.BkciCredential(
    "code",
    { credentialId: "shop", type: "ACCESSTOKEN", accessToken: code.appCode, remark: testing.envId },
    was("BkciCredential"),
  );
  new apig.SecretTagQuery(
    "secrets",
    { action: "filter", tags: [{ key: "app", values: ["shop"] }] },
    was("SecretTagQuery"),
  );
  return Promise.resolve();
};

describe("A stack of the dynamic provider", function () {
  this.timeout(180_000);
  let served: Served;
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    served = await openServed();
    ({ simulator, stack } = served);
  });
  after(() => served.close());

  /** Eight updates that write nothing, and then nothing to do. */
  async function moves(): Promise<void> {
    const before = await rowsOf(simulator);
    const from = (await simulator.control.journal()).length;
    const { changes } = await stack.up();
    assert.deepEqual(
      [changes.update, changes.create, changes.replace, changes.delete],
      [8, undefined, undefined, undefined],
    );
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
    const written = (await simulator.control.journal(from)).filter(
      ({ method, path }) => method !== "GET" && !/export|action$/.test(path),
    );
    assert.deepEqual(
      written.map(({ operation }) => operation),
      [],
    );
    assert.deepEqual(await rowsOf(simulator), before);
  }

  it("moves to the plugin", async () => {
    stack.use(program(dynamicClasses));
    assert.equal((await stack.up()).changes.create, 9);
    stack.use(program(pluginClasses));
    const { text } = await stack.preview();
    assert.match(text, /apig:index:App app update \[diff: -__provider~provider\]/);
    await moves();
  });

  it("and back", async () => {
    stack.use(program(dynamicClasses, "apig:index"));
    await moves();
    await stack.destroy();
    const { apps, codes, credentials, environments } = await rowsOf(simulator);
    assert.deepEqual([apps, codes, credentials], [[], [], []]);
    assert.equal(environments.length, 1);
  });
});
