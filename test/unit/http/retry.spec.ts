import assert from "node:assert/strict";
import { backoff, classify, retryAfter, RetryBudget } from "../../../provider/http/retry";

const now = Date.UTC(2026, 0, 15, 12, 0, 0);
const fault = { kind: "unavailable" as const, retryAfter: undefined };
const throttled = { kind: "throttled" as const, retryAfter: undefined };

describe("whether a failed attempt may be repeated", () => {
  it("repeats an idempotent call after anything that may pass", () => {
    assert.equal(classify({ transient: true, effect: "unknown" }, true), "retry");
    assert.equal(classify({ transient: true, effect: "none" }, true), "retry");
  });

  it("repeats any call that surely had no effect", () => {
    assert.equal(classify({ transient: true, effect: "none" }, false), "retry");
  });

  it("leaves a call alone that may have had an effect and must not have it twice", () => {
    assert.equal(classify({ transient: true, effect: "unknown" }, false), "ambiguous");
    assert.equal(classify({ transient: false, effect: "unknown" }, false), "ambiguous");
  });

  it("does not repeat what cannot pass", () => {
    assert.equal(classify({ transient: false, effect: "none" }, false), "give-up");
    assert.equal(classify({ transient: false, effect: "unknown" }, true), "give-up");
  });
});

describe("how long to wait before a retry", () => {
  it("doubles the limit with each retry up to a cap, and takes a random part of it", () => {
    const waits = (random: number) => [1, 2, 3, 4, 30].map((retry) => backoff(fault, retry, now, () => random));
    assert.deepEqual(waits(0), [0, 0, 0, 0, 0]);
    assert.deepEqual(waits(0.5), [100, 200, 400, 800, 10_000]);
  });

  it("gives a throttling service more time than a failing one", () => {
    assert.ok(backoff(throttled, 1, now, () => 0.5) > backoff(fault, 1, now, () => 0.5));
  });

  it("takes the service's own Retry-After as it is, without a random part", () => {
    assert.equal(
      backoff({ ...throttled, retryAfter: "1" }, 5, now, () => 0.99),
      1000,
    );
    assert.equal(
      backoff({ ...fault, retryAfter: "Thu, 15 Jan 2026 12:00:07 GMT" }, 1, now, () => 0.99),
      7000,
    );
  });

  it("does not wait for a date that has passed", () => {
    assert.equal(retryAfter("Thu, 15 Jan 2026 11:00:00 GMT", now), 0);
  });

  for (const unusable of ["", "soon", "-5", "1.5", "5 apples", "2026-01-15", "99999999999", "Thu, 99 Foo 2026 GMT"]) {
    it(`falls back to its own time when Retry-After is ${JSON.stringify(unusable)}`, () => {
      assert.equal(retryAfter(unusable, now), undefined);
      assert.equal(
        backoff({ ...fault, retryAfter: unusable }, 1, now, () => 0.5),
        100,
      );
    });
  }
});

describe("the retry budget", () => {
  it("is used up by failures in a row, and then refuses", () => {
    const budget = new RetryBudget(3);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => budget.spend(fault)),
      [true, true, true, false],
    );
  });

  it("is not charged when a service asks to come back later", () => {
    const budget = new RetryBudget(1);
    assert.deepEqual(
      [1, 2, 3].map(() => budget.spend(throttled)),
      [true, true, true],
    );
    assert.equal(budget.spend(fault), true);
  });

  it("gets back what a call spent when it succeeds in the end, and never more than it had", () => {
    const budget = new RetryBudget(3);
    budget.spend(fault);
    budget.spend(fault);
    budget.earn(2);
    budget.earn(50);
    assert.deepEqual(
      [1, 2, 3, 4].map(() => budget.spend(fault)),
      [true, true, true, false],
    );
  });
});
