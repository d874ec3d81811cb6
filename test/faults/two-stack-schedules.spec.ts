import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { contentsOf, encounters } from "./encounters";
import { Tally } from "./tally";
import { TwoStacks } from "./two-stacks";

/** How many; `npm run test:faults` asks for more. */
const runs = Number(process.env["ENCOUNTERS"] ?? 60);
const seed = Number(process.env["SEED"] ?? 1);
const path = process.env["REPLAY"];

describe("Any schedule of two stacks that want the same names", function () {
  // Shrinking a failure takes a few hundred schedules more.
  this.timeout(600_000 + runs * 4_000);
  const tally = new Tally();
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(async () => {
    await simulator.close();
    tally.report();
  });

  it(`ends with each on objects of its own, and takes nothing from the other: ${runs} schedules from seed ${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(encounters(3), async (encounter) => {
        tally.add(contentsOf(encounter), await new TwoStacks(simulator, encounter).run());
      }),
      { numRuns: runs, seed, ...(path !== undefined && { path }) },
    );
  });
});
