/** Plays two stacks at once, of two users who know nothing of each other but what the services show. */
import type { TestSimulator } from "../simulator/open";
import { assertApart, idsIn, partOf } from "./apart";
import type { Encounter, Round } from "./encounters";
import { OnHandlers } from "./on-handlers";
import { emptyPlan } from "./plan";
import { during, played, type Played } from "./play";
import { rowsOf, type Rows } from "./rows";
import { configWith, setScene } from "./scene";
import { assertDeclared, assertNothingLeft, assertUntouched } from "./truth";
import { Turns } from "./turns";
import { settle, User, type Work } from "./user";
import { Wire } from "./wire";

interface Stack extends Work {
  readonly ground: OnHandlers;
  readonly wire: Wire;
}

export class TwoStacks {
  #stacks!: readonly [Stack, Stack];
  #turns = new Turns([]);
  #scene!: Rows;

  constructor(
    private readonly simulator: TestSimulator,
    private readonly encounter: Encounter,
  ) {}

  async run(): Promise<Played> {
    this.#scene = await setScene(this.simulator, this.encounter);
    const config = await configWith(this.simulator, this.encounter);
    this.#stacks = [await this.#open(0), await this.#open(1)];
    try {
      for (const { ground, wire } of this.#stacks) await ground.configure(wire.config({ config }));
      for (const round of this.encounter.rounds) await this.#round(round);
      await this.#comeToRest();
      await this.#leave();
      return await played(
        this.simulator,
        this.#stacks.map(({ user }) => user),
      );
    } finally {
      for (const { wire } of this.#stacks) wire.close();
    }
  }

  async #open(who: number): Promise<Stack> {
    const wire = await Wire.to(this.simulator, (send) => this.#turns.take(who, send));
    const ground = new OnHandlers();
    const others = async () => idsIn(await this.#theOther(ground).ground.state());
    return { user: new User(this.simulator, ground, this.encounter, others), ground, wire, plan: emptyPlan };
  }

  #theOther(ground: OnHandlers): Stack {
    const [one, other] = this.#stacks;
    return one.ground === ground ? other : one;
  }

  async #round({ steps, order, ...weather }: Round): Promise<void> {
    this.#turns = new Turns(order);
    const [one, other] = this.#stacks;
    const runs = [this.#step(one, steps[0]), this.#step(other, steps[1])];
    const ask = await during(this.simulator, weather, () => this.#turns.together(runs));
    await this.#assertApart();
    await this.#settle(this.#stacks.filter((_stack, who) => ask[who]));
    await this.simulator.control.clock({ advance: 30_000 });
  }

  #step(stack: Stack, { plan, operation }: Round["steps"][number]): () => Promise<boolean> {
    stack.plan = plan;
    return () => stack.user.step(operation, plan);
  }

  async #settle(stacks: readonly Stack[]): Promise<void> {
    await settle(stacks);
    await this.#assertApart();
  }

  async #assertApart(): Promise<void> {
    const rows = await rowsOf(this.simulator);
    const [one, other] = this.#stacks;
    assertUntouched(rows, this.#scene);
    assertApart(await one.ground.state(), await other.ground.state(), rows);
  }

  /** Nothing fails any more: both programs must come about, and then nothing may happen. */
  async #comeToRest(): Promise<void> {
    for (const { user, plan } of this.#stacks) {
      if (user.disturbed) await user.mustWork("refresh", plan);
    }
    await this.#settle(this.#stacks);
    // In the group of others each sees what the other one made.
    for (const { user, plan } of this.#stacks) await user.mustWork("refresh", plan);
    const rows = await rowsOf(this.simulator);
    const lost = new Set(this.#stacks.flatMap(({ user }) => [...user.lost]));
    for (const { ground } of this.#stacks) for (const id of idsIn(await ground.state())) lost.delete(id);
    for (const { user, ground, plan } of this.#stacks) {
      await user.assertAtRest(plan);
      const theirs = together(this.#scene, partOf(rows, await this.#theOther(ground).ground.state()));
      assertDeclared(plan, this.encounter, await ground.state(), rows, theirs, lost);
    }
    for (const { user, plan } of this.#stacks) await user.assertRefreshed(plan);
  }

  /** Each leaves the other's objects and callers alone. */
  async #leave(): Promise<void> {
    for (const { user, ground } of this.#stacks) {
      const theirs = partOf(await rowsOf(this.simulator), await this.#theOther(ground).ground.state());
      await user.leave();
      assertUntouched(await rowsOf(this.simulator), theirs);
    }
    assertNothingLeft(await rowsOf(this.simulator), this.#scene);
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
