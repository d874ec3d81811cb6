import { randomBytes } from "node:crypto";
import { newIdentity, type Identity } from "./identity";
import { noFiles, type Files } from "./files";
import { defaultQuotas } from "./quotas";
import type { Options, Place, World } from "./types";

export const defaultOptions: Readonly<Options> = {
  appCodeShowStatus: 201,
  importSwagger: "flat",
  importClash: "failure",
  gatewayDelay: 5000,
  writeConflicts: 0,
  bkciTokens: true,
  bkciTokenAnswer: "bare",
  bkciLanguage: "en",
  bkciHidesMissing: false,
  bkciHidesProjects: false,
  csmsTimeUnit: "seconds",
};

/** What `control` can change besides the stores. */
interface Frame {
  /** How far the simulator's clock is ahead of the machine's, in milliseconds. */
  clockOffset: number;
  options: Options;
  quotas: Record<string, number>;
}

const newFrame = (): Frame => ({ clockOffset: 0, options: { ...defaultOptions }, quotas: { ...defaultQuotas } });

/** The one implementation of `World`: state in memory, written to files after every change. */
export class SimulatedWorld implements World {
  readonly identity: Identity;
  private frame: Frame;
  private readonly stores = new Map<string, object>();

  constructor(private readonly files: Files = noFiles) {
    this.identity = (files.read("identity") as Identity | undefined) ?? newIdentity();
    files.write("identity", this.identity);
    this.frame = (files.read("world") as Frame | undefined) ?? newFrame();
    // An earlier simulator may have had fewer options.
    this.frame.options = { ...defaultOptions, ...this.frame.options };
    for (const name of files.names()) {
      if (name !== "identity" && name !== "world") this.stores.set(name, files.read(name) as object);
    }
  }

  get places(): readonly Place[] {
    return this.identity.places;
  }

  get options(): Options {
    return this.frame.options;
  }

  get quotas(): Record<string, number> {
    return this.frame.quotas;
  }

  now(): number {
    return Date.now() + this.frame.clockOffset;
  }

  /** Moves the clock by these milliseconds. */
  advance(milliseconds: number): void {
    this.frame.clockOffset += milliseconds;
  }

  id(): string {
    return randomBytes(16).toString("hex");
  }

  store<State extends object>(service: string, initial: () => State): State {
    let state = this.stores.get(service) as State | undefined;
    if (state === undefined) {
      state = initial();
      this.stores.set(service, state);
    }
    return state;
  }

  /** Everything there is, for `GET state`. */
  snapshot(): Record<string, unknown> {
    const { clockOffset, ...frame } = this.frame;
    return {
      now: new Date(this.now()).toISOString(),
      clockOffset,
      ...frame,
      identity: this.identity,
      ...Object.fromEntries(this.stores),
    };
  }

  /** Saves the store of one service, if it has one by now. */
  save(service: string): void {
    const state = this.stores.get(service);
    if (state !== undefined) this.files.write(service, state);
  }

  saveAll(): void {
    this.files.write("world", this.frame);
    for (const service of this.stores.keys()) this.save(service);
  }

  /** Resets everything except projects, users and keys. */
  reset(): void {
    this.frame = newFrame();
    this.stores.clear();
    this.files.clear();
    this.files.write("identity", this.identity);
  }
}
