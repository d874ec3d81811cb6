import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import type { Info } from "../simulator/core/simulator";
import { visit, type Visit } from "../simulator/gateway/visit";
import { delivered, deliveredValues } from "../support/delivered";
import { Outside } from "../simulator/outside";
import { openSimulator, type Control, type TestSimulator } from "../simulator/open";
import { openShopServices, type ShopServices } from "../support/shop-services";
import { withStack, type TestStack } from "../support/stack";

const folder = join(__dirname, "../../examples");

/** Environment of an example's engine and program. Types are not checked here: `npm run types` does that. */
const environmentOf = ({ env }: TestSimulator) => ({ ...env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" });

/** The objects that an example needs, and a check of what it promises after its `up`. */
interface Scene {
  readonly seed?: Parameters<Control["seed"]>[0];
  readonly promise: (
    outputs: OutputMap,
    simulator: TestSimulator,
    stack: TestStack,
    services: ShopServices,
  ) => Promise<void>;
}

const scenes: Readonly<Record<string, Scene>> = {
  fastapi: {
    async promise({ groupId, environment, operations, appCode }, { info }, _stack, { asked }) {
      assert.deepEqual(Object.keys(operations?.value as object).sort(), [
        "GET /shop/files/{path+}",
        "GET /shop/health",
        "GET /shop/orders",
        "GET /shop/orders/{order_id}",
        "POST /shop/orders",
      ]);
      const place = { groupId: groupId?.value as string, stage: environment?.value as string };
      const code = appCode?.value as string;
      const ask = (path: string, more: object = {}) => visit(info, { ...place, path, ...more });
      assert.deepEqual(await ask("/shop/orders?limit=5&paid=true", { code }), { status: 200, body: "[]" });
      const order = { sku: "apple", quantity: 2 };
      const made = await ask("/shop/orders", { code, method: "POST", body: order });
      assert.deepEqual([made.status, JSON.parse(made.body)], [201, { id: 1, order }]);
      assert.deepEqual(await ask("/shop/orders/7", { code }), { status: 200, body: '"/orders/7"' });
      assert.deepEqual(await ask("/shop/files/a/b.txt", { code }), { status: 200, body: '"/files/a/b.txt"' });
      assert.equal((await ask("/shop/health")).status, 200);
      assert.equal((await ask("/shop/orders")).status, 401);
      const query = new URL(asked[0]?.replace("GET ", "") ?? "", "http://services").searchParams;
      assert.deepEqual([query.get("limit"), query.get("paid")], ["5", "true"]);
    },
  },

  rotation: {
    async promise({ groupId }, { control, info }) {
      const code = await delivered(control, info.bkciProjectId, "rotation_appcode");
      await assertGuarded(info, code, { groupId: groupId?.value as string, path: "/hello" });
    },
  },

  secrets: {
    seed: {
      secrets: [
        { name: "acme-hook", tags: { role: "partner" } },
        { name: "umbrella-hook", tags: { role: "partner" }, state: "DISABLED" },
        { name: "database", tags: { role: "server" } },
      ],
    },
    async promise({ callers }, { control, info }, stack) {
      assert.deepEqual(callers?.value, ["partner_acme_hook"]);
      await control.seed({ secrets: [{ name: "initech-hook", tags: { role: "partner" } }] });
      const { changes } = await stack.preview();
      assert.equal(changes.create, 3, "an app, its code and the credential of the partner that came");
      const { outputs } = await stack.upWithOutputs();
      assert.deepEqual(outputs["callers"]?.value, ["partner_acme_hook", "partner_initech_hook"]);
      const codes = outputs["callers"].value.map((id: string) => delivered(control, info.bkciProjectId, id));
      assert.equal(new Set(await Promise.all(codes)).size, 2);
      const asked = (await control.journal()).filter(({ service }) => service === "csms");
      assert.deepEqual(new Set(asked.map(({ operation }) => operation)), new Set(["ListResourceInstances"]));
    },
  },

  pipeline: {
    async promise(outputs, simulator) {
      await assertGreets(outputs, simulator.info);
      const env = environmentOf(simulator);
      await withStack({ program: join(folder, "pipeline"), env }, async (other) => {
        const { outputs: theirs } = await other.upWithOutputs();
        await assertGreets(theirs, simulator.info);
        await other.destroy();
        await assertGreets(outputs, simulator.info);
      });
    },
  },
};

/** Checks that the API of the pipeline example answers its callers, in the environment of a stack. */
function assertGreets({ groupId, environmentName, appCode }: OutputMap, info: Info): Promise<void> {
  const call = { groupId: groupId?.value as string, stage: environmentName?.value as string, path: "/hello" };
  return assertGuarded(info, appCode?.value as string, call);
}

/** Checks that the API answers a call with the code, and refuses a call without it. */
async function assertGuarded(info: Info, code: string, call: Visit): Promise<void> {
  const answers = [await visit(info, { ...call, code }), await visit(info, call)];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 401],
  );
}

describe("examples", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let services: ShopServices;
  beforeEach(async () => {
    simulator = await openSimulator();
    services = await openShopServices();
  });
  afterEach(async () => {
    await services.close();
    await simulator.close();
  });

  // `start.spec.ts` runs the quickstart, `plugin/yaml.spec.ts` the example in YAML.
  const elsewhere = ["quickstart", "yaml"];
  const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of examples.filter((each) => !elsewhere.includes(each.name))) {
    it(`${name} is made, keeps its promise, needs no second update, and leaves nothing behind`, async () => {
      const scene = scenes[name];
      assert.ok(scene, `say in this file what examples/${name} promises`);
      const { control, info } = simulator;
      await control.options({ gatewayDelay: 0 });
      await control.clock({ advance: -60_000 }); // No example has to wait until the gateway knows a change.
      if (scene.seed) await control.seed(scene.seed);
      const backends = JSON.stringify({ orders: services.url, files: services.url });
      const config = { "test:backends": { value: backends } };
      await withStack({ program: join(folder, name), env: environmentOf(simulator), config }, async (stack) => {
        const { outputs, text } = await stack.upWithOutputs();
        const secrets = Object.values(outputs).flatMap(({ secret, value }) => (secret ? [value as string] : []));
        const written = text + (await stack.backendText());
        for (const value of [...secrets, ...(await deliveredValues(control))]) assert.ok(!written.includes(value));
        await scene.promise(outputs, simulator, stack, services);
        await stack.preview({ expectNoChanges: true });
        await stack.destroy();
      });

      const outside = new Outside(info);
      const total = async (path: string) => (await outside.apig<{ total: number }>("GET", path)).total;
      assert.deepEqual([await total("/apis"), await total("/apps")], [0, 0]);
      assert.deepEqual([await total("/api-groups"), await total("/envs")], [1, 1], "DEFAULT and RELEASE");
      assert.deepEqual(await deliveredValues(control), []);
    });
  }
});
