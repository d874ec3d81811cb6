import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { contentsOf, twoStackSchedules } from "./two-stack-schedules";
import { Totals } from "./totals";
import { TwoStacks } from "./two-stacks";

/** How many schedules; `npm run test:faults` runs more. */
const runs = Number(process.env["TWO_STACK_SCHEDULES"] ?? 60);
const seed = Number(process.env["SEED"] ?? 1);
const path = process.env["REPLAY"];

describe("Any schedule of two stacks that want the same names", function () {
  // Shrinking a failure takes some hundred schedules more.
  this.timeout(600_000 + runs * 4_000);
  const totals = new Totals();
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(async () => {
    await simulator.close();
    totals.report();
  });

  it(`ends with separate objects, and neither stack deletes those of the other: ${runs} schedules from seed ${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(twoStackSchedules(3), async (schedule) => {
        totals.add(contentsOf(schedule), await new TwoStacks(simulator, schedule).run());
      }),
      { numRuns: runs, seed, ...(path !== undefined && { path }) },
    );
  });
});
