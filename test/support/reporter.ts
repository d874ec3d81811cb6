import { reporters, Runner, type MochaOptions } from "mocha";

/**
 * Mocha's `spec` report with one more line at the very end, `N passed, N failed`, for programs that read the result. A
 * failed hook counts as a failure, as in mocha's exit code.
 */
class SummaryLast extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    // The report writes its own end on this event. Listeners run in the order in which they were added.
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`);
    });
  }
}

export = SummaryLast;
