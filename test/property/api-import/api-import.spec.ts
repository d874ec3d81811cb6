import fc from "fast-check";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { Model } from "./model";
import { scenario } from "./steps";
import { unprinted } from "../../support/unprinted";

describe("ApiImport, whatever happens to definition, group and calls", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());

  it("leaves the group as the definition says plus what was foreign, and comes to rest", () =>
    unprinted(() =>
      fc.assert(
        fc.asyncProperty(scenario, (one) => Model.run(simulator, one)),
        { numRuns: 60 },
      ),
    ));
});
