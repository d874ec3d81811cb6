import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { OnEngine } from "./on-engine";
import { Play } from "./play";
import { contentsOf, schedules } from "./schedules";
import { Tally } from "./tally";

/** How many schedules; `npm run test:faults` asks for more. */
const runs = Number(process.env["ENGINE_SCHEDULES"] ?? 2);
const seed = Number(process.env["SEED"] ?? 1);
const path = process.env["REPLAY"];

describe("Any schedule on the real engine", function () {
  this.timeout(60_000 + runs * 120_000);
  const tally = new Tally();
  let simulator: TestSimulator;
  let ground: OnEngine;
  before(async () => {
    simulator = await openSimulator();
    ground = await OnEngine.open();
  });
  after(async () => {
    await ground.close();
    await simulator.close();
    tally.report();
  });

  it(`ends with what was declared, and leaves nothing behind: ${runs} schedules from seed ${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(schedules(3), async (schedule) => {
        tally.add(contentsOf(schedule), await new Play(simulator, ground, schedule).run());
      }),
      // What a failure leaves in the stack would disturb its shrinking.
      { numRuns: runs, seed, endOnFailure: true, ...(path !== undefined && { path }) },
    );
  });
});
