/**
 * Names for what is written: valid, unique, and the same whenever the same objects are read, in whatever order.
 *
 * Names that differ only in capitals, or in the width of a character, are not unique: files of such names are one file on
 * many machines, and people take such variables for one.
 */
import { createHash } from "node:crypto";

/** An object that needs a name. */
export interface Nameless {
  readonly id: string;
  /** The name that it gets, if nothing else has it. */
  readonly wanted: string;
}

/** The names by id. All but the first of those that want one name get a digest of their ids behind it. */
export function uniqueNames(objects: readonly Nameless[], separator: "-" | "_"): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const sorted = [...objects].sort((one, other) => compare(one.wanted, other.wanted) || compare(one.id, other.id));
  for (const { id, wanted } of sorted) {
    let name = wanted;
    for (let length = 6; taken.has(folded(name)); length += 1) name = `${wanted}${separator}${digest(id, length)}`;
    taken.add(folded(name));
    names.set(id, name);
  }
  return names;
}

/** Of the first plane: the compiler does not know all of the others. */
const letters = /(?:(?![\u{10000}-\u{10ffff}])[\p{L}\p{Nd}])+/gu;

/**
 * A name for a variable: `Shop API` with the ending `Group` makes `shopApiGroup`, and `shop_group` `shopGroup`. Letters of all
 * scripts are kept.
 */
export function variableName(name: string, ending: string): string {
  const words = name.normalize("NFKC").match(letters) ?? [];
  const [first = "", ...others] = words.map((word) => (isCapitals(word) ? word.toLowerCase() : word));
  const hasEnding = others.at(-1)?.toLowerCase() === ending.toLowerCase();
  const joined = [lowered(first), ...(hasEnding ? others.slice(0, -1) : others).map(raised), ending].join("");
  const start = /^\p{L}/u.test(joined) ? "" : "_";
  return start + (words.length === 0 ? lowered(ending) : joined);
}

/** A name for a resource or a file: what the engine and file systems do not take becomes a hyphen. */
export function plainName(name: string): string {
  const plain = name
    .normalize("NFKC")
    .replaceAll(/[^\p{L}\p{Nd}_.-]+/gu, "-")
    .replace(/^[.-]+/, "");
  // Files of these names are devices elsewhere.
  const isDevice = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain);
  const letters = Array.from(plain).slice(0, longest);
  while (/^[.-]$/.test(letters.at(-1) ?? "")) letters.pop();
  const cut = letters.join("");
  return isDevice || cut === "" ? `x-${cut}`.replace(/-$/, "") : cut;
}

/** A Chinese character takes three bytes, and names of files have at most 255. */
const longest = 64;

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function digest(id: string, length: number): string {
  return createHash("sha256").update(id).digest("hex").slice(0, length);
}

function isCapitals(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}

function lowered(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function raised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
