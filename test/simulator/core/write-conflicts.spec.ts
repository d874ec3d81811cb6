import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { WriteConflicts, type Conflict } from "./write-conflicts";

describe("Conflicts of writes at the same time", () => {
  const rounds = 3000;
  let conflicts: WriteConflicts;

  beforeEach(() => {
    conflicts = new WriteConflicts();
  });

  /** Rounds of as many writes at the same time, and what became of each. */
  const draw = async (writers: number, chance: number): Promise<(Conflict | undefined)[]> => {
    const drawn: (Conflict | undefined)[] = [];
    for (let round = 0; round < rounds / writers; round += 1) {
      const write = { instanceId: "a", chance };
      const together = Array.from({ length: writers }, () => conflicts.during(write, () => setImmediate()));
      drawn.push(...(await Promise.all(together)));
    }
    return drawn;
  };
  const near = (found: number, expected: number): void =>
    assert.ok(Math.abs(found - expected) < 0.03, `${found}, not about ${expected}`);

  for (const [writers, chance] of [
    [2, 0.05],
    [2, 0.5],
    [5, 0.05],
    [10, 0.05],
    [10, 0.2],
  ] as const) {
    const others = writers - 1;
    it(`has 1 - (1 - p)^n of the failures with p = ${chance} and n = ${others}`, async () => {
      const failed = (await draw(writers, chance)).filter((conflict) => conflict !== undefined);
      near(failed.length / rounds, 1 - (1 - chance) ** others);
    });
  }

  it("takes effect in one of five failures", async () => {
    const drawn = await draw(3, 1);
    near(drawn.filter((conflict) => conflict === "after the effect").length / drawn.length, 0.2);
  });

  it("draws the same again after a restart, whatever was written without a conflict in between", async () => {
    const first = await draw(3, 0.3);
    conflicts.restart();
    await draw(1, 0.3);
    await draw(3, 0);
    assert.deepEqual(await draw(3, 0.3), first);
  });

  it("counts the most writes that were in flight at one time, not all that a long one met", async () => {
    let failed = 0;
    for (let round = 0; round < rounds; round += 1) {
      let end = (): void => undefined;
      const long = conflicts.during({ instanceId: "a", chance: 0.5 }, () => new Promise((resolve) => (end = resolve)));
      for (let n = 0; n < 8; n += 1) await conflicts.during({ instanceId: "a", chance: 0 }, () => Promise.resolve());
      end();
      if ((await long) !== undefined) failed += 1;
    }
    near(failed / rounds, 0.5);
  });
});
