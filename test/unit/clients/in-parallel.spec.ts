import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { inParallel } from "../../../provider/clients/in-parallel";

describe("Work on the items of a list", () => {
  const items = Array.from({ length: 30 }, (_, index) => index);

  it("goes on a few at a time, with results in the order of the list", async () => {
    let [now, most] = [0, 0];
    const counts: number[] = [];
    const run = async (item: number) => {
      most = Math.max(most, ++now);
      // Earlier items take longer.
      for (let left = 30 - item; left > 0; left--) await setImmediate();
      now--;
      return item * 2;
    };
    assert.deepEqual(
      await inParallel(items, run, (count) => counts.push(count)),
      items.map((item) => item * 2),
    );
    assert.equal(most, 8);
    assert.deepEqual(
      counts,
      items.map((item) => item + 1),
    );
  });

  it("begins nothing more after a failure, and ends when all that was begun has ended", async () => {
    const [begun, ended]: number[][] = [[], []];
    const run = async (item: number) => {
      begun?.push(item);
      await setImmediate();
      if (item === 2) throw new Error("no");
      await setImmediate();
      ended?.push(item);
    };
    await assert.rejects(inParallel(items, run), /^Error: no$/);
    const wasBegun = [...(begun ?? [])];
    assert.deepEqual(
      ended,
      wasBegun.filter((item) => item !== 2),
    );
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    assert.deepEqual(begun, wasBegun);
    assert.ok(wasBegun.length < 12, `${wasBegun.length} were begun`);
  });
});
