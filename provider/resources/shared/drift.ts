/**
 * Drift that is not visible in an input of the program, such as an API that somebody took offline.
 *
 * The engine compares inputs. So a refresh writes what it found into an input that `check` always sets to empty: the next
 * preview shows it in words, and the next update repairs it.
 */
import { z } from "zod";

/** What a refresh found to be different, one text for each difference. */
export const driftInput = { drift: z.array(z.string()) };
export const driftKey = "drift";
export const noDrift: { readonly drift: readonly string[] } = { drift: [] };
