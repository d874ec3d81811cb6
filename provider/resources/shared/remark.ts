/** The remark of an app or an environment. */
import { z } from "zod";
import { textChange } from "./adopt";

export const remarkInput = { remark: z.string().max(255, "must have at most 255 characters").optional() };

/** The change of a remark when its object is taken over, in words: none if the program gives none, or an empty one. */
export function remarkChange(found: string | null | undefined, remark: string | undefined): string[] {
  return remark ? textChange("remark", found, remark) : [];
}

/** The remark to write when its object is taken over: the one it has if the program gives none, or an empty one. */
export function remarkKept(found: string | null | undefined, { remark }: { remark?: string | undefined }) {
  return remark === undefined || remark === "" ? (found ?? undefined) : remark;
}

/**
 * The remark for the state, as the service shows it. If the program gives none, or an empty one, the service's remark is
 * ignored: the service may keep an old one for ever, and that cannot be repaired.
 *
 * @param old undefined for `.get()`
 */
export function remarkSeen(
  found: string | null | undefined,
  old: { readonly remark?: string | undefined } | undefined,
): string | undefined {
  if (old === undefined) return found ?? undefined;
  return old.remark ? (found ?? "") : old.remark;
}
