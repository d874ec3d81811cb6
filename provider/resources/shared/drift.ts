/**
 * Drift that no input of the program shows, such as an API that somebody took offline.
 *
 * The engine compares inputs, so what a refresh finds is made an input that `check` always gives as empty: the next
 * preview shows it in words, and the next update repairs it.
 */
import { z } from "zod";

/** What a refresh found to be otherwise, one text each. */
export const driftInput = { drift: z.array(z.string()) };
export const driftKey = "drift";
export const noDrift: { readonly drift: readonly string[] } = { drift: [] };
