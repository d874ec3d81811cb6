import { DefinitionError, pointer } from "./problem";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Real definitions are never nested deeper. Because of this limit, recursive code cannot overflow the stack. */
const MAX_DEPTH = 200;

/** Most characters of a definition. Counts everything, also what APIG does not keep. */
export const MAX_SIZE = 32 * 1024 * 1024;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Like `Array.isArray`, which does not narrow the type of read-only lists. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An own member of an object. Plain indexing would also find `constructor` and other members of the prototype. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? (value as JsonObject)[key]
    : undefined;
}

/** An own member that is a mapping; undefined for any other value. */
export function objectMember(value: Json | undefined, key: string): JsonObject | undefined {
  const found = member(value, key);
  return isObject(found) ? found : undefined;
}

/** An own member that is a text; undefined for any other value. */
export function textMember(value: Json | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === "string" ? found : undefined;
}

/** An own member that is a list; an empty list for any other value. */
export function listMember(value: Json | undefined, key: string): readonly Json[] {
  const found = member(value, key);
  return isList(found) ? found : [];
}

/**
 * Copies any value to JSON, and limits its depth and its size as text. Values that are used several times are counted
 * each time. So it refuses exploding YAML aliases and objects that contain themselves, before other code walks through
 * them.
 */
export function toJson(value: unknown): Json {
  let size = 0;
  const path: (string | number)[] = [];
  const refuse = (message: string): DefinitionError =>
    new DefinitionError([{ pointer: pointer(...path.slice(0, 8)), message }]);
  /** Counts a text. It must be valid Unicode, because it is sent to the engine and the service. */
  const read = (text: string): void => {
    spend(text.length);
    if (!text.isWellFormed()) throw refuse("a text with half a character, a lone surrogate, which is no Unicode");
  };
  const spend = (chars: number): void => {
    size += chars;
    if (size > MAX_SIZE)
      throw refuse(`the definition is larger than ${MAX_SIZE / 1024 / 1024} MB here, aliases unfolded`);
  };
  const inside = (key: string | number, node: unknown): Json => {
    path.push(key);
    const copied = copy(node);
    path.pop();
    return copied;
  };
  const copy = (node: unknown): Json => {
    spend(2);
    if (node === null || typeof node === "boolean") return node;
    if (typeof node === "number" && Number.isFinite(node)) return node;
    if (typeof node === "string") {
      read(node);
      return node;
    }
    if (typeof node !== "object")
      throw refuse(
        `a ${typeof node === "number" ? "number that is not finite" : typeof node} cannot be written as JSON`,
      );
    if (path.length >= MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH} levels, or contains itself`);
    if (Array.isArray(node)) return node.map((item: unknown, index) => inside(index, item));
    if (node instanceof Date) return node.toISOString();
    const members: [string, Json][] = [];
    for (const [key, item] of Object.entries(node)) {
      if (item === undefined) continue;
      spend(2);
      read(key);
      members.push([key, inside(key, item)]);
    }
    // fromEntries defines members. An assignment would turn a member named `__proto__` into the prototype.
    return Object.fromEntries(members);
  };
  return copy(value);
}

/** The same text for equal values: sorted members, no white space. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
