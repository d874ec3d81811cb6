import { setTimeout } from "node:timers/promises";
import type { FalseList, FalseNotFound } from "./false-answers";
import { generator } from "./random";
import type { Route } from "./types";
import { WriteConflicts, type Conflict, type Write } from "./write-conflicts";

/** An error answer instead of the real one, by default without any effect. */
export interface ErrorFault {
  status: number;
  /** Default: the service's documented code and text of that status. */
  code?: string | undefined;
  message?: string | undefined;
  /** `Retry-After`, in seconds or as a date. */
  retryAfter?: number | string | undefined;
  /** The whole body, instead of code and message in the service's shape. */
  body?: unknown;
  /** Whether the call takes effect before it is answered with the error. */
  effect?: boolean | undefined;
}

/** An answer without a `Date`, or with one that differs from the simulator's clock by these milliseconds. */
export type FalseDate = "none" | number;

export type FaultKind =
  | ErrorFault
  | { delay: number }
  | { date: FalseDate }
  | { list: FalseList }
  | { notFound: FalseNotFound }
  /** Executed twice, as by a proxy that repeats a request. The first or the second answer is sent. */
  | { twice: "first" | "second" }
  /** The answer is about another object of the same kind. */
  | "another"
  | "dropBefore"
  | "dropAfter";

export interface Fault {
  /** An operation, a service (`apig`) or `*`. */
  operation: string;
  /** The first matching call that it hits, counted from now, from 1. */
  nth: number;
  /** How many matching calls it hits, from that one. */
  times: number;
  /** Probability for each of those calls, from a random generator that starts with `seed`. */
  probability: number;
  seed: number;
  kind: FaultKind;
}

export interface Throttle {
  operation: string;
  /** Calls allowed in each window. The window is in milliseconds of the simulator's clock. */
  calls: number;
  windowMs: number;
  retryAfter?: number | undefined;
}

export interface Latency {
  /** Milliseconds added to every call. */
  all: number;
  /** Milliseconds by operation, instead of `all`. */
  operations: Record<string, number>;
}

/** What goes wrong with one call. */
export type Trouble = { throttled: Throttle } | Exclude<FaultKind, { delay: number } | { date: FalseDate }>;

export interface Met {
  readonly trouble?: Trouble | undefined;
  readonly date?: FalseDate | undefined;
  readonly conflict?: Conflict | undefined;
}

const matches = (pattern: string, route: Route): boolean =>
  pattern === "*" || pattern === route.service || pattern === route.operation;

/** Latency, throttling, scripted faults and write conflicts: all troubles that `control` can make. In memory only. */
export class Troubles {
  private faults: { rule: Fault; seen: number; random: () => number }[] = [];
  private throttles: { rule: Throttle; opened: number; used: number }[] = [];
  private latency: Latency = { all: 0, operations: {} };
  private readonly conflicts = new WriteConflicts();

  /** @param sleep waits for milliseconds of real time */
  constructor(private readonly sleep: (milliseconds: number) => Promise<unknown> = setTimeout) {}

  setFaults(faults: readonly Fault[], throttles: readonly Throttle[]): void {
    this.faults = faults.map((rule) => ({ rule, seen: 0, random: generator(rule.seed) }));
    this.throttles = throttles.map((rule) => ({ rule, opened: -Infinity, used: 0 }));
  }

  setLatency(latency: Latency): void {
    this.latency = latency;
  }

  reset(): void {
    this.setFaults([], []);
    this.setLatency({ all: 0, operations: {} });
    this.conflicts.restart();
  }

  /**
   * Waits for the latency of the call, and returns the trouble that hits it, if any.
   * @param write the call as a write to an instance, if it is one
   */
  async meet(route: Route, now: number, write?: Write): Promise<Met> {
    const throttled = this.throttle(route, now);
    if (throttled !== undefined) return { trouble: { throttled } };
    let delay = this.latency.operations[route.operation] ?? this.latency.all;
    let trouble: Trouble | undefined;
    let date: FalseDate | undefined;
    for (const fault of this.faults.filter(({ rule }) => matches(rule.operation, route))) {
      fault.seen += 1;
      const { nth, times, probability, kind } = fault.rule;
      if (fault.seen < nth || fault.seen >= nth + times || fault.random() >= probability) continue;
      if (typeof kind === "object" && "delay" in kind) delay += kind.delay;
      else if (typeof kind === "object" && "date" in kind) date ??= kind.date;
      else trouble ??= kind;
    }
    const conflict = await this.conflicts.during(write, async () => {
      if (delay > 0) await this.sleep(delay);
    });
    return { trouble, date, conflict };
  }

  private throttle(route: Route, now: number): Throttle | undefined {
    for (const window of this.throttles.filter(({ rule }) => matches(rule.operation, route))) {
      if (now - window.opened >= window.rule.windowMs) Object.assign(window, { opened: now, used: 0 });
      window.used += 1;
      if (window.used > window.rule.calls) return window.rule;
    }
    return undefined;
  }
}
