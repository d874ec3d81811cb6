import assert from "node:assert/strict";
import type { CheckFailure } from "../../provider/lifecycle/validate";
import type { Handler } from "../../provider/hosts/dynamic/handler";

export type Bag = Record<string, unknown>;

/** What an `up` did. */
export type Fate = "create" | "update" | "replace" | "same";

/** The engine's placeholder for a value that is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const text = { __provider: "text" };

/**
 * Runs the operations of one resource without the engine, by the engine's rules: each operation is a separate process;
 * `diff`, `read` and `delete` get the outputs; a half-made resource is recorded and finished by `update`; `read` may
 * replace the inputs.
 */
export class Life {
  id = "";
  outputs: Bag = {};
  inputs: Bag = {};
  #unfinished = false;

  /** @param process starts a provider process and returns its handler */
  constructor(private readonly process: () => Handler) {}

  get exists(): boolean {
    return this.id !== "";
  }

  /** The failures that a preview would show. */
  async failures(inputs: Bag): Promise<CheckFailure[]> {
    return (await this.process().check({}, { ...inputs, ...text })).failures;
  }

  async up(program: Bag): Promise<Fate> {
    const handler = this.process();
    const { inputs, failures } = await handler.check(this.inputs, { ...program, ...text });
    assert.deepEqual(failures, []);
    const news = { ...inputs, ...text };
    if (!this.exists) return this.#create(handler, news, "create");
    const { changes, replaces, deleteBeforeReplace } = await handler.diff(this.id, this.outputs, news);
    if (replaces.length > 0) {
      const old = { id: this.id, outputs: this.outputs };
      if (deleteBeforeReplace) await handler.delete(old.id, old.outputs);
      await this.#create(handler, news, "replace");
      if (!deleteBeforeReplace) await handler.delete(old.id, old.outputs);
      return "replace";
    }
    if (!changes && !this.#unfinished) return "same";
    await this.#record(news, async () => ({
      id: this.id,
      ...(await handler.update(this.id, this.outputs, news)),
    }));
    return "update";
  }

  /** A refresh also forgets that the resource is unfinished. @returns whether it is still there */
  async refresh(): Promise<boolean> {
    const { id, props, inputs } = await this.process().read(this.id, this.outputs);
    this.id = id;
    this.outputs = { ...props, ...text };
    this.#unfinished = false;
    if (inputs !== undefined) this.inputs = inputs;
    return this.exists;
  }

  async destroy(): Promise<void> {
    await this.process().delete(this.id, this.outputs);
    this.id = "";
  }

  async #create(handler: Handler, news: Bag, fate: Fate): Promise<Fate> {
    await this.#record(news, () => handler.create(news));
    return fate;
  }

  async #record(news: Bag, write: () => Promise<{ id: string; outs: Bag }>): Promise<void> {
    try {
      const { id, outs } = await write();
      Object.assign(this, { id, outputs: { ...outs, ...text } });
      this.#unfinished = false;
    } catch (error) {
      const { id, properties } = error as { id?: string; properties?: Bag };
      if (id !== undefined && properties !== undefined) {
        Object.assign(this, { id, outputs: properties });
        this.#unfinished = true;
      }
      throw error;
    }
    this.inputs = news;
  }
}
