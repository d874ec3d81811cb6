/** Writes operations as one small document for an import. */
import { canonical, isObject, type Json, type JsonObject } from "./json";
import { ANY_METHOD } from "./methods";
import type { Operation } from "./operation";

/** Most APIs in one import (APIG.3127). */
const MAX_OPERATIONS = 300;

/**
 * The service takes requests of 12 MB. The rest is for the form, and for the parts of the document that operations
 * share.
 */
export const MAX_BYTES = 11 * 1024 * 1024;

/** Bytes of one operation in a document. */
export function sizeOf({ path, name, projection }: Operation): number {
  return Buffer.byteLength(JSON.stringify([path, name, projection]));
}

/** Splits operations into batches that are small enough for one import. */
export function inBatches(operations: readonly Operation[]): Operation[][] {
  const batches: Operation[][] = [];
  let batch: Operation[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const size = sizeOf(operation);
    if (batches.length === 0 || batch.length === MAX_OPERATIONS || bytes + size > MAX_BYTES) {
      batches.push((batch = []));
      bytes = 0;
    }
    batch.push(operation);
    bytes += size;
  }
  return batches;
}

/** Name and remark for a group that the import creates. */
export interface Info {
  readonly title: string;
  readonly description?: string | undefined;
}

/**
 * Writes the JSON text of an OpenAPI 3.0 document with these operations. If one of them has `schemes`, it writes
 * Swagger 2.0, because OpenAPI 3 has no place for the protocol of an API.
 */
export function writeDocument({ title, description }: Info, operations: readonly Operation[]): string {
  const isSwagger = operations.some(({ projection }) => projection.protocols.length > 0);
  const schemes = new Schemes();
  const paths = new Map<string, JsonObject>();
  let root: JsonObject = {};
  let components: JsonObject = {};
  for (const { path, method, name, projection } of operations) {
    const member = method === "ANY" ? ANY_METHOD : method.toLowerCase();
    const written = isSwagger ? swaggerOf(projection.operation) : projection.operation;
    const node = {
      operationId: name,
      ...written,
      ...(isSwagger && projection.protocols.length > 0 && { schemes: projection.protocols }),
      security: projection.scheme === null ? [] : [{ [schemes.nameOf(projection.scheme)]: [] }],
    };
    paths.set(path, { ...paths.get(path), ...projection.path, [member]: node });
    root = merged(root, projection.root);
    components = merged(components, projection.components);
  }
  const info = { title, version: "1", ...(description !== undefined && { description }) };
  const body = { info, ...root, paths: Object.fromEntries(paths) };
  return JSON.stringify(
    isSwagger
      ? { swagger: "2.0", ...body, ...components, securityDefinitions: schemes.all }
      : { openapi: "3.0.3", ...body, components: { ...components, securitySchemes: schemes.all } },
  );
}

/** Gives names to security schemes. Equal schemes get one name. */
class Schemes {
  readonly #names = new Map<string, string>();
  readonly all: Record<string, JsonObject> = {};

  nameOf(scheme: JsonObject): string {
    const text = canonical(scheme);
    const name = this.#names.get(text) ?? `auth-${this.#names.size + 1}`;
    this.#names.set(text, name);
    this.all[name] = scheme;
    return name;
  }
}

/**
 * Joins two sets of extensions. If both have a mapping with policies under one key, the result has the policies of
 * both.
 */
function merged(one: JsonObject, other: JsonObject): JsonObject {
  const both = Object.entries(other).map(([key, value]): [string, Json] => {
    const before = one[key];
    return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

/**
 * Swagger 2.0 has no `schema` in a parameter: its members stand in the parameter itself. It also has no `requestBody`.
 */
function swaggerOf(operation: JsonObject): JsonObject {
  const parameters = (operation["parameters"] as readonly JsonObject[]).map(({ schema, ...parameter }) => ({
    ...parameter,
    ...(schema as JsonObject),
  }));
  const rest = Object.entries(operation).filter(([key]) => key !== "requestBody");
  return { ...Object.fromEntries(rest), parameters };
}
