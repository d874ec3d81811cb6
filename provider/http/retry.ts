import type { Failure } from "./failure";

/** What to do after a failed attempt, such as a 429, a 5xx or a lost connection. */
export type Verdict =
  /** Send again: that does no harm and may help. */
  | "retry"
  /** Do not send again: that cannot help. */
  | "give-up"
  /** Do not send again: the call may have taken effect, and a second one would do harm. Look first. */
  | "ambiguous";

/** May this call be sent again? */
export function classify(failure: Pick<Failure, "transient" | "effect">, idempotent: boolean): Verdict {
  if (failure.effect === "unknown" && !idempotent) return "ambiguous";
  return failure.transient ? "retry" : "give-up";
}

/** Waiting times in milliseconds. They are longer if the service `asked` for time, because it is throttling or busy. */
const BACKOFF = { fault: { least: 0, base: 200, cap: 20_000 }, asked: { least: 500, base: 1_000, cap: 30_000 } };

/**
 * How long to wait before retry number `retry` (from 1), in milliseconds: the service's own `Retry-After` if it is
 * usable, else a random time up to a limit that grows exponentially (full jitter).
 */
export function backoff(
  failure: Pick<Failure, "kind"> & Partial<Pick<Failure, "retryAfter">>,
  retry: number,
  now: number,
  random: () => number,
): number {
  const hint = retryAfter(failure.retryAfter, now);
  if (hint !== undefined) return hint;
  const { least, base, cap } = asksForTime(failure) ? BACKOFF.asked : BACKOFF.fault;
  return Math.max(least, random() * Math.min(cap, base * 2 ** (retry - 1)));
}

/** Whether the service works, but asks us to come later. */
export function asksForTime({ kind }: Pick<Failure, "kind">): boolean {
  return kind === "throttled" || kind === "busy";
}

/** `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3); undefined when unusable. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse alone would also accept "5 apples".
  const date = /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Limits the retries of all calls of a connection together. Each retry takes one out, each success puts some back. So
 * when a service is down, a whole run soon stops to retry, instead of each call trying to the end.
 */
export class RetryBudget {
  #left: number;

  /** @param capacity how many retries may fail in a row, over all calls of a connection */
  constructor(private readonly capacity = 100) {
    this.#left = capacity;
  }

  /** Takes one retry out; false if there is none. A service that asks for time works: then it takes nothing. */
  spend(failure: Pick<Failure, "kind">): boolean {
    if (asksForTime(failure)) return true;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Puts retries back after a call that succeeded. @param retries how many it needed */
  earn(retries: number): void {
    this.#left = Math.min(this.capacity, this.#left + Math.max(1, retries));
  }
}
