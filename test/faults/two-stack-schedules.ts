/** Random schedules of two stacks that want the same names: their operations run at the same time, call by call. */
import fc from "fast-check";
import type { Operation } from "./ground";
import { plans, type Plan } from "./plan";
import { conditions, operation, type Conditions } from "./schedules";
import type { Contents } from "./tally";
import { weather, type Weather } from "./weather";

interface Step {
  readonly plan: Plan;
  readonly operation: Operation;
}

export interface Round extends Weather {
  /** One for each stack. */
  readonly steps: readonly [Step, Step];
  /** Whether the n-th call is followed by one of the other stack, going round. */
  readonly order: readonly boolean[];
}

export interface Encounter extends Conditions {
  readonly rounds: readonly Round[];
}

/** @param most rounds */
export const encounters = (most: number): fc.Arbitrary<Encounter> =>
  fc.tuple(fc.boolean(), fc.constantFrom(false, false, true)).chain(([deleteRemoved, intoTheirs]) => {
    const step = fc.record({ plan: plans(deleteRemoved, intoTheirs).map(careful), operation });
    const round = fc.record({
      steps: fc.tuple(step, step),
      order: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
      ...weather,
    });
    return fc.record({
      ...conditions(deleteRemoved),
      // Else what the other stack made in the group of others is left out with a warning, and not clashed with.
      ...(intoTheirs && { importClash: fc.constant("failure" as const) }),
      rounds: fc.array(round, { minLength: 1, maxLength: most }),
    });
  });

/** In a group of others nobody asks to overwrite what the other stack made there. */
const careful = (plan: Plan): Plan => ({
  ...plan,
  imports: plan.imports.map((each) => (each?.intoTheirs ? { ...each, apiMode: "merge" } : each)),
});

export const contentsOf = ({ rounds }: Encounter): Contents => ({
  operations: rounds.flatMap(({ steps }) => steps).length,
  weathers: rounds,
  changes: 0,
});
