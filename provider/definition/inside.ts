/**
 * The inside of an API: its back end and parameters, which only an export shows. Compares it with an earlier export or
 * a definition.
 */
import { openText } from "./files";
import { isList, isObject, member, objectMember, type Json, type JsonObject } from "./json";
import { findOperations } from "./operations";
import { Part } from "./part";
import { digestOf } from "./project/line";
import type { Operation } from "./operation";
import { projectOperation } from "./project/project";
import { parseTemplate } from "./project/template";

/** The APIs of an exported group, by keys such as `GET /orders/{id}`. */
export type Inside = ReadonlyMap<string, Operation>;

/** Reads an export. Leaves out the operations that cannot be read, without an error. */
export function readExport(exported: Readonly<Record<string, unknown>>): Inside {
  const file = openText(exported);
  const root = new Part(file, "", file.root);
  const operations = findOperations(root, []).flatMap((found): [string, Operation][] => {
    try {
      const name = found.node.text("operationId") ?? "";
      const given = { root, found, template: parseTemplate(found.path), name, overrides: {}, defaults: {} };
      const { operation } = projectOperation({ ...given, mockMode: true, modes: [] });
      return [[operation.key, operation]];
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return [];
    }
  });
  return new Map(operations);
}

/** A digest that changes when somebody changes the API. */
export function insideDigest(operation: Operation): string {
  return digestOf(operation.line);
}

/** What differs inside between an operation of the definition and an exported API: `back end`, `parameters`. */
export function insideDifferences(wanted: Operation, exported: Operation): string[] {
  const differs = (of: (operation: Operation) => Json) => JSON.stringify(of(wanted)) !== JSON.stringify(of(exported));
  return [...(differs(parametersOf) ? ["parameters"] : []), ...(differs(backendOf) ? ["back end"] : [])];
}

/**
 * The parameters in the form of the service's answers: missing values are empty texts, and all numbers have one type.
 */
function parametersOf({ projection }: Operation): Json {
  return list(projection.operation, "parameters").map((parameter) => {
    const schema = objectMember(parameter, "schema") ?? {};
    const plain = ["name", "in", "required", "description"].map((key) => text(member(parameter, key)));
    const said = [text(schema["default"]), list(schema, "enum").map(text)];
    const isText = schema["type"] === "string";
    const limits = isText ? ["minLength", "maxLength"] : ["minimum", "maximum"];
    return [...plain, ...said, isText, limits.map((key) => schema[key] ?? 0), member(parameter, PASS) === "always"];
  });
}

const PASS = "x-apigateway-pass-through";

/** The back end in one form: with the service's defaults, and without differences in spelling. */
function backendOf({ projection }: Operation): Json {
  const backend = objectMember(projection.operation, "x-apigateway-backend");
  if (backend === undefined) return null;
  const kind = text(backend["type"]).toUpperCase();
  const endpoint = Object.values(backend).find(isObject) ?? {};
  const members = Object.entries({ ...(kind !== "MOCK" && { timeout: 5000 }), ...endpoint })
    .filter(([key, value]) => key !== "description" && !["", "0", "-1", "false"].includes(text(value)))
    .map(([key, value]) => [key.replaceAll("-", "").toLowerCase(), insensitive(key, value)]);
  const parameters = list(backend, "parameters").map((one) =>
    ["name", "in", "origin", "value"].map((key) => insensitive(key, member(one, key))),
  );
  return [kind, sorted(members), sorted(parameters)];
}

function insensitive(key: string, value: Json | undefined): string {
  return ["in", "origin", "scheme", "method"].includes(key) ? text(value).toLowerCase() : text(value);
}

function sorted(items: readonly Json[]): Json {
  return items.map((item) => JSON.stringify(item)).sort();
}

function list(node: JsonObject, key: string): readonly Json[] {
  const found = member(node, key);
  return isList(found) ? found : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}
