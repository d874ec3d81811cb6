/** Runs schedules on the handlers, without the engine: thousands in minutes. */
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { Connection } from "../../provider/settings/connection";
import { makeHandlers, type Handlers } from "../../provider/hosts/dynamic/handlers";
import { loadSettings } from "../../provider/settings/settings";
import { hostOf } from "../support/handlers";
import { unprinted } from "../support/unprinted";
import { StepFailed, type StackRunner, type Operation, type OperationResult, type Recorded } from "./stack-runner";
import { MiniEngine, type Declared } from "./mini-engine";

export class OnHandlers implements StackRunner {
  readonly #engine = new MiniEngine();
  readonly #notes = new Set<string>();
  #config: ConfigMap = {};

  configure(config: ConfigMap): Promise<void> {
    this.#config = config;
    return Promise.resolve();
  }

  state(): Promise<readonly Recorded[]> {
    return Promise.resolve(this.#engine.entries);
  }

  async run(operation: Operation, program: readonly Declared[]): Promise<OperationResult> {
    // Collects what our code prints, instead of showing it.
    const { result, said } = await unprinted(() => this.#attempt(operation, program));
    return { ...result, printed: [said, ...result.printed] };
  }

  async #attempt(operation: Operation, program: readonly Declared[]): Promise<OperationResult> {
    try {
      return { changed: await this.#operate(operation, program), failures: [], printed: [] };
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      const printed = [error.message, error.cause instanceof Error ? String(error.cause.stack) : ""];
      return { changed: [], failures: [error], printed };
    }
  }

  async #operate(operation: Operation, program: readonly Declared[]): Promise<string[]> {
    const handlers = this.#newProcess();
    if (operation === "up") {
      const fates = await this.#engine.up(program, handlers);
      return [...fates].flatMap(([name, fate]) => (fate === "same" ? [] : [`${fate} ${name}`]));
    }
    if (operation === "destroy") await this.#engine.destroy(handlers);
    else if (operation === "refresh") await this.#engine.refresh(handlers);
    else await this.#engine.preview(program, handlers);
    return [];
  }

  #newProcess(): Handlers {
    const lookup = (key: string) => this.#config[key]?.value;
    const connection = new Connection(loadSettings(lookup, {}), { sleep: () => Promise.resolve(), random: () => 0.5 });
    return makeHandlers(hostOf(connection, this.#notes));
  }
}
