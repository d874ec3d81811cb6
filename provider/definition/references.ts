import { isList, isObject, member, textMember, type Json, type JsonObject } from "./json";
import { pointer, printable, type DefinitionProblem } from "./problem";

/** Members that hold data of the API, not parts of its description: a `$ref` in them is just data. */
const DATA = new Set(["default", "enum", "example", "value"]);
/** The one extension that holds an operation, and so references. */
const OPERATIONS = new Set(["x-apigateway-any-method"]);
/** Members whose keys are names chosen by the author, so that a key such as `example` says nothing. */
const NAMES = new Set([
  "definitions",
  "headers",
  "parameters",
  "paths",
  "properties",
  "responses",
  "schemas",
  "examples",
]);

/** References that lead to references, in a row. Real documents have one or two; circles and attacks have more. */
const MAX_HOPS = 10;

/** The target of a local reference, following references to references; nothing when it leads nowhere or too far. */
export function resolve(document: JsonObject, node: Json | undefined): Json | undefined {
  let target = node;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const ref = textMember(target, "$ref");
    if (ref === undefined) return target;
    target = lookUp(document, ref);
  }
  return undefined;
}

/** `resolve` where only a mapping makes sense. */
export function resolveObject(document: JsonObject, node: Json | undefined): JsonObject | undefined {
  const target = resolve(document, node);
  return isObject(target) ? target : undefined;
}

/** The keys a local reference such as `#/components/schemas/Pet` passes through. */
export function segmentsOf(ref: string): string[] {
  return ref
    .split("/")
    .slice(1)
    .map((segment) => decode(segment).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a local reference names in a document; itself perhaps a reference. */
export function lookUp(document: JsonObject, ref: string): Json | undefined {
  return segmentsOf(ref).reduce<Json | undefined>(member, document);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

type Path = readonly (string | number)[];

/**
 * A copy of the node at a path with each of its references replaced by what `target` answers. The path given to `target`
 * is only good during the call.
 */
export function mapReferences(node: Json, at: Path, target: (ref: string, path: Path) => string): Json {
  const path = [...at];
  const inside = (key: string | number, value: Json, names: boolean): Json => {
    path.push(key);
    const copied = copy(value, names);
    path.pop();
    return copied;
  };
  const copy = (value: Json, names: boolean): Json => {
    if (value === null || typeof value !== "object") return value;
    if (isList(value)) return value.map((item, index) => inside(index, item, false));
    const members = Object.entries(value).map(([key, item]): [string, Json] => {
      if (key === "$ref" && typeof item === "string") return [key, target(item, path)];
      if (!names && (DATA.has(key) || (key.startsWith("x-") && !OPERATIONS.has(key)))) return [key, item];
      return [key, inside(key, item, !names && NAMES.has(key))];
    });
    return Object.fromEntries(members);
  };
  return copy(node, NAMES.has(String(path.at(-1))));
}

/** Calls back for every reference of a document. */
export function eachReference(document: JsonObject, found: (ref: string, path: Path) => void): void {
  mapReferences(document, [], (ref, path) => {
    found(ref, path);
    return ref;
  });
}

/** References that leave the document (never fetched, never read), lead nowhere, or lead in circles. */
export function referenceProblems(document: JsonObject): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const verdicts = new Map<string, string | undefined>();
  eachReference(document, (ref, path) => {
    if (!verdicts.has(ref)) verdicts.set(ref, verdict(document, ref));
    const message = verdicts.get(ref);
    if (message !== undefined) problems.push({ pointer: pointer(...path, "$ref"), message });
  });
  return problems;
}

function verdict(document: JsonObject, ref: string): string | undefined {
  const shown = JSON.stringify(printable(ref));
  if (!ref.startsWith("#/"))
    return `the reference ${shown} leaves the document: only local ones (#/…) are followed; bundle the files into one`;
  if (lookUp(document, ref) === undefined) return `the reference ${shown} leads nowhere`;
  return resolve(document, { $ref: ref }) === undefined
    ? `the reference ${shown} leads from one reference to the next, without end`
    : undefined;
}
