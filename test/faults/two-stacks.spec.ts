import assert from "node:assert/strict";
import { definition, specs } from "../support/definitions";
import { handlersFor } from "../support/handlers";
import { Life, type Bag } from "../support/life";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { unprinted } from "../support/unprinted";

describe("Two stacks that want the same names at the same time", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());

  const programs: Record<"App" | "Environment" | "ApiImport", Bag> = {
    App: { name: "shop" },
    Environment: { name: "testing" },
    ApiImport: { definition: definition(specs(2), { title: "shop" }) },
  };

  for (const type of Object.keys(programs) as (keyof typeof programs)[]) {
    it(`never hold the same ${type}, and a destroy of one leaves the other's alone, while half of the creates fail`, async () => {
      for (let round = 0; round < 12; round++) {
        await simulator.control.reset();
        const kind = { status: 500, code: "APIG.3500", effect: round % 3 === 0 };
        await simulator.control.faults({
          faults: ["CreateAnAppV2", "CreateEnvironmentV2", "ImportApiDefinitionsV2"].map((operation) => {
            return { operation, probability: 0.5, seed: round + 1, kind };
          }),
        });
        const [one, other] = [0, 1].map(() => new Life(() => handlersFor(simulator)[type])) as [Life, Life];
        await unprinted(() => Promise.allSettled([one, other].map((life) => life.up(programs[type]))));
        await simulator.control.faults({});
        assert.ok(!one.exists || one.id !== other.id, `round ${round}: both hold ${one.id}`);
        if (one.exists) await one.destroy();
        if (other.exists) assert.ok(await other.refresh(), `round ${round}: the other's is gone`);
      }
    });
  }
});
