/** Writes operations as one small document: what an import is sent. */
import { canonical, isObject, type Json, type JsonObject } from "./json";
import { ANY_METHOD } from "./methods";
import type { Operation } from "./operation";

/** APIs that one import takes (APIG.3127). */
const MAX_OPERATIONS = 300;

/** The service takes requests of 12 MB. The rest is for the form around the document, and for what joins its operations. */
export const MAX_BYTES = 11 * 1024 * 1024;

/** Bytes that an operation takes in a document. */
export function sizeOf({ path, name, projection }: Operation): number {
  return Buffer.byteLength(JSON.stringify([path, name, projection]));
}

/** Splits operations into what one import takes. */
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

/** What the import makes of a group that it has to make. */
export interface Info {
  readonly title: string;
  readonly description?: string | undefined;
}

/**
 * JSON text of an OpenAPI 3.0 document with these operations. Those of a Swagger 2.0 file that says `schemes` stay in that
 * notation, because OpenAPI 3 has no place for the protocol of an API.
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

/** Names for security schemes; equal ones have one. */
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

/** Both have policies by name, a level below. */
function merged(one: JsonObject, other: JsonObject): JsonObject {
  const both = Object.entries(other).map(([key, value]): [string, Json] => {
    const before = one[key];
    return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** Swagger 2.0 writes the schema of a parameter into it, and has bodies among the parameters, where APIG has none. */
function swaggerOf(operation: JsonObject): JsonObject {
  const parameters = (operation["parameters"] as readonly JsonObject[]).map(({ schema, ...parameter }) => ({
    ...parameter,
    ...(schema as JsonObject),
  }));
  const rest = Object.entries(operation).filter(([key]) => key !== "requestBody");
  return { ...Object.fromEntries(rest), parameters };
}
