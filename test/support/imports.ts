import assert from "node:assert/strict";
import type { Entry } from "../simulator/core/journal";
import { apiBody, definition, full, keyOf, truth, type Row, type Spec } from "./definitions";
import type { Host } from "../../provider/hosts/dynamic/handler";
import { makeHandlers } from "../../provider/hosts/dynamic/handlers";
import { hostFor } from "./handlers";
import { Life, type Bag, type Fate } from "./life";
import { Outside } from "../simulator/outside";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { unprinted } from "./unprinted";

/** The outputs of an ApiImport that tests look at. */
export interface ImportOutputs {
  readonly groupId: string;
  readonly apis: readonly { id: string; method: string; path: string; action: string; name: string }[];
  readonly operations: Readonly<Record<string, string>>;
  readonly observed: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
}

interface Info {
  readonly title?: string;
  readonly description?: string;
}

/** Runs one ApiImport at a time through its handlers against a simulator, without the engine. */
export class Imports {
  life: Life;
  /** The provider process of the last step. */
  #host: Host | undefined;

  private constructor(
    readonly simulator: TestSimulator,
    readonly outside: Outside,
  ) {
    this.life = this.another();
  }

  static async open(): Promise<Imports> {
    const simulator = await openSimulator();
    return new Imports(simulator, new Outside(simulator.info));
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** Empties the simulator and the state. */
  async reset(): Promise<void> {
    await this.simulator.control.reset();
    await this.simulator.control.quotas({ apis: 2000 });
    this.life = this.another();
  }

  /** Makes another resource, or the same one without its state. */
  another(): Life {
    return new Life(() => makeHandlers((this.#host = hostFor(this.simulator))).ApiImport);
  }

  get outputs(): ImportOutputs {
    return this.life.outputs as unknown as ImportOutputs;
  }

  /** Applies a program whose definition has these operations. */
  async up(operations: readonly Spec[], args: Bag = {}, info: Info = {}): Promise<Fate> {
    return (await this.#apply(operations, args, info)).result;
  }

  /** The warnings of such an `up`, with those that come when it is over. */
  async warnings(operations: readonly Spec[], args: Bag = {}, info: Info = {}): Promise<string> {
    return (await this.#apply(operations, args, info)).said;
  }

  /** The message of an `up` that fails. */
  async failure(operations: readonly Spec[], args: Bag = {}, info: Info = {}): Promise<string> {
    const outcome = await this.up(operations, args, info).catch((error: unknown) => error as Error);
    if (outcome instanceof Error) return outcome.message;
    throw new Error(`it should have failed, but did ${outcome}`);
  }

  /** The APIs of the resource's group. */
  async rows(): Promise<Row[]> {
    return (await truth(this.simulator)).rows(this.outputs.groupId);
  }

  /** The group, read without a client. */
  async group(): Promise<{ name: string; remark: string }> {
    const { groups } = await truth(this.simulator);
    const { name = "", remark = "" } = groups.find(({ id }) => id === this.outputs.groupId) ?? {};
    return { name, remark };
  }

  /** Checks that the group has exactly these operations, with all their fields. */
  async assertGroup(operations: readonly Spec[]): Promise<void> {
    const rows = (await this.rows()).sort(byKey);
    const expected = [...operations].sort(byKey).map((operation, index) => {
      const { id = "", name = "", groupId = "" } = rows[index] ?? {};
      return { id, groupId, ...full({ ...operation, name: operation.name ?? name }) };
    });
    assert.deepEqual(rows, expected);
  }

  /** Somebody else makes an API in the group, or in another one. */
  async meddle(operation: Spec, groupId = this.outputs.groupId): Promise<string> {
    return (await this.outside.apig<{ id: string }>("POST", "/apis", apiBody(groupId, operation))).id;
  }

  /** Somebody else alters an API. */
  async alter(key: string, changes: Partial<Spec>): Promise<void> {
    const row = await this.row(key);
    await this.outside.apig("PUT", `/apis/${row.id}`, apiBody(row.groupId, { ...row, ...changes }));
  }

  /** Somebody else deletes an API. */
  async remove(key: string): Promise<void> {
    await this.outside.apig("DELETE", `/apis/${(await this.row(key)).id}`);
  }

  /** Somebody else publishes an API in RELEASE. */
  async publish(key: string): Promise<void> {
    const { id } = await this.row(key);
    const env_id = "DEFAULT_ENVIRONMENT_RELEASE_ID";
    await this.outside.apig("POST", "/apis/action", { action: "online", env_id, api_id: id });
  }

  /** A group of somebody else, with these APIs. */
  async theirs(operations: readonly Spec[], name = "theirs"): Promise<string> {
    const { id } = await this.outside.apig<{ id: string }>("POST", "/api-groups", { name });
    for (const operation of operations) await this.meddle(operation, id);
    return id;
  }

  /** The API with this key, which must exist. */
  async row(key: string): Promise<Row> {
    const found = (await this.rows()).find((row) => keyOf(row) === key);
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found;
  }

  /** The number of operations in each import of a step; undefined for an import without an answer. */
  async imports(step: () => Promise<unknown>): Promise<(number | undefined)[]> {
    const entries = await this.entries(step);
    return entries
      .filter(({ operation }) => operation === "ImportApiDefinitionsV2")
      .map(({ note }) => /^operations=(\d+)$/.exec(note ?? "")?.[1])
      .map((count) => (count === undefined ? undefined : Number(count)));
  }

  /** The writes that a step makes, in order. */
  async writes(step: () => Promise<unknown>): Promise<string[]> {
    const writes = (await this.entries(step)).filter(({ method, operation }) => method !== "GET" && !isRead(operation));
    return writes.map(({ operation }) => operation);
  }

  /** Every call of a step. */
  async entries(step: () => Promise<unknown>): Promise<Entry[]> {
    const before = (await this.simulator.control.journal()).at(-1)?.n ?? 0;
    await step();
    return this.simulator.control.journal(before);
  }

  #apply(operations: readonly Spec[], args: Bag, info: Info) {
    return unprinted(async () => {
      try {
        return await this.life.up({ definition: definition(operations, info), ...args });
      } finally {
        await this.#host?.claims.undone.tell();
      }
    });
  }
}

function byKey(one: Spec, other: Spec): number {
  return `${keyOf(one)} ${one.prefix === true}`.localeCompare(`${keyOf(other)} ${other.prefix === true}`);
}

/** Whether an operation only reads. An export is a POST, but reads. */
function isRead(operation: string): boolean {
  return operation === "ExportApiDefinitionsV2";
}
