import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

describe("An AppCode whose create got no answer", () => {
  let simulator: TestSimulator;
  let outside: Outside;
  let appId: string;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    appId = (await outside.apig<{ id: string }>("POST", "/apps", { name: "shop" })).id;
  });

  const values = async () => {
    const { app_codes } = await outside.apig<{ app_codes: { app_code: string }[] }>("GET", `/apps/${appId}/app-codes`);
    return app_codes.map(({ app_code }) => app_code);
  };

  for (const [whose, appCode] of [
    ["that is given", "g".repeat(64)],
    ["of its own", undefined],
  ] as const) {
    for (const hours of [-2, 0, 2]) {
      /** A resource in whose process our clock is this far ahead of the service's. */
      const life = () => {
        const now = () => Date.now() + hours * 3_600_000;
        return new Life(() => handlersFor(simulator, {}, { now }).AppCode);
      };
      const program = () => ({ appId, appCode, propagationSeconds: 0 });

      it(`is found by a value ${whose}, with a clock that is ${hours} hours ahead`, async () => {
        await simulator.control.faults({ faults: [{ operation: "CreateAppCodeV2", kind: "dropAfter" }] });
        const code = life();
        await code.up(program());
        assert.deepEqual(await values(), [code.outputs["appCode"]]);
      });

      it(`goes by a value ${whose} when nobody could look for it, with a clock that is ${hours} hours ahead`, async () => {
        const faults = [
          { operation: "CreateAppCodeV2", kind: "dropAfter" as const },
          { operation: "ListAppCodesV2", kind: "dropBefore" as const, times: 10 },
        ];
        await simulator.control.faults({ faults });
        const code = life();
        await assert.rejects(code.up(program()), { message: /may have taken effect/ });
        await simulator.control.faults({});
        assert.equal((await values()).length, 1);
        await code.destroy();
        assert.deepEqual(await values(), []);
      });

      it(`is made anew by the next update, by a value ${whose}, with a clock that is ${hours} hours ahead`, async () => {
        const faults = [
          { operation: "CreateAppCodeV2", kind: "dropAfter" as const },
          { operation: "ListAppCodesV2", kind: "dropBefore" as const, times: 10 },
        ];
        await simulator.control.faults({ faults });
        const code = life();
        await assert.rejects(code.up(program()));
        await simulator.control.faults({});
        assert.equal(await code.up(program()), "replace");
        assert.deepEqual(await values(), [code.outputs["appCode"]]);
        assert.equal(await code.up(program()), "same");
      });
    }
  }
});
