/** Random schedules: stacks, edits, faults and changes by others, in the order in which they happen. */
import fc from "fast-check";
import { changes, type Change } from "./changes";
import type { Operation } from "./stack-runner";
import { plans, type Plan } from "./plan";
import type { Contents } from "./totals";
import { serviceFaults, type ServiceFaults } from "./service-faults";

export interface Step extends ServiceFaults {
  readonly plan: Plan;
  readonly operation: Operation;
  /** What others do after the step. */
  readonly meanwhile: readonly Change[];
}

/** Conditions of a whole schedule. */
export interface Conditions {
  readonly credentials: "token" | "password" | "keys";
  /** Seconds that the service's clock is ahead of ours. */
  readonly clockAhead: number;
  readonly deleteRemoved: boolean;
  readonly importClash: "failure" | "ignore";
  readonly appCodeShowStatus: 200 | 201;
}

export interface Schedule extends Conditions {
  readonly steps: readonly Step[];
}

export const operation: fc.Arbitrary<Operation> = fc.constantFrom("up", "up", "up", "preview", "refresh", "destroy");

const step = (moving: boolean, intoTheirs: boolean): fc.Arbitrary<Step> =>
  fc.record({
    plan: plans(moving, intoTheirs),
    operation,
    ...serviceFaults,
    meanwhile: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(changes, { minLength: 1, maxLength: 2 }) },
    ),
  });

export const conditions = (deleteRemoved: boolean) => ({
  credentials: fc.constantFrom("token" as const, "password" as const, "keys" as const),
  clockAhead: fc.constantFrom(0, 0, -240, 240),
  deleteRemoved: fc.constant(deleteRemoved),
  importClash: fc.constantFrom("failure" as const, "ignore" as const),
  appCodeShowStatus: fc.constantFrom(200 as const, 201 as const),
});

/** @param most the largest number of steps */
export const schedules = (most: number): fc.Arbitrary<Schedule> =>
  // Ids move to other paths only if removed APIs are deleted, because an API that stays keeps its name. No import moves
  // between the group of others and its own: after half a move, the old APIs clash with a move back.
  fc.tuple(fc.boolean(), fc.constantFrom(false, false, true)).chain(([deleteRemoved, intoTheirs]) =>
    fc.record({
      ...conditions(deleteRemoved),
      steps: fc.array(step(deleteRemoved, intoTheirs), { minLength: 1, maxLength: most }),
    }),
  );

export const contentsOf = ({ steps }: Schedule): Contents => ({
  operations: steps.length,
  withFaults: steps,
  changes: steps.flatMap(({ meanwhile }) => meanwhile).length,
});
