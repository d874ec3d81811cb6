import { wellFormed } from "./encoding";

const MB = 1024 * 1024;

/** Largest answer that is read, in bytes as unpacked: a page of 1,000 secrets is about 1 MB. */
export const USUAL_SIZE = 8 * MB;

/** Lists hold objects, of which a service writes far more than this many bytes each. */
const BYTES_AN_ITEM = 256;

/** No answer in practice nests deeper, and everything below may recurse without fear for the stack. */
const DEPTH = 200;

/** Members in which a service says why one of many objects failed. */
const WORDS = /^error_(code|msg)$/;

/** The bound in words, for errors. */
export function inMegabytes(bytes: number): string {
  return `${bytes / MB} MB`;
}

/**
 * Holds what `JSON.parse` gave to its bounds, before a schema sees it: a schema reports each wrong item of a list, at a
 * kilobyte apiece. In the same walk half characters are replaced, and the words of the service are cleaned, in place.
 *
 * @param size the bytes that the answer may have had
 */
export function limitAndClean(
  value: unknown,
  size: number,
  clean: (words: string) => string,
): { readonly value: unknown } | { readonly problem: string } {
  const most = Math.floor(size / BYTES_AN_ITEM);
  let items = 0;
  let problem: string | undefined;
  const tidied = (node: unknown, depth: number, isWords: boolean): unknown => {
    if (typeof node === "string") return isWords ? clean(wellFormed(node)) : wellFormed(node);
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) items += node.length;
    if (items > most) problem ??= `the lists in the answer have more than ${most} items`;
    if (depth > DEPTH) problem ??= `the answer is nested deeper than ${DEPTH} levels`;
    const members = node as Record<string, unknown>;
    for (const name of problem === undefined ? Object.keys(node) : []) {
      members[name] = tidied(members[name], depth + 1, WORDS.test(name));
    }
    return node;
  };
  const whole = tidied(value, 1, false);
  return problem === undefined ? { value: whole } : { problem };
}
