/** Runs one schedule, and checks the result against the promises of this package. */
import assert from "node:assert/strict";
import type { TestSimulator } from "../simulator/open";
import { change, strangersApi } from "./changes";
import type { StackRunner } from "./stack-runner";
import { emptyPlan } from "./plan";
import { rowsOf, type Rows } from "./rows";
import { configWith, makeInitialObjects } from "./initial-objects";
import type { Schedule, Step } from "./schedules";
import { assertDeclared, assertNothingLeft, assertUntouched } from "./assert-services";
import { settle, User, type Work } from "./user";

/** What happened in a schedule, for the report. */
export interface RunCounts {
  readonly calls: number;
  readonly faulty: number;
  readonly failedSteps: number;
  readonly repaired: number;
}

const readOnly = /^(Export|List|Show|get|list|Keystone)/;

export class ScheduleRun {
  readonly #work: Work;
  #initial!: Rows;

  constructor(
    private readonly simulator: TestSimulator,
    private readonly runner: StackRunner,
    private readonly schedule: Schedule,
  ) {
    this.#work = { user: new User(simulator, runner, schedule), plan: emptyPlan };
  }

  async run(): Promise<RunCounts> {
    const { control } = this.simulator;
    this.#initial = await makeInitialObjects(this.simulator, this.schedule);
    await this.runner.configure(await configWith(this.simulator, this.schedule));
    for (const step of this.schedule.steps) {
      await this.#step(step);
      await control.clock({ advance: 30_000 });
    }
    await this.#settleAndCheck();
    await this.#leave();
    return countsOf(this.simulator, [this.#work.user]);
  }

  async #step({ plan, operation, meanwhile, ...serviceFaults }: Step): Promise<void> {
    const { control } = this.simulator;
    const { user } = this.#work;
    this.#work.plan = plan;
    const before = (await control.journal()).length;
    const asksForMore = await during(this.simulator, serviceFaults, () => user.step(operation, plan));
    assertUntouched(await rowsOf(this.simulator), this.#initial);
    if (operation === "preview" || operation === "refresh") {
      const writes = (await control.journal(before)).filter((call) => !readOnly.test(call.operation));
      assert.deepEqual(writes, [], `${operation} writes`);
    }
    if (asksForMore) await settle([this.#work]);
    for (const each of meanwhile) {
      user.disturbed = true;
      await control.clock({ advance: 30_000 });
      await change(this.simulator, this.#initial, each);
    }
  }

  /** Checks, without faults, that updates make what is declared, and that a further update does nothing. */
  async #settleAndCheck(): Promise<void> {
    const { user, plan } = this.#work;
    if (user.disturbed) await user.mustWork("refresh", plan);
    await user.mustWork("preview", plan);
    await settle([this.#work]);
    await user.assertAtRest(plan);
    const rows = await rowsOf(this.simulator);
    assertDeclared(plan, this.schedule, await this.runner.state(), rows, this.#initial, user.lost);
    await user.assertRefreshed(plan);
  }

  async #leave(): Promise<void> {
    const { user } = this.#work;
    const strangers = (await rowsOf(this.simulator)).apis.find(({ definition }) => definition.name === strangersApi);
    const group = (await this.runner.state()).find(({ id }) => id.endsWith(strangers?.definition.group_id ?? "none"));
    if (strangers && group) {
      const [failure] = await user.attempt("destroy", undefined);
      assert.ok(failure, "a group that holds an API of somebody else is not deleted");
      assert.match(failure.message, new RegExp(`/${strangersApi}.*forceDestroy`, "s"));
      await user.deleteStrangers();
    }
    await user.mustWork("destroy", undefined);
    assert.deepEqual(await this.runner.state(), []);
    assertNothingLeft(await rowsOf(this.simulator), this.#initial);
  }
}

/** Runs something while the services have these faults. */
export async function during<Result>(
  { control }: TestSimulator,
  { faults, throttle, roomForApis }: Pick<Step, "faults" | "throttle" | "roomForApis">,
  run: () => Promise<Result>,
): Promise<Result> {
  const throttles = throttle === undefined ? [] : [{ operation: "*", calls: throttle, windowMs: 1000 }];
  await control.faults({ faults: [...faults], throttles });
  if (roomForApis !== undefined) await control.quotas({ apis: roomForApis });
  const result = await run();
  await control.faults({});
  await control.quotas({ apis: 250 });
  return result;
}

export async function countsOf({ control }: TestSimulator, users: readonly User[]): Promise<RunCounts> {
  const journal = await control.journal();
  const sum = (count: (user: User) => number) => users.reduce((total, user) => total + count(user), 0);
  return {
    calls: journal.length,
    faulty: journal.filter(({ status }) => status === 0 || status >= 300).length,
    failedSteps: sum(({ failedSteps }) => failedSteps),
    repaired: sum(({ repaired }) => repaired.length),
  };
}
