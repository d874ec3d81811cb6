import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { OnHandlers } from "./on-handlers";
import { ScheduleRun } from "./run-schedule";
import { contentsOf, schedules } from "./schedules";
import { Totals } from "./totals";

/** How many schedules; `npm run test:faults` runs more. */
const runs = Number(process.env["SCHEDULES"] ?? 200);

/** A failure prints its seed and path: with both it can be repeated. */
const seed = Number(process.env["SEED"] ?? 1);
const path = process.env["REPLAY"];

describe("Any schedule of edits, faults and changes by others", function () {
  // Shrinking a failure takes some hundred schedules more.
  this.timeout(600_000 + runs * 2_000);
  const totals = new Totals();
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(async () => {
    await simulator.close();
    totals.report();
  });

  it(`ends with what was declared, and leaves nothing behind: ${runs} schedules from seed ${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(schedules(4), async (schedule) => {
        totals.add(contentsOf(schedule), await new ScheduleRun(simulator, new OnHandlers(), schedule).run());
      }),
      { numRuns: runs, seed, ...(path !== undefined && { path }) },
    );
  });
});
