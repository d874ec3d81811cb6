import { Claims } from "../../lifecycle/claims";
import type { Surroundings } from "../../lifecycle/contract";
import { Connection, type Runtime } from "../../settings/connection";
import { loadSettings, type Lookup } from "../../settings/settings";
import { EngineRun } from "./run";
import { isTargetedUpdate } from "./targeted";
import { watchEngine } from "./watch";

/**
 * What the resources of one provider process share. It is the same for both kinds of provider.
 *
 * @internal
 */
export class ProviderProcess implements Surroundings {
  readonly claims: Claims;
  readonly #run: EngineRun | undefined;
  readonly #runtime: Partial<Runtime>;
  #connect: (() => Connection) | undefined;
  #targeted: boolean | undefined;

  /** @param address of the engine; the engine gives it as the only argument */
  constructor(address = process.argv[2], runtime: Partial<Runtime> = {}) {
    this.#run = address === undefined ? undefined : new EngineRun(address);
    this.claims = new Claims(this.#run);
    this.#runtime = runtime;
    if (address !== undefined) this.watch(address);
  }

  /** Ends this process when the engine is gone or the run ends. */
  protected watch(address: string): void {
    const ended = () => void this.claims.undone.tell().finally(() => process.exit());
    watchEngine(address, { gone: () => process.exit(1), ended });
  }

  /** Takes the settings. All resources of a process have the same ones, so only the first call counts. */
  configure(config: Lookup): void {
    let connection: Connection | undefined;
    // Made at first use. So wrong settings fail every call that needs them, not only the first.
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
