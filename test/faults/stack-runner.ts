/** What schedules are played on: a stack, and an engine that runs operations on it. */
import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { Bag } from "../support/life";
import type { Declared } from "./mini-engine";

export type Operation = "preview" | "up" | "refresh" | "destroy";

/** A resource in state. */
export interface Recorded {
  readonly name: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** The last create or update was half done: the next one is forced. */
  readonly unfinished: boolean;
  /** Replaced, and to be deleted at the end of an update that succeeds. */
  readonly condemned: boolean;
}

/** An operation failed here; whatever was done before is in state. */
export class StepFailed extends Error {
  constructor(
    readonly operation: Operation,
    readonly resource: string,
    /** What was thrown, or what the engine printed of it. */
    override readonly cause: unknown,
    /** Whether it was a delete that failed: the engine keeps the object in state, even if it is gone. */
    readonly deleting: boolean,
  ) {
    super(`${operation} of ${resource}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** How an operation went. */
export interface Ran {
  /** What an `up` did with which resource, where it did anything. */
  readonly changed: readonly string[];
  /** None: it succeeded. */
  readonly failures: readonly StepFailed[];
  /** Everything that anybody could read of it. */
  readonly printed: readonly string[];
}

export interface Ground {
  /** Settings for the operations from now on. */
  configure(config: ConfigMap): Promise<void>;
  /** Runs an operation in a provider process of its own. */
  run(operation: Operation, program: readonly Declared[]): Promise<Ran>;
  state(): Promise<readonly Recorded[]>;
}
