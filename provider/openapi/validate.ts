import { validate, type ParserOptions } from "@readme/openapi-parser";
import type { OpenAPI } from "openapi-types";
import { isObject, type Json, type JsonObject } from "./json";
import { pointer, type DefinitionProblem } from "./problem";
import { resolve } from "./references";

/** Equal operation ids are found by `checkDefinition`, with their place; `{proxy+}` is no template that the library knows. */
const RULES = {
  "duplicate-operation-id": "warning",
  "path-parameters-not-in-parameters": "warning",
  "path-parameters-not-in-path": "warning",
} as const;

const OPTIONS: ParserOptions = {
  resolve: { external: false, file: false },
  validate: { rules: { openapi: RULES, swagger: RULES } },
};

/** Problems the OpenAPI library finds against the specification. Nothing is fetched or read; the document is not changed. */
export async function specificationProblems(document: JsonObject): Promise<DefinitionProblem[]> {
  const result = await validate(outline(document, document) as unknown as OpenAPI.Document, OPTIONS);
  return result.valid
    ? []
    : result.errors.map(({ message }) => ({ pointer: pointerIn(message), message: message.trim() }));
}

/**
 * A copy for the library, which would write every target in place of its reference, and so explode on references that
 * double: here references stand for what they are, except those to parameters, which it must see to pair them with paths.
 */
function outline(document: JsonObject, node: Json): Json {
  if (Array.isArray(node)) return (node as readonly Json[]).map((item) => outline(document, item));
  if (!isObject(node)) return node;
  // It takes extensions among the paths for paths.
  const entries = Object.entries(node).filter(([key]) => node !== document["paths"] || !key.startsWith("x-"));
  const copied = entries.map(([key, value]): [string, Json] => {
    if (key === "$ref" && typeof value === "string") return [key, `local:${value}`];
    if (key === "parameters" && Array.isArray(value))
      return [key, (value as readonly Json[]).map((item) => outline(document, resolve(document, item) ?? item))];
    return [key, outline(document, value)];
  });
  return Object.fromEntries(copied);
}

/** The library names places as `/paths/a/{b}/get` in back quotes. */
function pointerIn(message: string): string {
  const place = /`(\/(?:paths|components|definitions)[^`]*)`/.exec(message)?.[1];
  const operation = place && /^\/paths(\/.*)\/([a-z]+)(?:\/parameters\/.*)?$/.exec(place);
  return operation ? pointer("paths", operation[1] ?? "", operation[2] ?? "") : (place ?? "");
}
