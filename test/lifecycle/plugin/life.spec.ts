/** The plugin under the real engine: programs name types by their tokens, as those of every language do. */
import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { TestSimulator } from "../../simulator/open";
import { pluginClasses as apig } from "../../support/classes";
import { openServed, type Served } from "../../support/served";
import type { TestStack } from "../../support/stack";

describe("The plugin", function () {
  this.timeout(180_000);
  let served: Served;
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    served = await openServed();
    ({ simulator, stack } = served);
  });
  after(() => served.close());

  const definition = (...names: string[]) => ({
    openapi: "3.0.3",
    info: { title: "shop", version: "1" },
    paths: Object.fromEntries(
      names.map((name) => [
        `/${name}`,
        { get: { operationId: `get_${name}`, responses: { 200: { description: "x" } } } },
      ]),
    ),
  });

  it("makes, finds unchanged, changes, refreshes and takes down", async () => {
    const program = (remark: string) => () => {
      const app = new apig.App("app", { name: "shop_web", remark });
      const code = new apig.AppCode("code", { appId: app.appId, propagationSeconds: 0 });
      const api = new apig.ApiImport("api", {
        definition: definition("one", remark),
        defaults: { backend: { mock: "hello" }, auth: "APP+AppCode" },
      });
      new apig.ApiPublication("api", {
        envId: "DEFAULT_ENVIRONMENT_RELEASE_ID",
        groupId: api.groupId,
        triggers: api.operations,
      });
      return Promise.resolve({ code: code.appCode, codeId: code.appCodeId });
    };
    stack.use(program("first"));
    const made = await stack.upWithOutputs();
    assert.equal(made.changes.create, 5);
    assert.equal(made.outputs["code"]?.secret, true);
    assert.match(String(made.outputs["codeId"]?.value), /^[0-9a-f]{32}$/);
    await stack.preview({ expectNoChanges: true });

    stack.use(program("second"));
    const { text } = await stack.preview({ diff: true });
    assert.match(text, /~ remark: "first" => "second"/);
    assert.match(
      text,
      /- GET \/first *: "get_first, public, APP\+AppCode, mock #.{8}"\n *\+ GET \/second: "get_second/,
    );
    assert.equal((await stack.up()).changes.update, 3);
    assert.equal((await stack.refresh()).changes.same, 5);
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
  });

  it("knows at preview what a query finds, unless it does not know what to ask", async () => {
    const secret = (name: string, app: string) => ({ name, tags: { app } });
    let told: string[] | undefined;
    const callers = (app: () => pulumi.Input<string>) => () => {
      const query = new apig.SecretTagQuery("secrets", {
        action: "filter",
        tags: [{ key: "app", values: [app()] }],
      });
      query.resources.apply((secrets) => (told = secrets.map(({ name }) => name)));
      return Promise.resolve();
    };
    await simulator.control.seed({ secrets: [secret("shop-one", "shop")] });
    stack.use(callers(() => "shop"));
    await stack.preview();
    assert.deepEqual(told, ["shop-one"]);
    await stack.up();
    await simulator.control.seed({ secrets: [secret("shop-two", "shop")] });
    await stack.preview();
    assert.deepEqual(told, ["shop-one", "shop-two"]);

    told = undefined;
    stack.use(callers(() => new apig.App("app", { name: "shop_web" }).appId));
    await stack.preview();
    assert.equal(told, undefined);
    await stack.destroy();
  });
});
