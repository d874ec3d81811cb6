import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { OnHandlers } from "./on-handlers";
import { Play } from "./play";
import { contentsOf, schedules } from "./schedules";
import { Tally } from "./tally";

/** How many schedules; `npm run test:faults` asks for more. */
const runs = Number(process.env["SCHEDULES"] ?? 200);

/** What a failure prints as seed and path repeats it. */
const seed = Number(process.env["SEED"] ?? 1);
const path = process.env["REPLAY"];

describe("Any schedule of edits, faults and changes by others", function () {
  // Shrinking a failure takes a few hundred schedules more.
  this.timeout(600_000 + runs * 2_000);
  const tally = new Tally();
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(async () => {
    await simulator.close();
    tally.report();
  });

  it(`ends with what was declared, and leaves nothing behind: ${runs} schedules from seed ${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(schedules(4), async (schedule) => {
        tally.add(contentsOf(schedule), await new Play(simulator, new OnHandlers(), schedule).run());
      }),
      { numRuns: runs, seed, ...(path !== undefined && { path }) },
    );
  });
});
