/** Plays one schedule, and holds the outcome to what this package promises. */
import assert from "node:assert/strict";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { Identity } from "../simulator/core/identity";
import { Outside } from "../support/outside";
import type { TestSimulator } from "../support/simulator";
import { apiOf, bkci, change, deleteApi, strangersApi } from "./changes";
import type { Ground, Operation, Ran, StepFailed } from "./ground";
import { canary, programOf, theirGroup, type Plan } from "./plan";
import { rowsOf, type Rows } from "./rows";
import type { Schedule, Step } from "./schedules";
import { assertDeclared, assertNothingLeft, assertUntouched } from "./truth";

/** How a schedule went, for the report. */
export interface Played {
  readonly calls: number;
  readonly faulty: number;
  readonly failedSteps: number;
  readonly repaired: readonly string[];
}

/** Updates that a user is expected to need once nothing fails any more: one for each thing that has to be adopted. */
const mostRepairs = 6;

const readOnly = /^(List|Show|get|list|Keystone)/;

export class Play {
  readonly #adopting = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #repaired: string[] = [];
  #failedSteps = 0;
  #disturbed = false;
  #scene!: Rows;

  constructor(
    private readonly simulator: TestSimulator,
    private readonly ground: Ground,
    private readonly schedule: Schedule,
  ) {}

  async run(): Promise<Played> {
    const { control } = this.simulator;
    await this.#setScene();
    let plan: Plan | undefined;
    for (const step of this.schedule.steps) {
      plan = step.plan;
      await this.#step(step);
      await control.clock({ advance: 30_000 });
    }
    if (plan) await this.#comeToRest(plan);
    await this.#leave();
    const journal = await control.journal();
    return {
      calls: journal.length,
      faulty: journal.filter(({ status }) => status === 0 || status >= 300).length,
      failedSteps: this.#failedSteps,
      repaired: this.#repaired,
    };
  }

  async #setScene(): Promise<void> {
    const { control } = this.simulator;
    const { clockAhead, importClash, appCodeShowStatus } = this.schedule;
    await control.reset();
    await control.options({ importClash, appCodeShowStatus });
    await control.quotas({ appCodesPerApp: 50 });
    const [env, app, api] = ["8".repeat(32), "9".repeat(32), "6".repeat(32)];
    await control.clock({ advance: clockAhead * 1000 - 3_600_000 });
    await control.seed({
      environments: [{ id: env, name: "theirs" }],
      groups: [{ id: theirGroup, name: "theirs" }],
      apis: [{ id: api, definition: apiOf(theirGroup, "theirs"), publish: [env] }],
      apps: [{ id: app, name: "theirs", codes: 1 }],
      authorizations: [{ app_id: app, api_id: api, env_id: env }],
      credentials: [{ credentialId: "theirs", credentialType: "PASSWORD", v1: "x" }],
      secrets: [0, 1, 0].map((n, index) => ({ name: `secret-${index}`, tags: { env: `env${n}` } })),
    });
    await control.clock({ advance: 3_600_000 });
    this.#scene = await rowsOf(this.simulator);
    await this.ground.configure(await this.#config());
  }

  async #step({ plan, operation, faults, throttle, roomForApis, meanwhile }: Step): Promise<void> {
    const { control } = this.simulator;
    const throttles = throttle === undefined ? [] : [{ operation: "*", calls: throttle, windowMs: 1000 }];
    await control.faults({ faults: [...faults], throttles });
    if (roomForApis !== undefined) await control.quotas({ apis: roomForApis });
    const before = (await control.journal()).length;
    const failures = await this.#attempt(operation, plan);
    await control.faults({});
    await control.quotas({ apis: 250 });
    assertUntouched(await rowsOf(this.simulator), this.#scene);
    if (operation === "preview" || operation === "refresh") {
      const writes = (await control.journal(before)).filter((call) => !readOnly.test(call.operation));
      assert.deepEqual(writes, [], `${operation} writes`);
    }
    if (failures.length > 0) this.#failedSteps += 1;
    // It may be gone all the same, which only a refresh shows.
    if (failures.some(({ deleting }) => deleting)) this.#disturbed = true;
    const unclear = failures.some(({ message }) => message.includes("may have taken effect"));
    if (operation === "up" && unclear) await this.#repair(plan);
    for (const each of meanwhile) {
      this.#disturbed = true;
      await control.clock({ advance: 30_000 });
      await change(this.simulator, this.#scene, each);
    }
  }

  /** What a user does when a message told that something may be there: runs the same program again. */
  async #repair(plan: Plan): Promise<void> {
    let refreshed = !this.#disturbed;
    for (let repair = 0; repair < mostRepairs; repair++) {
      await this.simulator.control.clock({ advance: 30_000 });
      const failures = await this.#attempt("up", plan);
      if (failures.length === 0) return;
      const helpless: StepFailed[] = [];
      for (const failure of failures) if (!(await this.#follow(failure))) helpless.push(failure);
      const [first] = helpless;
      if (!first) continue;
      if (refreshed) throw first;
      refreshed = true;
      await this.#mustWork("refresh", plan);
    }
    throw new Error("not repaired");
  }

  /** Does what a message says. Answers whether it says anything that this test knows to follow. */
  async #follow({ resource, message }: StepFailed): Promise<boolean> {
    if (message.includes(strangersApi)) await this.#deleteStrangers();
    else if (message.includes("`adopt: true`")) this.#adopting.add(resource);
    else if (message.includes("2118008")) await this.#deleteCredential(resource);
    else return false;
    this.#repaired.push(`${resource}: ${/APIG\.\d+|2118008/.exec(message)?.[0] ?? ""}`);
    return true;
  }

  async #deleteStrangers(): Promise<void> {
    const rows = await rowsOf(this.simulator);
    const strangers = rows.apis.find(({ definition }) => definition.name === strangersApi);
    await deleteApi(new Outside(this.simulator.info), rows, strangers?.id ?? "");
  }

  /** A credential cannot be adopted: whoever finds one that a lost answer left deletes it. */
  async #deleteCredential(resource: string): Promise<void> {
    const known = await this.#known();
    const slot = resource.replace("credential", "");
    for (const { id } of (await rowsOf(this.simulator)).credentials) {
      if (id.startsWith(`credential${slot}_`) && !known.includes(id)) await bkci(this.simulator, "DELETE", id);
    }
  }

  /** Nothing fails any more: what is declared must come about, and then nothing may happen. */
  async #comeToRest(plan: Plan): Promise<void> {
    const { control } = this.simulator;
    if (this.#disturbed) await this.#mustWork("refresh", plan);
    await this.#mustWork("preview", plan);
    await this.#repair(plan);
    this.#adopting.clear();
    await this.#assertAtRest(plan);
    const { deleteRemoved } = this.schedule;
    assertDeclared(
      plan,
      { deleteRemoved },
      await this.ground.state(),
      await rowsOf(this.simulator),
      this.#scene,
      this.#lost,
    );

    const before = await this.#remembered();
    await control.clock({ advance: 30_000 });
    await this.#mustWork("refresh", plan);
    assert.equal(await this.#remembered(), before, "a refresh without drift changes nothing");
    await this.#assertAtRest(plan);
  }

  async #assertAtRest(plan: Plan): Promise<void> {
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

  async #leave(): Promise<void> {
    const strangers = (await rowsOf(this.simulator)).apis.find(({ definition }) => definition.name === strangersApi);
    const group = (await this.ground.state()).find(({ id }) => id.endsWith(strangers?.definition.group_id ?? "none"));
    if (strangers && group) {
      const [failure] = await this.#attempt("destroy", undefined);
      assert.ok(failure, "a group that holds an API of somebody else is not deleted");
      assert.match(failure.message, new RegExp(`/${strangersApi}.*forceDestroy`, "s"));
      await this.#deleteStrangers();
    }
    await this.#mustWork("destroy", undefined);
    assert.deepEqual(await this.ground.state(), []);
    assertNothingLeft(await rowsOf(this.simulator), this.#scene);
  }

  async #mustWork(operation: Operation, plan: Plan | undefined): Promise<void> {
    const [failure] = await this.#attempt(operation, plan);
    if (failure) throw failure;
  }

  /** Runs an operation, and reads what it says. */
  async #attempt(operation: Operation, plan: Plan | undefined): Promise<readonly StepFailed[]> {
    const known = new Set((await rowsOf(this.simulator)).codes.map(({ id }) => id));
    const { failures, printed } = await this.#run(operation, plan);
    for (const failure of failures) await this.#judge(failure, known);
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
    return failures;
  }

  #run(operation: Operation, plan: Plan | undefined): Promise<Ran> {
    const { deleteRemoved } = this.schedule;
    return this.ground.run(operation, plan ? programOf(plan, { deleteRemoved }, this.#adopting) : []);
  }

  /** A message that a user can act on; and what it admits to have lost. */
  async #judge({ cause, message }: StepFailed, known: ReadonlySet<string>): Promise<void> {
    assert.ok(cause instanceof Error, "thrown is an error");
    const forMachines = /(?<!received )undefined|\[object|TypeError|Cannot read|at .*\.ts:/;
    assert.ok(message !== "" && !forMachines.test(message), `no message for people: ${message}`);
    if (!/could not create an AppCode.*may have taken effect/s.test(message)) return;
    const recorded = await this.#known();
    for (const { id } of (await rowsOf(this.simulator)).codes) {
      if (!known.has(id) && !recorded.includes(id)) this.#lost.add(id);
    }
  }

  /** The services' own ids of what is in state. */
  async #known(): Promise<(string | undefined)[]> {
    return (await this.ground.state()).map(({ id }) => id.split("/").at(-1));
  }

  /** All that is in state, to compare. */
  async #remembered(): Promise<string> {
    const entries = await this.ground.state();
    return JSON.stringify(entries.map(({ id, outputs, inputs }) => [id, sorted(outputs), sorted(inputs)]));
  }

  /** Settings with the schedule's kind of credentials. */
  async #config(): Promise<ConfigMap> {
    const { config, info, control } = this.simulator;
    const { "huaweicloud:token": token, ...rest } = config;
    const { identity } = (await control.state()) as { identity: Identity };
    const [user] = identity.users;
    assert.ok(token && user);
    const credentials: Record<Schedule["credentials"], ConfigMap> = {
      token: { "huaweicloud:token": token },
      password: {
        "huaweicloud:userName": { value: user.name },
        "huaweicloud:password": { value: user.password, secret: true },
        "huaweicloud:domainName": { value: identity.domain.name },
        "huaweicloud:authUrl": { value: `${info.iam}/v3` },
      },
      keys: {
        "huaweicloud:accessKey": { value: info.accessKey },
        "huaweicloud:secretKey": { value: info.secretKey, secret: true },
      },
    };
    return { ...rest, ...credentials[this.schedule.credentials] };
  }
}

function sorted(bag: object): unknown {
  return Object.entries(bag).sort(([one], [other]) => (one < other ? -1 : 1));
}
