import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { OnEngine } from "./on-engine";
import { ScheduleRun } from "./run-schedule";
import { contentsOf, schedules } from "./schedules";
import { Totals } from "./totals";

/** How many schedules; `npm run test:faults` runs more. */
const runs = Number(process.env["ENGINE_SCHEDULES"] ?? 2);
const seed = Number(process.env["SEED"] ?? 1);
const path = process.env["REPLAY"];

describe("Any schedule on the real engine", function () {
  this.timeout(60_000 + runs * 120_000);
  const totals = new Totals();
  let simulator: TestSimulator;
  let runner: OnEngine;
  before(async () => {
    simulator = await openSimulator();
    runner = await OnEngine.open();
  });
  after(async () => {
    await runner.close();
    await simulator.close();
    totals.report();
  });

  it(`ends with what was declared, and leaves nothing behind: ${runs} schedules from seed ${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(schedules(3), async (schedule) => {
        totals.add(contentsOf(schedule), await new ScheduleRun(simulator, runner, schedule).run());
      }),
      // A failed run leaves objects in the stack, so it cannot be shrunk.
      { numRuns: runs, seed, endOnFailure: true, ...(path !== undefined && { path }) },
    );
  });
});
