/** Runs scenarios against the handlers and a simulator, and holds what comes of them to the promise. */
import assert from "node:assert/strict";
import type { Handler } from "../../../provider/hosts/dynamic/handler";
import { apiBody, definition, full, keyOf, truth, type Row, type Spec } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Life, type Bag } from "../../support/life";
import { Outside } from "../../simulator/outside";
import type { TestSimulator } from "../../simulator/open";
import { edited, fits } from "./edit";
import type { Fault, OutsideAct, Scenario, Step } from "./steps";

const release = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const givenGroup = "a".repeat(32);

interface Outputs {
  readonly groupId: string;
  readonly ownsGroup: boolean;
  readonly apis: readonly { id: string; method: string; path: string; action: string }[];
  readonly ignored: readonly string[];
  readonly unclear?: { readonly places: Readonly<Record<string, string>> };
}

export class Model {
  readonly #life: Life;
  readonly #outside: Outside;
  readonly #groupId: string | undefined;
  #document: readonly Spec[];
  #info = { title: "shop", description: "" };
  #args: Scenario["args"];
  /** APIs that this resource did not make, or does not know that it did, as they must stay. */
  readonly #foreign = new Map<string, Row>();
  #killed = false;
  /** Whether something happened outside that only a refresh, or an update for another reason, finds. */
  #unseen = false;
  /** Whether the group was renamed since the last refresh, which alone finds that. */
  #renamed = false;

  private constructor(
    private readonly simulator: TestSimulator,
    scenario: Scenario,
  ) {
    this.#life = new Life(() => this.#mortal(handlersFor(simulator).ApiImport));
    this.#outside = new Outside(simulator.info);
    this.#groupId = scenario.given && givenGroup;
    this.#args = scenario.args;
    this.#document = scenario.document.reduce<Spec[]>((all, one) => (fits(all, one) ? [...all, one] : all), []);
  }

  static async run(simulator: TestSimulator, scenario: Scenario): Promise<void> {
    await simulator.control.reset();
    await simulator.control.options({ importClash: scenario.importClash });
    const model = new Model(simulator, scenario);
    if (scenario.given) {
      await simulator.control.seed({ groups: [{ id: givenGroup, name: "theirs" }] });
      for (const operation of scenario.given) await model.#add(operation);
    }
    for (const step of [scenario.first, ...scenario.steps]) await model.#take(step);
    await model.#finish();
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case "up":
        return this.#up([]);
      case "up with faults":
        return this.#up(step.faults);
      case "up that is killed":
        return this.#upKilled();
      case "refresh":
        if (this.#life.exists) await this.#life.refresh();
        this.#unseen = this.#renamed = false;
        return;
      case "set":
        this.#args = step.args;
        return;
      case "retitle":
        this.#info = { title: step.title, description: step.description };
        return;
      case "edit":
        this.#document = step.edits.reduce(edited, this.#document);
        return;
      case "outside":
        return this.#meddle(step.act);
    }
  }

  async #meddle(act: OutsideAct): Promise<void> {
    this.#unseen = true;
    if (act.kind === "adds") return this.#add(act.operation);
    if (act.kind === "renames the group") {
      this.#renamed = true;
      const ours = this.#life.exists && this.#groupId === undefined;
      return ours ? this.#try("PUT", `/api-groups/${this.#group}`, { name: act.name }) : undefined;
    }
    const rows = await this.#rows();
    const row = rows[act.pick % Math.max(rows.length, 1)];
    if (row === undefined) return;
    const published = { env_id: release, api_id: row.id };
    switch (act.kind) {
      case "deletes":
        await this.#try("POST", "/apis/action", { action: "offline", ...published });
        await this.#try("DELETE", `/apis/${row.id}`);
        break;
      case "alters": {
        // Back ends do not show, so that something else has to change as well.
        const altered = { ...row, ...act.content, prefix: act.prefix, cors: !row.cors };
        const spec = { ...altered, path: act.path ?? row.path, name: act.name ?? row.name };
        await this.#try("PUT", `/apis/${row.id}`, apiBody(row.groupId, spec));
        break;
      }
      case "publishes":
        await this.#try("POST", "/apis/action", { action: "online", ...published });
        break;
      case "takes offline":
        await this.#try("POST", "/apis/action", { action: "offline", ...published });
    }
    if (!this.#foreign.has(row.id)) return;
    const now = (await this.#rows()).find(({ id }) => id === row.id);
    if (now) this.#foreign.set(row.id, now);
    else this.#foreign.delete(row.id);
  }

  async #up(faults: readonly Fault[]): Promise<void> {
    const { published, groups, rows } = await truth(this.simulator);
    const had = this.#life.exists ? this.#outputs.apis : [];
    await this.simulator.control.faults({ faults: [...faults] });
    let fate: string | undefined;
    let failure: Error | undefined;
    try {
      fate = await this.#life.up(this.#program());
    } catch (error) {
      failure = error as Error;
    }
    await this.simulator.control.faults({});

    if (this.#life.exists) this.#takeOver();
    await this.#foreignIsUntouched(published);
    if (failure === undefined) {
      if (fate !== "same" || !this.#unseen) await this.#groupIsAsDescribed([], rows());
      if (fate !== "same") this.#unseen = false;
      this.#keepsWhatStaysInPlace(had, rows());
      return this.#comesToRest();
    }
    if (faults.length > 0) {
      if (faults.length > 1 || faults.some(({ times }) => times > 1)) return this.#findOrphans();
      return this.#nothingIsLost(groups, failure);
    }
    if (!this.#life.exists) {
      // Only a group of that name that state does not know, after a kill, can be in the way; and the message says what to do.
      assert.match(failure.message, /APIG\.3201[^]*`adopt: true`/);
      return;
    }
    if (failure.message.includes("APIG.3201")) return; // retitled like a group that a kill left behind
    const refused = [...failure.message.matchAll(/^ {2}(\S+ \S+): /gm)].map(([, key = ""]) => key);
    assert.notEqual(refused.length, 0, failure.message);
    await this.#groupIsAsDescribed(refused, rows());
    this.#keepsWhatIsRefused(had, refused, rows());
  }

  /** An own API stays as it is rather than go for something that is refused. */
  #keepsWhatIsRefused(had: Outputs["apis"], refused: readonly string[], before: readonly Row[]): void {
    if (this.#args.apiMode === "override") return; // where the service alone decides
    const own = new Set(this.#outputs.apis.map(({ id }) => id));
    for (const api of had) {
      if (!refused.includes(keyOf(api)) || !before.some(({ id }) => id === api.id)) continue;
      assert.ok(own.has(api.id), `${keyOf(api)} is lost to something that is refused`);
    }
  }

  /** What the definition has where it is keeps its id, whatever happens to names: so it stays published. */
  #keepsWhatStaysInPlace(had: Outputs["apis"], before: readonly Row[]): void {
    const own = new Set(this.#outputs.apis.map(({ id }) => id));
    for (const { id } of had) {
      const row = before.find((one) => one.id === id);
      const stays = (one: Spec) => keyOf(one) === (row && keyOf(row)) && (one.prefix ?? false) === row?.prefix;
      if (this.#document.some(stays)) assert.ok(own.has(id), `${id} was made anew`);
    }
  }

  async #upKilled(): Promise<void> {
    this.#killed = true;
    await this.#life.up(this.#program()).catch(() => undefined);
    this.#killed = false;
    return this.#findOrphans();
  }

  /** The group holds what the definition says and what was foreign, nothing more. */
  async #groupIsAsDescribed(refused: readonly string[], before: readonly Row[]): Promise<void> {
    const rows = (await truth(this.simulator)).rows(this.#group);
    const own = new Set(this.#outputs.apis.map(({ id }) => id));
    const skipped = new Set([...refused, ...this.#outputs.ignored]);
    const wanted = new Map(this.#document.map((operation) => [keyOf(operation), operation]));
    assert.deepEqual(
      rows.filter(({ id }) => !own.has(id) && !this.#foreign.has(id)),
      [],
      "nothing is made that state does not know",
    );
    const mine = rows.filter(({ id }) => own.has(id));
    assert.equal(mine.length, own.size, "state knows nothing that is not there");
    for (const [key, operation] of wanted) {
      const found = mine.filter((row) => keyOf(row) === key);
      if (skipped.has(key)) {
        // An API in its very place is adopted, beside no other one, or overwritten if the program says so; one with its
        // name never is.
        const place = (!this.#args.adopt || found.length > 0) && this.#args.apiMode === "merge";
        const inTheWay = [...before, ...rows].some((row) => {
          const samePlace = keyOf(row) === key && row.prefix === (operation.prefix ?? false);
          return !found.some(({ id }) => id === row.id) && (row.name === operation.name || (place && samePlace));
        });
        assert.ok(inTheWay, `${key} is refused or ignored without an API in its way`);
        continue;
      }
      assert.equal(found.length, 1, `there is one ${key}`);
      const [row] = found;
      // Adopted for what it looks like: what the list call does not show stays as others made it.
      const isAdopted = this.#outputs.apis.some(({ id, action }) => id === row?.id && action === "adopt");
      assert.deepEqual(row, {
        id: row?.id,
        groupId: this.#group,
        ...full({ ...operation, name: operation.name ?? row?.name }),
        ...(isAdopted && { backend: row?.backend, params: row?.params }),
      });
    }
    // By what they were imported as: one that was moved outside stays where it is while its repair is refused.
    const leftovers = this.#outputs.apis.filter((api) => !wanted.has(keyOf(api)));
    if (this.#args.deleteRemoved) assert.deepEqual(leftovers, []);
    if (this.#outputs.ownsGroup && this.#groupId === undefined && !this.#renamed) {
      const group = (await truth(this.simulator)).groups.find(({ id }) => id === this.#group);
      assert.equal(group?.name, this.#info.title);
      if (this.#info.description !== "") assert.equal(group.remark, this.#info.description);
    }
  }

  /** A refresh finds nothing, and the preview after it plans nothing, without a call. */
  async #comesToRest(): Promise<void> {
    if (this.#unseen || this.#renamed) return;
    const { outputs } = this.#life;
    assert.ok(await this.#life.refresh());
    assert.deepEqual(this.#life.outputs, outputs);
    const before = (await this.simulator.control.journal()).length;
    assert.equal(await this.#life.up(this.#program()), "same");
    assert.equal((await this.simulator.control.journal()).length, before);
  }

  /** One call that goes wrong leaves nothing behind that neither state nor the message names. */
  async #nothingIsLost(groups: readonly { id: string }[], { message }: Error): Promise<void> {
    const now = await truth(this.simulator);
    const own = new Set(this.#life.exists ? this.#outputs.apis.map(({ id }) => id) : []);
    const told = (what: string) => message.includes("`adopt: true`") && message.includes(what);
    const orphans = now.rows().filter((row) => {
      return !own.has(row.id) && !this.#foreign.has(row.id) && !told(keyOf(row)) && !told(row.groupId);
    });
    assert.deepEqual(orphans, [], message);
    const left = this.#life.exists ? [] : now.groups.filter(({ id }) => !groups.some((one) => one.id === id));
    assert.ok(
      left.every(({ id }) => told(id)),
      message,
    );
    return this.#findOrphans();
  }

  async #foreignIsUntouched(published: readonly string[]): Promise<void> {
    const now = await truth(this.simulator);
    const rows = new Map(now.rows().map((row) => [row.id, row]));
    this.#letGo(now.rows());
    for (const [id, row] of this.#foreign) {
      assert.deepEqual(rows.get(id), row, "what others made stays as it is");
      assert.equal(now.published.includes(id), published.includes(id));
    }
  }

  async #finish(): Promise<void> {
    if (!this.#life.exists) return;
    const group = this.#group;
    const foreign = [...this.#foreign.values()].filter(({ groupId }) => groupId === group);
    if (this.#outputs.ownsGroup && foreign.length > 0) {
      await assert.rejects(this.#life.destroy(), ({ message }: Error) =>
        foreign.every((row) => message.includes(keyOf(row))),
      );
      return this.#foreignIsUntouched((await truth(this.simulator)).published);
    }
    const { ownsGroup } = this.#outputs;
    await this.#life.destroy();
    const now = await truth(this.simulator);
    assert.deepEqual(now.rows(group), foreign);
    assert.equal(
      now.groups.some(({ id }) => id === group),
      !ownsGroup,
    );
  }

  /** What is overwritten or adopted because the program says so is not foreign any more. */
  #takeOver(): void {
    for (const { id, method, path } of this.#outputs.apis) {
      if (!this.#foreign.delete(id)) continue;
      assert.ok(this.#args.adopt || this.#args.apiMode === "override", `${method} ${path} was taken over unasked`);
    }
  }

  /** What a run made or took over whose results nobody recorded is someone else's from now on. */
  async #findOrphans(): Promise<void> {
    const own = new Set(this.#life.exists ? this.#outputs.apis.map(({ id }) => id) : []);
    const rows = await this.#rows();
    this.#letGo(rows);
    for (const row of rows) {
      if (own.has(row.id)) this.#foreign.delete(row.id);
      else if (!this.#isUnclear(row)) this.#foreign.set(row.id, row);
    }
    this.#unseen = true;
  }

  /** What is taken over is made anew where match mode or names demand it; nothing else of others goes. */
  #letGo(rows: readonly Row[]): void {
    const wanted = new Set(this.#document.map(keyOf));
    for (const [id, row] of this.#foreign) {
      if (rows.some((one) => one.id === id)) continue;
      assert.ok(this.#args.adopt && wanted.has(keyOf(row)), `${keyOf(row)} of someone else is gone`);
      this.#foreign.delete(id);
    }
  }

  async #add(operation: Spec): Promise<void> {
    if (this.#groupId === undefined && !this.#life.exists) return;
    const before = new Set((await this.#rows()).map(({ id }) => id));
    await this.#try("POST", "/apis", apiBody(this.#group, operation));
    for (const row of await this.#rows()) {
      if (!before.has(row.id) && !this.#isUnclear(row)) this.#foreign.set(row.id, row);
    }
  }

  /** Whether nobody can tell it from what a lost import may have made in a group that is its own. */
  #isUnclear(row: Row): boolean {
    const places = this.#life.exists && this.#outputs.ownsGroup ? this.#outputs.unclear?.places : undefined;
    const name = places?.[`${keyOf(row)} ${row.prefix ? "SWA" : "NORMAL"}`];
    return name === "" || name === row.name;
  }

  /** Others meet clashes, too. */
  async #try(method: string, path: string, body?: unknown): Promise<void> {
    await this.#outside.apig(method, path, body).catch(() => undefined);
  }

  /** The APIs of all groups: a killed create may have left some in a group that nobody knows. */
  async #rows(): Promise<Row[]> {
    return (await truth(this.simulator)).rows();
  }

  get #group(): string {
    return this.#groupId ?? this.#outputs.groupId;
  }

  get #outputs(): Outputs {
    return this.#life.outputs as unknown as Outputs;
  }

  #program(): Bag {
    const { title, description } = this.#info;
    const info = { title, ...(description !== "" && { description }) };
    const groupId = this.#groupId === undefined ? {} : { groupId: this.#groupId };
    return { definition: definition(this.#document, info), ...groupId, ...this.#args };
  }

  /** Handlers whose process may be killed when everything is done, but before the engine hears of it. */
  #mortal(handler: Handler): Handler {
    const mortal = async <Result>(result: Promise<Result>): Promise<Result> => {
      if (!this.#killed) return result;
      await result.catch(() => undefined);
      throw new Error("killed");
    };
    return {
      ...handler,
      create: (news) => mortal(handler.create(news)),
      update: (id, olds, news) => mortal(handler.update(id, olds, news)),
    };
  }
}
