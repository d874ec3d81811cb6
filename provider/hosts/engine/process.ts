import { Claims } from "../../lifecycle/claims";
import type { Surroundings } from "../../lifecycle/contract";
import { Connection, type Runtime } from "../../settings/connection";
import { loadSettings, type Lookup } from "../../settings/settings";
import { EngineRun } from "./run";
import { isTargetedUpdate } from "./targeted";
import { watchEngine } from "./watch";

/**
 * What the resources of one provider process share, however the engine started it.
 *
 * @internal
 */
export class ProviderProcess implements Surroundings {
  readonly claims: Claims;
  readonly #run: EngineRun | undefined;
  readonly #runtime: Partial<Runtime>;
  #connect: (() => Connection) | undefined;
  #targeted: boolean | undefined;

  /** @param address of the engine, which it gives as the only argument */
  constructor(address = process.argv[2], runtime: Partial<Runtime> = {}) {
    this.#run = address === undefined ? undefined : new EngineRun(address);
    this.claims = new Claims(this.#run);
    this.#runtime = runtime;
    if (address !== undefined) this.watch(address);
  }

  /** Ends this process after its engine, or with the run. */
  protected watch(address: string): void {
    const ended = () => void this.claims.undone.tell().finally(() => process.exit());
    watchEngine(address, { gone: () => process.exit(1), ended });
  }

  /** Takes the settings. All resources of a process get the same, so those that came first stay. */
  configure(config: Lookup): void {
    let connection: Connection | undefined;
    // Made at first use, so that wrong settings fail each call that needs them and not only the first.
    this.#connect ??= () => (connection ??= new Connection(loadSettings(config, process.env), this.#runtime));
  }

  connection(): Connection {
    if (!this.#connect) throw new Error("pulumi-apig was called before it was configured.");
    return this.#connect();
  }

  isFirst(key: string): boolean {
    return this.#run?.isFirst(key) ?? true;
  }

  isTargeted(): boolean {
    return (this.#targeted ??= isTargetedUpdate());
  }
}
