import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
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

  it("is made where adopt finds none of that value", async () => {
    await life.up({ appId, adopt: true, appCode: "o".repeat(64), propagationSeconds: 0 });
    assert.equal((await all()).length, 2);
  });
});
