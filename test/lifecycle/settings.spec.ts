import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as apig from "../support/apig";
import type { Identity, Key } from "../simulator/core/identity";
import type { Place } from "../simulator/core/types";
import { at, byKey, configOf, environmentOf, heldAt, identityOf, type HuaweiSettings } from "../support/identities";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack, withStack } from "../support/stack";

const declare = (): Promise<void> => {
  new apig.App("shop", { name: "shop" });
  return Promise.resolve();
};

/** The value of every secret setting that is refused. It must never be printed. */
const canary = "canary-in-a-setting";

describe("Settings, on the engine,", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let identity: Identity;
  let north: Place;
  let key: Key;

  before(async () => {
    simulator = await openSimulator();
    identity = await identityOf(simulator);
    [north] = identity.places as [Place];
    [key] = identity.keys as [Key];
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());

  it("may all come from the environment", async () => {
    const env = environmentOf({ ...at(simulator, north), ...byKey(key) });
    await withStack({ program: declare, env }, async (stack) => {
      await stack.up();
      assert.deepEqual((await heldAt(simulator, north)).apps, ["shop"]);
      const text = await stack.backendText();
      assert.ok(!text.includes(key.secretKey) && !text.includes(key.accessKey), "they never reach the state");
      await stack.destroy();
      assert.deepEqual((await heldAt(simulator, north)).apps, []);
    });
  });

  it("in stack config win one by one, but credentials there win as a whole", async () => {
    const { instanceId, ...place } = at(simulator, north);
    const config = configOf({ ...place, ...byKey(key) });
    // A ready token and half a user: the environment's credentials are not used, so they cannot contradict each other.
    const env = environmentOf({ instanceId: instanceId!, region: "mars-1", token: canary, userName: "nobody" });
    await withStack({ program: declare, config, env }, async (stack) => {
      const { text } = await stack.up();
      assert.deepEqual((await heldAt(simulator, north)).apps, ["shop"]);
      assert.ok(!text.includes(canary));
      assert.ok(!(await stack.backendText()).includes(key.secretKey), "encrypted in state");
    });
  });

  it("of a failed up are still used by refresh and destroy; the first error says what to do, the others are short", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `shop_${index}`);
    const program = () => {
      for (const name of names) new apig.App(name, { name });
      return Promise.resolve();
    };
    const good = configOf({ ...at(simulator, north), ...byKey(key) });
    await withStack({ program, config: good }, async (stack) => {
      await stack.up();
      await stack.stack.setAllConfig(configOf({ secretKey: "wrong-secret-key" }));
      names.push("shop_more");
      await refusalOf(stack.up());
      await stack.stack.setAllConfig(good);
      const told: string[] = [];
      const onEvent = ({ diagnosticEvent: said }: EngineEvent) => {
        if (said?.severity === "error" && said.urn?.includes("App")) told.push(said.message);
      };
      await refusalOf(stack.refresh({ onEvent }));
      assert.equal(told.length, 12);
      const [first, ...others] = told.sort((one, other) => other.length - one.length);
      assert.match(
        first ?? "",
        /^\S*Are the credentials corrected already\? [^\n]*`--run-program`\.\n *could not read the app [^\n]*\n?$/,
      );
      for (const other of others)
        assert.match(other, /^\S*could not read the app [^\n]{1,250} The first such error says more\.\s*$/);
      await stack.refresh({ runProgram: true });
      await stack.destroy();
      assert.deepEqual((await heldAt(simulator, north)).apps, []);
    });
  });

  describe("that cannot be used end the preview with their names, without a call:", () => {
    let stack: TestStack;
    before(async () => {
      stack = await TestStack.open({ program: declare });
    });
    after(() => stack.close());

    const place = { region: "sim-north-1", instanceId: "0123456789abcdef" };
    const both = [/huaweicloud:accessKey \(HW_ACCESS_KEY\)/, /huaweicloud:secretKey \(HW_SECRET_KEY\)/];
    const rows: [what: string, settings: HuaweiSettings, ...messages: RegExp[]][] = [
      ["half a key pair", { ...place, accessKey: canary }, ...both],
      [
        "two kinds of credentials",
        { ...place, token: canary, accessKey: canary, secretKey: canary },
        /more than one kind/,
        /huaweicloud:token \(HW_AUTH_TOKEN\)/,
        ...both,
      ],
      [
        "plain http to another machine",
        { ...place, token: canary, endpoints: JSON.stringify({ apig: "http://apig.example.com" }) },
        /huaweicloud:endpoints \(HW_ENDPOINTS\)/,
        /huaweicloud:insecure \(HW_INSECURE\)/,
      ],
      ["no region", { instanceId: place.instanceId, token: canary }, /huaweicloud:region/, /HW_REGION_NAME/],
      ["no instance", { region: place.region, token: canary }, /huaweicloud:instanceId/, /HW_APIG_INSTANCE_ID/],
      [
        "a setting that does not exist",
        { ...place, token: canary, colour: "red" },
        /huaweicloud\.colour is no setting of a provider; there are huaweicloud\.region, /,
      ],
    ];

    async function refused(): Promise<string> {
      const message = await refusalOf(stack.preview(), [canary]);
      assert.deepEqual(await simulator.control.journal(), []);
      return message;
    }

    for (const [what, huaweicloud, ...messages] of rows) {
      it(`${what}, in an explicit provider`, async () => {
        stack.use(() => {
          const provider = new apig.Provider("explicit", { huaweicloud });
          new apig.App("shop", { name: "shop" }, { provider });
          return Promise.resolve();
        });
        const message = await refused();
        for (const expected of messages) assert.match(message, expected);
      });
    }

    it("none at all: the error names the three ways to give credentials, in both spellings", async () => {
      await stack.stack.setAllConfig(configOf(place));
      stack.use(() => {
        new apig.SecretTagQuery("secrets", { action: "count" });
        return Promise.resolve();
      });
      const message = await refused();
      for (const name of ["accessKey", "secretKey", "token", "userName", "password", "domainName"]) {
        assert.match(message, new RegExp(`huaweicloud:${name} \\(HW_\\w+\\)`));
      }
    });

    it("a contradiction in stack config", async () => {
      await stack.stack.setAllConfig(configOf({ ...place, token: canary, userName: "somebody", password: canary }));
      stack.use(declare);
      assert.match(await refused(), /more than one kind.*huaweicloud:token \(HW_AUTH_TOKEN\), huaweicloud:userName/);
    });
  });
});
