/** Random schedules of two stacks that use the same names. Their operations run at the same time, call by call. */
import fc from "fast-check";
import type { Operation } from "./stack-runner";
import { plans, type Plan } from "./plan";
import { conditions, operation, type Conditions } from "./schedules";
import type { Contents } from "./totals";
import { serviceFaults, type ServiceFaults } from "./service-faults";

interface Step {
  readonly plan: Plan;
  readonly operation: Operation;
}

export interface Round extends ServiceFaults {
  /** The steps of both stacks. */
  readonly steps: readonly [Step, Step];
  /** Whether the other stack makes the call after the n-th one; starts again at its end. */
  readonly order: readonly boolean[];
}

export interface TwoStackSchedule extends Conditions {
  readonly rounds: readonly Round[];
}

/** @param most the largest number of rounds */
export const twoStackSchedules = (most: number): fc.Arbitrary<TwoStackSchedule> =>
  fc.tuple(fc.boolean(), fc.constantFrom(false, false, true)).chain(([deleteRemoved, intoTheirs]) => {
    const step = fc.record({ plan: plans(deleteRemoved, intoTheirs).map(careful), operation });
    const round = fc.record({
      steps: fc.tuple(step, step),
      order: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
      ...serviceFaults,
    });
    return fc.record({
      ...conditions(deleteRemoved),
      // With `ignore`, APIs of the other stack in that group would give a warning and no clash.
      ...(intoTheirs && { importClash: fc.constant("failure" as const) }),
      rounds: fc.array(round, { minLength: 1, maxLength: most }),
    });
  });

/** In a group of others no stack may overwrite the APIs of the other stack. */
const careful = (plan: Plan): Plan => ({
  ...plan,
  imports: plan.imports.map((each) => (each?.intoTheirs ? { ...each, apiMode: "merge" } : each)),
});

export const contentsOf = ({ rounds }: TwoStackSchedule): Contents => ({
  operations: rounds.flatMap(({ steps }) => steps).length,
  withFaults: rounds,
  changes: 0,
});
