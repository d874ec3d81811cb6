/** Inputs that are lists of ids. Order and repetition do not matter. */
import { z } from "zod";

export const idInput = z.string().min(1, "must not be empty");

/** @param what kind of objects the ids belong to, for messages */
export const idListInput = (what: string) => z.array(idInput).min(1, `must name at least one ${what}`);

/** The list sorted and without repetition, as it is compared and recorded. */
export function inIdOrder(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}
