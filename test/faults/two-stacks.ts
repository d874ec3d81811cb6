/** Runs two stacks at the same time. Each user sees the other stack only through the services. */
import type { TestSimulator } from "../simulator/open";
import { assertSeparate, idsIn, partOf } from "./separate-stacks";
import type { TwoStackSchedule, Round } from "./two-stack-schedules";
import { OnHandlers } from "./on-handlers";
import { emptyPlan } from "./plan";
import { during, countsOf, type RunCounts } from "./run-schedule";
import { rowsOf, type Rows } from "./rows";
import { configWith, makeInitialObjects } from "./initial-objects";
import { assertDeclared, assertNothingLeft, assertUntouched } from "./assert-services";
import { CallOrder } from "./call-order";
import { settle, User, type Work } from "./user";
import { CallProxy } from "./call-proxy";

interface Stack extends Work {
  readonly runner: OnHandlers;
  readonly proxy: CallProxy;
}

export class TwoStacks {
  #stacks!: readonly [Stack, Stack];
  #order = new CallOrder([]);
  #initial!: Rows;

  constructor(
    private readonly simulator: TestSimulator,
    private readonly schedule: TwoStackSchedule,
  ) {}

  async run(): Promise<RunCounts> {
    this.#initial = await makeInitialObjects(this.simulator, this.schedule);
    const config = await configWith(this.simulator, this.schedule);
    this.#stacks = [await this.#open(0), await this.#open(1)];
    try {
      for (const { runner, proxy } of this.#stacks) await runner.configure(proxy.config({ config }));
      for (const round of this.schedule.rounds) await this.#round(round);
      await this.#settleAndCheck();
      await this.#leave();
      return await countsOf(
        this.simulator,
        this.#stacks.map(({ user }) => user),
      );
    } finally {
      for (const { proxy } of this.#stacks) proxy.close();
    }
  }

  async #open(who: number): Promise<Stack> {
    const proxy = await CallProxy.to(this.simulator, (send) => this.#order.take(who, send));
    const runner = new OnHandlers();
    const others = async () => idsIn(await this.#theOther(runner).runner.state());
    return { user: new User(this.simulator, runner, this.schedule, others), runner, proxy, plan: emptyPlan };
  }

  #theOther(runner: OnHandlers): Stack {
    const [one, other] = this.#stacks;
    return one.runner === runner ? other : one;
  }

  async #round({ steps, order, ...serviceFaults }: Round): Promise<void> {
    this.#order = new CallOrder(order);
    const [one, other] = this.#stacks;
    const runs = [this.#step(one, steps[0]), this.#step(other, steps[1])];
    const ask = await during(this.simulator, serviceFaults, () => this.#order.together(runs));
    await this.#assertSeparate();
    await this.#settle(this.#stacks.filter((_stack, who) => ask[who]));
    await this.simulator.control.clock({ advance: 30_000 });
  }

  #step(stack: Stack, { plan, operation }: Round["steps"][number]): () => Promise<boolean> {
    stack.plan = plan;
    return () => stack.user.step(operation, plan);
  }

  async #settle(stacks: readonly Stack[]): Promise<void> {
    await settle(stacks);
    await this.#assertSeparate();
  }

  async #assertSeparate(): Promise<void> {
    const rows = await rowsOf(this.simulator);
    const [one, other] = this.#stacks;
    assertUntouched(rows, this.#initial);
    assertSeparate(await one.runner.state(), await other.runner.state(), rows);
  }

  /** Checks, without faults, that updates make what both declare, and that a further update does nothing. */
  async #settleAndCheck(): Promise<void> {
    for (const { user, plan } of this.#stacks) {
      if (user.disturbed) await user.mustWork("refresh", plan);
    }
    await this.#settle(this.#stacks);
    for (const { user } of this.#stacks) await user.deleteUndeclared();
    // In the group of others each stack sees the APIs of the other one.
    for (const { user, plan } of this.#stacks) await user.mustWork("refresh", plan);
    const rows = await rowsOf(this.simulator);
    const lost = new Set(this.#stacks.flatMap(({ user }) => [...user.lost]));
    for (const { runner } of this.#stacks) for (const id of idsIn(await runner.state())) lost.delete(id);
    for (const { user, runner, plan } of this.#stacks) {
      await user.assertAtRest(plan);
      const theirs = together(this.#initial, partOf(rows, await this.#theOther(runner).runner.state()));
      assertDeclared(plan, this.schedule, await runner.state(), rows, theirs, lost);
    }
    for (const { user, plan } of this.#stacks) await user.assertRefreshed(plan);
  }

  /** Checks that each destroy keeps the objects and callers of the other stack. */
  async #leave(): Promise<void> {
    for (const { user, runner } of this.#stacks) {
      const theirs = partOf(await rowsOf(this.simulator), await this.#theOther(runner).runner.state());
      await user.leave();
      assertUntouched(await rowsOf(this.simulator), theirs);
    }
    assertNothingLeft(await rowsOf(this.simulator), this.#initial);
  }
}

function together(one: Rows, other: Rows): Rows {
  return {
    groups: [...one.groups, ...other.groups],
    apis: [...one.apis, ...other.apis],
    environments: [...one.environments, ...other.environments],
    published: [...one.published, ...other.published],
    apps: [...one.apps, ...other.apps],
    codes: [...one.codes, ...other.codes],
    authorizations: [...one.authorizations, ...other.authorizations],
    credentials: [...one.credentials, ...other.credentials],
    secrets: one.secrets,
  };
}
