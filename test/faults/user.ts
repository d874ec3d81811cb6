/** A simulated user of a stack: runs operations, reads their messages, and does what they ask for. */
import assert from "node:assert/strict";
import { Outside } from "../simulator/outside";
import type { TestSimulator } from "../simulator/open";
import { idsIn } from "./separate-stacks";
import { bkci, deleteApi, strangersApi, takeAllOffline } from "./changes";
import { inTheWay, namesIn, placesIn, without } from "./clash";
import type { StackRunner, Operation, OperationResult, StepFailed } from "./stack-runner";
import type { Declared } from "./mini-engine";
import { canary, programOf, theirGroup, type Plan } from "./plan";
import { rowsOf, type Rows } from "./rows";

/** Gives the services' own ids of all objects in the states of other stacks. */
type Others = () => Promise<ReadonlySet<string>>;

const nobody: Others = () => Promise.resolve(new Set());

/** Most updates that a user needs after the last fault: one for each clash. */
const mostUpdates = 12;

/** Such a message asks the user to do something before the next update. */
const asksForMore = /may have taken effect|`adopt: true`|2118008/;

export class User {
  /** What the user repaired by hand, as messages asked. */
  readonly repaired: string[] = [];
  /** Ids of AppCodes whose create got no answer, as its error said. */
  readonly lost = new Set<string>();
  failedSteps = 0;
  /** Whether the stack's objects may differ from its state. */
  disturbed = false;
  readonly #adopting = new Set<string>();
  /** Method and path of every API that this user has declared. */
  readonly #declared = new Set<string>();
  #refreshed = false;

  constructor(
    private readonly simulator: TestSimulator,
    readonly runner: StackRunner,
    private readonly options: { readonly deleteRemoved: boolean },
    private readonly others = nobody,
  ) {}

  /** @returns whether a message of an update asks for something: then the same program must run again */
  async step(operation: Operation, plan: Plan): Promise<boolean> {
    const failures = await this.attempt(operation, plan);
    if (failures.length > 0) this.failedSteps += 1;
    // The object may be gone nevertheless: only a refresh shows that.
    if (failures.some(({ deleting }) => deleting)) this.disturbed = true;
    return operation === "up" && failures.some(({ message }) => asksForMore.test(message));
  }

  /** Runs an operation, and reads its messages. */
  async attempt(operation: Operation, plan: Plan | undefined): Promise<readonly StepFailed[]> {
    const known = new Set((await rowsOf(this.simulator)).codes.map(({ id }) => id));
    for (const key of plan ? placesIn(plan) : []) this.#declared.add(key);
    const { failures, printed } = await this.#run(operation, plan);
    for (const failure of failures) await this.#checkMessage(failure, known);
    const rows = await rowsOf(this.simulator);
    const secrets = [
      canary,
      this.simulator.info.token,
      this.simulator.info.secretKey,
      this.simulator.info.bkciAccessToken,
      ...rows.apps.map(({ secret }) => secret),
      ...rows.codes.map(({ value }) => value),
    ];
    for (const text of printed) for (const secret of secrets) assert.ok(!text.includes(secret), `a secret in: ${text}`);
    for (const text of printed) await this.#deleteLeftApis(text);
    return failures;
  }

  async mustWork(operation: Operation, plan: Plan | undefined): Promise<void> {
    const [failure] = await this.attempt(operation, plan);
    if (failure) throw failure;
  }

  /** Destroys the stack. If a message asks for it, first deletes the APIs of an adopted group that are in no state. */
  async leave(): Promise<void> {
    const [failure] = await this.attempt("destroy", undefined);
    if (failure === undefined) return;
    const groupId = /^destroy of \w+: Group (\w+) holds APIs that this resource did not make/.exec(
      failure.message,
    )?.[1];
    if (groupId === undefined) throw failure;
    const own = idsIn(await this.runner.state());
    await this.#deleteApis(groupId, ({ id }) => !own.has(id));
    await this.mustWork("destroy", undefined);
  }

  /** Runs one more update, and does what its messages ask for. */
  async update(plan: Plan): Promise<{ plan: Plan; failures: readonly StepFailed[] }> {
    await this.simulator.control.clock({ advance: 30_000 });
    let next = await this.#withoutTaken(plan);
    const failures = await this.attempt("up", next);
    if (failures.length === 0) this.#adopting.clear();
    for (const failure of failures) next = await this.#follow(failure, next);
    return { plan: next, failures };
  }

  /**
   * Deletes by hand what is in no state, and what this user never declared: an adopted group may hold what an import of
   * another stack made there without an answer.
   */
  async deleteUndeclared(): Promise<void> {
    const own = idsIn(await this.runner.state());
    const groups = new Set(
      (await rowsOf(this.simulator)).groups.map(({ id }) => id).filter((id) => own.has(id) && id !== theirGroup),
    );
    for (const groupId of groups) {
      await this.#deleteApis(groupId, ({ id, definition: { name, req_method, req_uri } }) => {
        return name !== strangersApi && !own.has(id) && !this.#declared.has(`${req_method} ${req_uri}`);
      });
    }
  }

  async assertAtRest(plan: Plan): Promise<void> {
    const { control } = this.simulator;
    const before = (await control.journal()).length;
    const { changed, failures } = await this.#run("up", plan);
    assert.deepEqual(failures, [], "a second update works");
    assert.deepEqual(changed, [], "a second update does nothing");
    const calls = (await control.journal(before)).map(({ operation }) => operation);
    const allowed = ["ListResourceInstances", "KeystoneCreateUserTokenByPassword"];
    assert.deepEqual(
      calls.filter((operation) => !allowed.includes(operation)),
      [],
      "and calls nobody",
    );
  }

  async assertRefreshed(plan: Plan): Promise<void> {
    const before = await this.#stateText();
    await this.simulator.control.clock({ advance: 30_000 });
    await this.mustWork("refresh", plan);
    assert.equal(await this.#stateText(), before, "a refresh without drift changes nothing");
    await this.assertAtRest(plan);
  }

  async deleteStrangers(): Promise<void> {
    const rows = await rowsOf(this.simulator);
    const strangers = rows.apis.find(({ definition }) => definition.name === strangersApi);
    await deleteApi(new Outside(this.simulator.info), rows, strangers?.id ?? "");
  }

  /** Does what a message says. If another stack has the object, the resource is taken out of the program. */
  async #follow({ resource, message }: StepFailed, plan: Plan): Promise<Plan> {
    const others = await this.others();
    const clash = /APIG\.\d+|2118008/.exec(message)?.[0] ?? "";
    this.repaired.push(`${resource}: ${clash}`);
    const declared = this.#program(plan).find(({ name }) => name === resource);
    const rows = await rowsOf(this.simulator);
    if (declared && inTheWay(declared, rows).some((id) => others.has(id))) return without(plan, resource);
    if (message.includes(strangersApi)) await this.deleteStrangers();
    else if (declared && clash === "APIG.3202" && this.#adopting.has(resource))
      await this.#deleteNamesakes(declared, message);
    else if (message.includes("`adopt: true`")) this.#adopting.add(resource);
    else if (clash === "2118008") await this.#deleteCredential(resource);
    else if (clash === "APIG.3418" && this.disturbed)
      // Others may have published in it since: that stays when this stack's publication is deleted.
      await takeAllOffline(this.simulator, rows, /environment (\w+):/.exec(message)?.[1] ?? "");
    else {
      this.repaired.pop();
      if (this.disturbed && !this.#refreshed) {
        this.#refreshed = true;
        await this.mustWork("refresh", plan);
      }
    }
    return plan;
  }

  /** The plan without resources that would adopt what another stack has adopted since. */
  async #withoutTaken(plan: Plan): Promise<Plan> {
    const others = await this.others();
    const rows = await rowsOf(this.simulator);
    const taken = this.#program(plan)
      .filter((declared) => this.#adopting.has(declared.name))
      .filter((declared) => inTheWay(declared, rows).some((id) => others.has(id)))
      .map(({ name }) => name);
    for (const name of taken) this.#adopting.delete(name);
    return taken.reduce(without, plan);
  }

  /** Deletes what a warning says that the user must delete. */
  async #deleteLeftApis(warning: string): Promise<void> {
    const [, groupId, apis = ""] = /Left in group (\w+), which others use too: (.*)\. An import/.exec(warning) ?? [];
    const names = Array.from(apis.matchAll(/\(([^)]+)\)/g), ([, name]) => name);
    await this.#deleteApis(groupId, ({ definition: { name } }) => names.includes(name));
  }

  /** Deletes what has the name of an operation in another place of an adopted group: that cannot be adopted. */
  async #deleteNamesakes(declared: Declared, message: string): Promise<void> {
    const names = namesIn(declared);
    const own = idsIn(await this.runner.state());
    const groupId = /into group (\w+)/.exec(message)?.[1];
    await this.#deleteApis(groupId, ({ id, definition: { name } }) => names.includes(name) && !own.has(id));
  }

  /** Deletes APIs of a group that are in no other stack. */
  async #deleteApis(groupId: string | undefined, isMeant: (api: Rows["apis"][number]) => boolean): Promise<void> {
    const rows = await rowsOf(this.simulator);
    const others = await this.others();
    for (const api of rows.apis) {
      if (api.definition.group_id !== groupId || !isMeant(api) || others.has(api.id)) continue;
      this.repaired.push(`API ${api.definition.name}`);
      await deleteApi(new Outside(this.simulator.info), rows, api.id);
    }
  }

  /** Deletes a credential that a create without an answer left: it cannot be adopted. */
  async #deleteCredential(resource: string): Promise<void> {
    const known = [...(await this.#known()), ...(await this.others())];
    const slot = resource.replace("credential", "");
    for (const { id } of (await rowsOf(this.simulator)).credentials) {
      if (id.startsWith(`credential${slot}_`) && !known.includes(id)) await bkci(this.simulator, "DELETE", id);
    }
  }

  #run(operation: Operation, plan: Plan | undefined): Promise<OperationResult> {
    return this.runner.run(operation, plan ? this.#program(plan) : []);
  }

  #program(plan: Plan): Declared[] {
    return programOf(plan, this.options, this.#adopting);
  }

  /** Checks that a user can act on the message; notes the codes that it says were lost. */
  async #checkMessage({ cause, message }: StepFailed, known: ReadonlySet<string>): Promise<void> {
    assert.ok(cause instanceof Error, "thrown is an error");
    const forMachines = /(?<!received )undefined|\[object|TypeError|Cannot read|at .*\.ts:/;
    assert.ok(message !== "" && !forMachines.test(message), `no message for people: ${message}`);
    if (!/could not create an AppCode.*may have taken effect/s.test(message)) return;
    const recorded = await this.#known();
    for (const { id } of (await rowsOf(this.simulator)).codes) {
      if (!known.has(id) && !recorded.includes(id)) this.lost.add(id);
    }
  }

  /** The services' own ids of what is in state. */
  async #known(): Promise<(string | undefined)[]> {
    return (await this.runner.state()).map(({ id }) => id.split("/").at(-1));
  }

  /** All that is in state, to compare. */
  async #stateText(): Promise<string> {
    const entries = await this.runner.state();
    return JSON.stringify(entries.map(({ id, outputs, inputs }) => [id, sorted(outputs), sorted(inputs)]));
  }
}

/** A user and the program that must be made. */
export interface Work {
  readonly user: User;
  plan: Plan;
}

/**
 * Lets the users update in turn, without faults, until all updates succeed. A resource that clashes with another stack
 * is left out.
 */
export async function settle(all: readonly Work[]): Promise<void> {
  for (let update = 1; ; update++) {
    const failures: StepFailed[] = [];
    for (const work of all) {
      const done = await work.user.update(work.plan);
      work.plan = done.plan;
      failures.push(...done.failures);
    }
    const [first] = failures;
    if (first === undefined) return;
    if (update === mostUpdates) throw first;
  }
}

function sorted(bag: object): unknown {
  return Object.entries(bag).sort(([one], [other]) => (one < other ? -1 : 1));
}
