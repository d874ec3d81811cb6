/** Runs the operations of a schedule on a stack: with the engine, or on the handlers without it. */
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
  /** The last create or update was half done. The next one is forced. */
  readonly unfinished: boolean;
  /** It was replaced. The next update that succeeds deletes it at its end. */
  readonly pendingDelete: boolean;
}

/** An operation failed at this resource. What it had done before is in state. */
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

/** What an operation did. */
export interface OperationResult {
  /** What an `up` did, and to which resource. */
  readonly changed: readonly string[];
  /** Empty if it succeeded. */
  readonly failures: readonly StepFailed[];
  /** Everything that it printed. */
  readonly printed: readonly string[];
}

export interface StackRunner {
  /** Settings for all later operations. */
  configure(config: ConfigMap): Promise<void>;
  /** Runs an operation in a provider process of its own. */
  run(operation: Operation, program: readonly Declared[]): Promise<OperationResult>;
  state(): Promise<readonly Recorded[]>;
}
