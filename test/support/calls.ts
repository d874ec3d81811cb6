import type { Control } from "../simulator/open";

/** The calls of a step and their numbers: one call of `CreateAppV2` is `{ CreateAppV2: 1 }`. */
export async function callsDuring(control: Control, step: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = (await control.journal()).at(-1)?.n ?? 0;
  await step();
  const counts: Record<string, number> = {};
  for (const { operation } of await control.journal(before)) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}
