/** Waiting times for any answer of a service. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { backoff, retryAfter } from "../../provider/http/retry";

const kind = fc.constantFrom("throttled" as const, "busy" as const, "unavailable" as const, "timeout" as const);
const now = fc.integer({ min: Date.UTC(2001), max: Date.UTC(2099) });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const retry = fc.integer({ min: 1, max: 1000 });

describe("the wait before a retry", () => {
  it("lies within bounds, however often and by whatever chance", () => {
    fc.assert(
      fc.property(kind, retry, now, chance, (failed, count, time, random) => {
        const wait = backoff({ kind: failed, retryAfter: undefined }, count, time, () => random);
        assert.ok(wait >= 0 && wait <= 30_000);
      }),
    );
  });

  it("is exactly what a Retry-After in seconds says", () => {
    fc.assert(
      fc.property(kind, retry, now, fc.nat(999_999_999), (failed, count, time, seconds) => {
        assert.equal(backoff({ kind: failed, retryAfter: ` ${seconds} ` }, count, time, Math.random), seconds * 1000);
      }),
    );
  });

  it("ends at the date that a Retry-After names", () => {
    fc.assert(
      fc.property(now, fc.nat(86_400), (time, seconds) => {
        const then = new Date(Math.floor(time / 1000) * 1000 + seconds * 1000);
        assert.equal(retryAfter(then.toUTCString(), time), Math.max(0, then.getTime() - time));
      }),
    );
  });

  it("is never negative or unreadable for any other Retry-After", () => {
    fc.assert(
      fc.property(fc.string(), now, (text, time) => {
        const wait = retryAfter(text, time);
        assert.ok(wait === undefined || (Number.isFinite(wait) && wait >= 0));
      }),
    );
  });
});
