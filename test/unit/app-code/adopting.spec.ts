import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown } from "../../support/life";
import { unprinted } from "../../support/unprinted";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

interface Code {
  readonly id: string;
  readonly app_code: string;
}

describe("An AppCode that exists", () => {
  let simulator: TestSimulator;
  let outside: Outside;
  let life: Life;
  let appId: string;
  let theirs: Code;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    appId = (await outside.apig<{ id: string }>("POST", "/apps", { name: "shop" })).id;
    theirs = await outside.apig<Code>("POST", `/apps/${appId}/app-codes`, { app_code: "t".repeat(64) });
    life = new Life(() => handlersFor(simulator).AppCode);
  });

  const all = async () => (await outside.apig<{ app_codes: Code[] }>("GET", `/apps/${appId}/app-codes`)).app_codes;

  const ways: Record<string, () => Record<string, unknown>> = {
    "by its id": () => ({ adopt: theirs.id }),
    "by its value": () => ({ adopt: true, appCode: theirs.app_code }),
    "by its value, which must exist": () => ({ adopt: "only", appCode: theirs.app_code }),
    "by both": () => ({ adopt: theirs.id, appCode: theirs.app_code }),
  };
  for (const [way, args] of Object.entries(ways)) {
    it(`is taken over ${way}, and comes to rest`, async () => {
      const { adopt, ...rest } = args();
      await life.up({ appId, adopt, ...rest });
      assert.deepEqual([life.id.split("/").at(-1), life.outputs["appCode"]], [theirs.id, theirs.app_code]);
      assert.equal((await all()).length, 1);
      assert.ok(await life.refresh());
      assert.equal(await life.up({ appId, adopt, ...rest }), "same");
      assert.equal(await life.up({ appId, ...rest }), "same", "adopt has done its work");
    });
  }

  it("is not taken over by its id as one of another value, and neither value is told", async () => {
    const appCode = "o".repeat(64);
    await assert.rejects(life.up({ appId, adopt: theirs.id, appCode }), ({ message }: Error) => {
      assert.match(message, new RegExp(`${theirs.id} has another value`));
      assert.ok(!message.includes(appCode) && !message.includes(theirs.app_code));
      return true;
    });
    assert.deepEqual(
      (await all()).map(({ id }) => id),
      [theirs.id],
    );
  });

  it("is named by the preview without its value, by one list for all codes of an app", async () => {
    const handler = handlersFor(simulator).AppCode;
    const named = [{ adopt: theirs.id }, { adopt: true, appCode: theirs.app_code }];
    const { said } = await unprinted(async () => {
      const calls = await callsDuring(simulator.control, async () => {
        for (const args of named) {
          assert.deepEqual((await handler.check({}, { appId, ...args })).failures, []);
        }
      });
      assert.deepEqual(calls, { ListAppCodesV2: 1 });
    });
    const line = `warning: AppCode of app ${appId} exists (${theirs.id}): it will be taken over as it is.\n`;
    assert.equal(said, line.repeat(2));
  });

  it("is not made where it must exist, and neither is another one", async () => {
    const appCode = "o".repeat(64);
    const rows: [args: Record<string, unknown>, reason: RegExp][] = [
      [
        { adopt: "only", appCode },
        /^AppCode of app \w+ with the value of appCode does not exist, and `adopt: "only"` makes none\.$/,
      ],
      [{ adopt: "f".repeat(32) }, /^App \w+ has no AppCode f{32}\.$/],
      [{ adopt: theirs.id, appCode }, /has another value than appCode says/],
      [{ adopt: "only" }, /it finds a code by its value/],
    ];
    for (const [args, reason] of rows) {
      const [failure] = await life.failures({ appId, ...args });
      assert.match(failure?.reason ?? "", reason);
    }
    const handler = handlersFor(simulator).AppCode;
    const { inputs } = await handler.check({}, { appId: unknown, adopt: "only", appCode });
    await assert.rejects(handler.create({ ...inputs, appId }), { message: /makes none\.$/ });
    assert.equal((await all()).length, 1);
  });

  it("is made where adopt finds none of that value", async () => {
    await life.up({ appId, adopt: true, appCode: "o".repeat(64), propagationSeconds: 0 });
    assert.equal((await all()).length, 2);
  });
});
