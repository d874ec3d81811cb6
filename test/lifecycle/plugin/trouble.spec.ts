/** The plugin when something is wrong: half-made objects, refusals, a run that is cancelled, an engine that is killed. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AppCodeArgs } from "pulumi-apig";
import { rowsOf } from "../../faults/rows";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { pluginClasses as apig } from "../../support/classes";
import { openServedStack } from "../../support/served";
import type { TestStack } from "../../support/stack";

describe("With the plugin", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await openServedStack(simulator);
  });
  afterEach(() => stack.close());

  const fails = async (running: Promise<unknown>): Promise<string> =>
    running.then(
      () => assert.fail("it got through"),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  const code =
    (opts: Partial<AppCodeArgs> = {}) =>
    () => {
      const app = new apig.App("app", { name: "shop_web" });
      new apig.AppCode("code", { appId: app.appId, ...opts });
      return Promise.resolve();
    };

  it("a half-made object is recorded, and made whole by the next update", async () => {
    stack.use(code({ propagationSeconds: 0 }));
    await simulator.control.faults({
      faults: [
        { operation: "CreateAppCodeV2", kind: "dropAfter" },
        { operation: "ListAppCodesV2", kind: { status: 403 }, times: 50 },
      ],
    });
    assert.match(await fails(stack.up()), /could not create/);
    await simulator.control.faults({});
    await stack.up();
    assert.equal((await rowsOf(simulator)).codes.length, 1);
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
    assert.equal((await rowsOf(simulator)).codes.length, 0);
  });

  it("a refusal is one readable sentence at its resource, without a stack and without a secret", async () => {
    stack.use(code({ appCode: "too-short-and-secret" }));
    const refused = await fails(stack.preview());
    assert.match(refused, /apig:index:AppCode \(code\):\n *error: .*appCode: must have 64 to 180 characters/);
    assert.doesNotMatch(refused, /too-short-and-secret|\n +at /);

    await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", kind: { status: 403 }, times: 1 }] });
    stack.use(code());
    const forbidden = await fails(stack.up());
    assert.match(forbidden, /could not create the app/);
    assert.doesNotMatch(forbidden, /\n +at [A-Za-z]/);
    assert.ok(!forbidden.includes(simulator.info.token));
  });

  it("types, functions and settings that do not exist are named, with those that do", async () => {
    stack.use(() => {
      new Unknown("apig:index:Nothing", "one", {});
      return Promise.resolve();
    });
    assert.match(await fails(stack.preview()), /has no resource type apig:index:Nothing; there are apig:index:App, /);
    stack.use(async () => {
      await pulumi.runtime.invoke("apig:index:getNothing", {});
    });
    assert.match(await fails(stack.preview()), /has no function apig:index:getNothing; there are apig:index:get/);
    stack.use(() => {
      const provider = new Second("apig", "second", { huaweicloud: JSON.stringify({ regoin: "x" }) });
      new apig.App("app", { name: "shop_web" }, { provider });
      return Promise.resolve();
    });
    assert.match(
      await fails(stack.preview()),
      /huaweicloud\.regoin is no setting of a provider; there are huaweicloud\.region, /,
    );
  });

  it("a member of the stack's config that does not exist is named, and so is an input that only a newer version has", async () => {
    stack.use(() => {
      new apig.App("app", { name: "shop_web", colour: "red" } as { name: string });
      return Promise.resolve();
    });
    const refused = await fails(stack.preview());
    assert.match(refused, /apig:index:App \(app\):\n *error: .*colour: no such property; there are /);
    assert.doesNotMatch(refused, /\n +at /);

    await stack.stack.setConfig("apig:bkci", { value: JSON.stringify({ endpiont: "https://bkci.invalid" }) });
    stack.use(code());
    const misspelt = await fails(stack.preview());
    assert.match(misspelt, /bkci\.endpiont is no setting of a provider; there are /);
    assert.doesNotMatch(misspelt, /\n +at /);
  });

  it("an explicit provider is another place, and secrets are in no file in clear", async () => {
    const { info } = simulator;
    stack.use(() => {
      const settings = {
        region: "sim-north-1",
        projectId: info.projectId,
        token: info.token,
        instanceId: info.instanceId,
      };
      const endpoints = { apig: info.apig, kms: info.kms, iam: info.iam };
      const huaweicloud = pulumi.secret(JSON.stringify({ ...settings, endpoints }));
      const provider = new Second("apig", "second", { huaweicloud });
      const app = new apig.App("app", { name: "shop_second" }, { provider });
      new apig.AppCode("code", { appId: app.appId }, { provider });
      return Promise.resolve();
    });
    await stack.up();
    const { apps, codes } = await rowsOf(simulator);
    const files = await stack.backendText();
    for (const secret of [info.token, apps[0]?.secret, codes[0]?.value]) {
      assert.ok(secret !== undefined && secret.length > 20);
      assert.ok(!files.includes(secret));
    }
  });

  it("a cancelled run ends its waits, and state knows what was made", async () => {
    stack.use(code());
    await stack.up();
    stack.use(code({ rotate: { quarter: "2" }, propagationSeconds: 600 }));
    const running = fails(stack.up());
    while ((await rowsOf(simulator)).codes.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    stack.interrupt();
    await running;
    const { deployment } = (await stack.exportState()) as {
      deployment: { resources: { type: string; id?: string }[] };
    };
    const known = deployment.resources
      .filter(({ type }) => type.endsWith("AppCode"))
      .map(({ id }) => id?.split("/")[2]);
    assert.deepEqual(known.sort(), (await rowsOf(simulator)).codes.map(({ id }) => id).sort());
  });
});

class Unknown extends pulumi.CustomResource {}
class Second extends pulumi.ProviderResource {}
