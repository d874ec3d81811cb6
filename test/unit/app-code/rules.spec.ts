import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

describe("An AppCode", () => {
  let simulator: TestSimulator;
  let appId: string;
  before(async () => {
    simulator = await openSimulator();
    appId = (await new Outside(simulator.info).apig<{ id: string }>("POST", "/apps", { name: "shop" })).id;
  });
  after(() => simulator.close());

  const life = () => new Life(() => handlersFor(simulator).AppCode);

  for (const [length, isTaken] of [
    [63, false],
    [64, true],
    [180, true],
    [181, false],
  ] as const) {
    it(`of ${length} characters is ${isTaken ? "taken" : "refused at preview"}`, async () => {
      const failures = await life().failures({ appId, appCode: "c".repeat(length) });
      assert.deepEqual(failures, isTaken ? [] : [{ property: "", reason: "appCode: must have 64 to 180 characters" }]);
    });
  }

  for (const [sign, isTaken] of [
    ["+", true],
    ["/", true],
    ["_", false],
    ["=", false],
  ] as const) {
    it(`that begins with ${sign} is ${isTaken ? "taken" : "refused at preview"}`, async () => {
      const failures = await life().failures({ appId, appCode: `${sign}${"c".repeat(63)}` });
      assert.equal(failures.length, isTaken ? 0 : 1);
    });
  }

  it("is seen by the process that made it, although that had listed the codes before", async () => {
    const process = handlersFor(simulator).AppCode;
    const create = async () => {
      const { inputs } = await process.check({}, { appId, propagationSeconds: 0 });
      const { id, outs } = await process.create(inputs);
      return (await process.read(id, outs)).id === id;
    };
    assert.deepEqual([await create(), await create()], [true, true]);
  });
});
