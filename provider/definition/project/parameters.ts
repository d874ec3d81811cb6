/** The parameters of an API: those in path, query and header that APIG can declare. */
import { isList, isObject, type Json, type JsonObject } from "../json";
import type { Found } from "../operations";
import type { Part } from "../part";
import { DefinitionError } from "../problem";
import { clipped, extensionsOf } from "./kept";
import { plainSchema } from "./schema";
import { MOST_PARAMETERS, type Template } from "./template";

/** Names of parameters, also at a back end. */
export const PARAMETER_NAME = /^[A-Za-z][A-Za-z0-9\-_.]{0,31}$/;
const OWN_HEADERS = /^(authorization$|x-auth-token$|x-apig-|x-sdk-|x-stage)/i;

/** A parameter as OpenAPI 3.0 writes it. */
export interface Parameter extends JsonObject {
  readonly name: string;
  readonly in: string;
}

export interface Parameters {
  /** In a fixed order that does not depend on the document. */
  readonly kept: readonly Parameter[];
  /** Names of query and header parameters that APIG cannot declare. */
  readonly dropped: readonly string[];
}

/** The parameters of an operation: those of the path item and its own. Its own win if name and place are the same. */
export function declared({ item, node }: Found): Part[] {
  const merged = new Map<string, Part>();
  for (const part of [...item.list("parameters"), ...node.list("parameters")]) {
    if (!isObject(part.value)) throw new DefinitionError([part.problem("a parameter must be a mapping")]);
    merged.set(`${part.text("in") ?? ""} ${part.text("name") ?? ""}`, part);
  }
  return [...merged.values()];
}

/**
 * Makes the parameters of an API.
 *
 * @param template the path: each of its variables becomes a parameter
 */
export function projectParameters(parts: readonly Part[], template: Template): Parameters {
  const inPath = new Map(parts.filter((part) => part.text("in") === "path").map((part) => [nameOf(part), part]));
  const kept = template.variables.map(({ name, original }): Parameter => {
    const part = inPath.get(original) ?? inPath.get(`${original}+`);
    return {
      ...(part === undefined ? { schema: { type: "string" } } : attributes(part)),
      name,
      in: "path",
      required: true,
    };
  });
  const dropped: string[] = [];
  const headers = new Set<string>();
  for (const part of parts) {
    const [place, name] = [part.text("in"), nameOf(part)];
    if (place !== "query" && place !== "header") continue;
    const isHeader = place === "header";
    if (!PARAMETER_NAME.test(name) || (isHeader && !isHeaderName(name, headers)) || kept.length === MOST_PARAMETERS) {
      dropped.push(name);
      continue;
    }
    if (isHeader) headers.add(name.toLowerCase());
    kept.push({ ...attributes(part), name, in: place, required: part.json["required"] === true });
  }
  const order = ({ in: place, name }: Parameter): string => `${["path", "query", "header"].indexOf(place)} ${name}`;
  return { kept: kept.sort((one, other) => (order(one) < order(other) ? -1 : 1)), dropped };
}

function nameOf(part: Part): string {
  return part.text("name") ?? "";
}

/** Whether this can be one more header parameter. Header names are the same in capitals and small letters. */
function isHeaderName(name: string, taken: ReadonlySet<string>): boolean {
  return !name.includes("_") && !OWN_HEADERS.test(name) && !taken.has(name.toLowerCase());
}

function attributes(part: Part): JsonObject {
  const description = clipped(part.text("description") ?? "");
  // Only OpenAPI 3 has `example` in a parameter. Swagger 2.0 must not get it, neither from a file nor in what we send.
  const example = part.at("schema") || part.at("content") ? part.json["example"] : undefined;
  return {
    ...(description !== "" && { description }),
    ...(isScalar(example) && { example }),
    ...extensionsOf(part.json),
    schema: plainSchema(schemaOf(part)),
  };
}

/**
 * The schema of a parameter. In OpenAPI 3 it stands in `schema` or `content`; in Swagger 2.0 it is the parameter
 * itself.
 */
function schemaOf(part: Part): Part | undefined {
  const [media] = part.object("content")?.members ?? [];
  return part.at("schema") ?? media?.[1].at("schema") ?? (part.at("content") ? undefined : part);
}

function isScalar(value: Json | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && typeof value !== "object" && !isList(value);
}
