/** What differs between two values, leaf by leaf, in the notation of the engine's detailed diffs. */
import { isDeepStrictEqual } from "node:util";
import { isPlainObject } from "../../lifecycle/properties";

export interface LeafDifference {
  /** `operations["GET /pets"]`, `appIds[1]`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/** @param at the path of the two values */
export function leafDifferences(at: string, old: unknown, now: unknown): LeafDifference[] {
  if (isPlainObject(old) && isPlainObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => leafDifferences(at + member(key), old[key], now[key]));
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    const length = Math.max(old.length, now.length);
    return Array.from({ length }, (_, index) => leafDifferences(`${at}[${index}]`, old[index], now[index])).flat();
  }
  if (isDeepStrictEqual(old, now)) return [];
  return [{ path: at, kind: old === undefined ? "add" : now === undefined ? "delete" : "update" }];
}

function member(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
