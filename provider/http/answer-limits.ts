import { wellFormed } from "./encoding";

const MB = 1024 * 1024;

/** Default limit of an answer's size, in bytes after decompression. A page of 1,000 secrets has about 1 MB. */
export const USUAL_SIZE = 8 * MB;

/** Least bytes of a list item. Real items are objects, and much larger. */
const BYTES_AN_ITEM = 256;

/** Most levels of nesting. Real answers have fewer, and recursive code does not overflow the stack. */
const DEPTH = 200;

/** Members with the reason why one of many objects failed. */
const WORDS = /^error_(code|msg)$/;

/** A number of bytes in words, for errors. */
export function inMegabytes(bytes: number): string {
  return `${bytes / MB} MB`;
}

/**
 * Checks the limits of a parsed answer before a schema does: a schema needs a kilobyte for each wrong item of a list.
 * Also replaces half characters, and cleans the error texts of the service. Both change the value in place.
 *
 * @param size most bytes of the answer; decides how many list items it may have
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
