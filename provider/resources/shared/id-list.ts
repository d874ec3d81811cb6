/** Inputs that are lists of ids: their order and repetition mean nothing. */
import { z } from "zod";

export const idInput = z.string().min(1, "must not be empty");

/** @param what the ids are of, for messages */
export const idListInput = (what: string) => z.array(idInput).min(1, `must name at least one ${what}`);

/** The list as it is compared and recorded. */
export function inIdOrder(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}
