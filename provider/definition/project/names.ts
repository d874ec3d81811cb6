/** Makes names of APIs: unique in their group, 3 to 255 characters. */
import { createHash } from "node:crypto";
import { withoutEnd } from "./kept";

/**
 * Names of groups and APIs start with a letter, a digit or a Chinese character. Some Chinese punctuation is allowed
 * after it.
 */
const NAME = /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9\-_./():（）：、]*$/u;
export const NAME_RULE = "a letter, digit or Chinese character first, then also - _ . / ( ) :";

const LONGEST = 255;

/** Whether a group or an API may have this name. */
export function isName(name: string, most: number): boolean {
  const length = Array.from(name).length;
  return length >= 3 && length <= most && NAME.test(name);
}

export function isApiName(name: string): boolean {
  return isName(name, LONGEST);
}

/** An operation that needs a name. */
export interface Unnamed {
  /** Such as `GET /orders/{id}`, unique. */
  readonly key: string;
  /** The name that the program gives. It is used unchanged. */
  readonly said: string | undefined;
  readonly operationId: string | undefined;
}

/**
 * Makes the names of APIs, by the keys of their operations. First choice is the name in the program, then the
 * `operationId`, with unsuitable characters replaced, then a name such as `get_orders_id` made of method and path. If a
 * name is taken, a digest of the operation's key is added. The order of the document makes no difference.
 */
export function namesFor(operations: readonly Unnamed[]): ReadonlyMap<string, string> {
  const names = new Map(operations.flatMap(({ key, said }) => (said === undefined ? [] : [[key, said]])));
  const taken = new Set(names.values());
  const sorted = operations.filter(({ key }) => !names.has(key)).sort((one, other) => (one.key < other.key ? -1 : 1));
  for (const { key, operationId } of sorted) {
    const name = nameFor(operationId?.trim() ?? "", key, taken);
    names.set(key, name);
    taken.add(name);
  }
  return names;
}

function nameFor(operationId: string, key: string, taken: ReadonlySet<string>): string {
  const name = isApiName(operationId) ? operationId : fitted(operationId === "" ? key.toLowerCase() : operationId);
  if (isApiName(name) && !taken.has(name)) return name;
  const suffix = `_${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
  const cut = Array.from(name || "api").slice(0, LONGEST - suffix.length);
  return cut.join("") + suffix;
}

function fitted(text: string): string {
  const plain = text.replaceAll(/[^\p{Script=Han}A-Za-z0-9\-_.]+/gu, "_").replace(/^[^\p{Script=Han}A-Za-z0-9]+/u, "");
  return withoutEnd(plain, "_");
}
