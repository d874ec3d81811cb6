/**
 * The rules of the engine without the engine, so that thousands of schedules take minutes. It follows the order of
 * dependencies. A replacement creates first and deletes at the end. A half-made resource is recorded, and `update`
 * finishes it. A failed update keeps the old state. A blank id removes a resource, and a refresh forgets that something
 * was half-made. (Seen in `pkg` v3.259.0, `resource/deploy/step.go` and `step_generator.go`.)
 */
import assert from "node:assert/strict";
import type { Handlers } from "../../provider/hosts/dynamic/handlers";
import { unknown, type Bag, type Fate } from "../support/life";
import { StepFailed, type Operation, type Recorded } from "./stack-runner";

/** Part of an input that comes from another resource's id or outputs. */
export class Ref {
  constructor(
    readonly of: string,
    readonly pick: (id: string, outputs: Bag) => unknown,
    /** Whether the id alone gives the value. Then the preview of an update knows it. */
    readonly fromId = false,
  ) {}
}

/** A resource of a program, in the order of the program. */
export interface Declared {
  readonly name: string;
  readonly type: keyof Handlers;
  /** Values are JSON, or hold a {@link Ref} at any depth. */
  readonly inputs: Bag;
}

interface Entry extends Recorded {
  readonly type: keyof Handlers;
  id: string;
  inputs: Bag;
  outputs: Bag;
  unfinished: boolean;
  pendingDelete: boolean;
  dependsOn: readonly Entry[];
}

const provider = { __provider: "text" };

/** A stack: its state, and the operations on it. */
export class MiniEngine {
  #entries: Entry[] = [];

  get entries(): readonly Recorded[] {
    return this.#entries;
  }

  /** The entry of a declared resource. */
  #find(name: string): Entry | undefined {
    return this.#entries.find((entry) => entry.name === name && !entry.pendingDelete);
  }

  /** Previews an `up`. It must write nothing. */
  async preview(program: readonly Declared[], handlers: Handlers): Promise<void> {
    const changing = new Set<string>();
    for (const declared of program) {
      const old = this.#find(declared.name);
      const inputs = resolve(declared.inputs, (ref) => {
        const target = this.#find(ref.of);
        const known = target !== undefined && (ref.fromId || !changing.has(ref.of));
        return known ? ref.pick(target.id, target.outputs) : unknown;
      });
      const news = await this.#check("preview", declared, old, inputs, handlers);
      const fate = old && (await this.#diff("preview", old, news, handlers));
      if (fate && fate.replaces.length > 0) await this.#check("preview", declared, undefined, inputs, handlers);
      if (fate === undefined || fate.changes || old?.unfinished) changing.add(declared.name);
    }
  }

  async up(program: readonly Declared[], handlers: Handlers): Promise<ReadonlyMap<string, Fate>> {
    const fates = new Map<string, Fate>();
    for (const declared of program) fates.set(declared.name, await this.#step(declared, handlers));
    const stale = this.#entries.filter((entry) => entry.pendingDelete || !fates.has(entry.name));
    await this.#deleteAll("up", stale, handlers);
    return fates;
  }

  async refresh(handlers: Handlers): Promise<void> {
    for (const entry of [...this.#entries]) {
      const inputs = entry.inputs;
      await attempt("refresh", entry.name, async () => {
        const read = await handlers[entry.type].read(entry.id, wired(entry.outputs));
        if (read.id === "") {
          this.#drop(entry);
          return;
        }
        entry.outputs = { ...wired(read.props), ...provider };
        if (read.inputs !== undefined) entry.inputs = { ...wired(read.inputs), ...provider };
        entry.unfinished = false;
        await handlers[entry.type].diff(entry.id, wired(entry.outputs), wired(inputs));
      });
    }
  }

  async destroy(handlers: Handlers): Promise<void> {
    await this.#deleteAll("destroy", this.#entries, handlers);
  }

  async #step(declared: Declared, handlers: Handlers): Promise<Fate> {
    const old = this.#find(declared.name);
    const dependsOn: Entry[] = [];
    const inputs = resolve(declared.inputs, (ref) => {
      const target = this.#find(ref.of);
      assert.ok(target, `${declared.name} needs ${ref.of}, which comes later`);
      dependsOn.push(target);
      return ref.pick(target.id, target.outputs);
    });
    let news = await this.#check("up", declared, old, inputs, handlers);
    if (old === undefined) {
      await this.#create(declared, news, dependsOn, handlers);
      return "create";
    }
    const { changes, replaces, deleteBeforeReplace } = await this.#diff("up", old, news, handlers);
    if (replaces.length > 0) {
      news = await this.#check("up", declared, undefined, inputs, handlers);
      if (deleteBeforeReplace) await this.#delete("up", old, handlers);
      await this.#create(declared, news, dependsOn, handlers, deleteBeforeReplace ? undefined : old);
      return "replace";
    }
    if (!changes && !old.unfinished) {
      Object.assign(old, { inputs: news, dependsOn });
      return "same";
    }
    await this.#record("up", old, news, dependsOn, async () => ({
      id: old.id,
      ...(await handlers[old.type].update(old.id, wired(old.outputs), wired(news))),
    }));
    return "update";
  }

  async #check(
    operation: Operation,
    { name, type }: Declared,
    old: Entry | undefined,
    inputs: Bag,
    handlers: Handlers,
  ) {
    return attempt(operation, name, async () => {
      const checked = await handlers[type].check(wired(old?.inputs ?? {}), { ...wired(inputs), ...provider });
      const [failure] = checked.failures;
      if (failure) throw new Error(`${failure.property}: ${failure.reason}`);
      return { ...wired(checked.inputs), ...provider };
    });
  }

  #diff(operation: Operation, old: Entry, news: Bag, handlers: Handlers) {
    return attempt(operation, old.name, () => handlers[old.type].diff(old.id, wired(old.outputs), wired(news)));
  }

  /**
   * @param replaced the old entry; it is deleted later, if there is something in its place, even if that is half-made
   */
  async #create(
    declared: Declared,
    news: Bag,
    dependsOn: Entry[],
    handlers: Handlers,
    replaced?: Entry,
  ): Promise<void> {
    const { name, type } = declared;
    const entry: Entry = {
      name,
      type,
      id: "",
      inputs: {},
      outputs: {},
      unfinished: false,
      pendingDelete: false,
      dependsOn,
    };
    try {
      await this.#record("up", entry, news, dependsOn, () => handlers[type].create(wired(news)));
    } finally {
      if (entry.id !== "") {
        this.#entries.push(entry);
        if (replaced) replaced.pendingDelete = true;
      }
    }
  }

  /** Records the result of a create or update. If it failed, only a half-made object is recorded. */
  async #record(
    operation: Operation,
    entry: Entry,
    inputs: Bag,
    dependsOn: readonly Entry[],
    write: () => Promise<{ id: string; outs: Bag }>,
  ): Promise<void> {
    await attempt(operation, entry.name, async () => {
      try {
        const { id, outs } = await write();
        assert.ok(id !== "", "a create answered without an id");
        Object.assign(entry, { id, inputs, outputs: { ...wired(outs), ...provider }, unfinished: false, dependsOn });
      } catch (error) {
        const { id, properties, reasons } = error as { id?: string; properties?: Bag; reasons?: string[] };
        if (id !== undefined && properties !== undefined) {
          assert.ok("__provider" in properties && reasons?.length === 1, "nobody could ever delete or explain this");
          Object.assign(entry, { id, inputs, outputs: wired(properties), unfinished: true, dependsOn });
        }
        throw error;
      }
    });
  }

  /** Deletes entries, dependents first. */
  async #deleteAll(operation: Operation, entries: readonly Entry[], handlers: Handlers): Promise<void> {
    const left = new Set(entries);
    while (left.size > 0) {
      const free = [...left].filter((entry) => ![...left].some((other) => other.dependsOn.includes(entry)));
      assert.ok(free.length > 0, "a cycle");
      for (const entry of free) {
        await this.#delete(operation, entry, handlers);
        left.delete(entry);
      }
    }
  }

  async #delete(operation: Operation, entry: Entry, handlers: Handlers): Promise<void> {
    await attempt(operation, entry.name, () => handlers[entry.type].delete(entry.id, wired(entry.outputs)), true);
    this.#drop(entry);
  }

  #drop(entry: Entry): void {
    this.#entries = this.#entries.filter((each) => each !== entry);
  }
}

async function attempt<Result>(
  operation: Operation,
  resource: string,
  run: () => Promise<Result>,
  deleting = false,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    throw new StepFailed(operation, resource, error, deleting);
  }
}

/** A bag as the engine transmits it. It is an error if a value would be lost. */
function wired(bag: Bag): Bag {
  const copy = JSON.parse(JSON.stringify(bag)) as Bag;
  assert.deepEqual(copy, bag, "not JSON");
  return copy;
}

/** Inputs with a value in place of each reference, and without undefined values. */
export function resolve(inputs: Bag, known: (ref: Ref) => unknown): Bag {
  const replace = (value: unknown): unknown => {
    if (value instanceof Ref) return known(value);
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value === "object" && value !== null) return resolve(value as Bag, known);
    return value;
  };
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([key, value]) => (value === undefined ? [] : [[key, replace(value)]])),
  );
}
