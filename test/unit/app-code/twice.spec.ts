/** A proxy that delivers a create twice leaves two codes with one value. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

describe("An AppCode whose create was delivered twice", () => {
  let simulator: TestSimulator;
  let appId: string;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    ({ id: appId } = await new Outside(simulator.info).apig<{ id: string }>("POST", "/apps", { name: "web" }));
  });

  const codes = async () => {
    const path = `/apps/${appId}/app-codes`;
    const { app_codes } = await new Outside(simulator.info).apig<{ app_codes: { app_code: string }[] }>("GET", path);
    return app_codes.map((code) => code.app_code);
  };

  for (const answer of ["first", "second"] as const) {
    it(`goes whole with its rotation, whichever answer came: the ${answer}`, async () => {
      const life = new Life(() => handlersFor(simulator).AppCode);
      await simulator.control.faults({ faults: [{ operation: "CreateAppCodeV2", kind: { twice: answer } }] });
      await life.up({ appId, propagationSeconds: 0 });
      assert.deepEqual([(await codes()).length, new Set(await codes()).size], [2, 1]);
      await life.up({ appId, propagationSeconds: 0, rotate: { year: "2027" } });
      assert.deepEqual(await codes(), [life.outputs["appCode"]]);
      await life.destroy();
      assert.deepEqual(await codes(), []);
    });
  }
});
