import type { Failure } from "./failure";

/** What may be done about a failed attempt. */
export type Verdict =
  /** Sending the same again does no harm and may help. */
  | "retry"
  /** Sending the same again cannot help. */
  | "give-up"
  /** It may have taken effect, and a second time would do harm: only a look can tell. */
  | "ambiguous";

/** May this call be sent again? */
export function classify(failure: Pick<Failure, "transient" | "effect">, idempotent: boolean): Verdict {
  if (failure.effect === "unknown" && !idempotent) return "ambiguous";
  return failure.transient ? "retry" : "give-up";
}

/** Waiting times in milliseconds by what failed: a throttling or busy service needs more air than a lost packet. */
const BACKOFF = { fault: { least: 0, base: 200, cap: 20_000 }, asked: { least: 500, base: 1_000, cap: 30_000 } };

/**
 * How long to wait before retry number `retry` (from 1): the service's own `Retry-After` where it gives a usable one,
 * else a random time up to an exponentially growing limit (full jitter).
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

/** The service is up, and itself says "later". */
export function asksForTime({ kind }: Pick<Failure, "kind">): boolean {
  return kind === "throttled" || kind === "busy";
}

/** `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3); undefined when unusable. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse alone would take "5 apples" for a date.
  const date = /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * May anything be sent again right now? Retries spend, successes earn back. When a service is down, the calls of a
 * whole run together stop adding load, instead of each trying to the end.
 */
export class RetryBudget {
  #left: number;

  /** @param capacity how many retries may fail in a row, over all calls of a connection */
  constructor(private readonly capacity = 100) {
    this.#left = capacity;
  }

  /** Takes one retry out, if there is one. A service that says "later" itself is up: that costs nothing. */
  spend(failure: Pick<Failure, "kind">): boolean {
    if (asksForTime(failure)) return true;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** A call succeeded, after so many retries. */
  earn(retries: number): void {
    this.#left = Math.min(this.capacity, this.#left + Math.max(1, retries));
  }
}
