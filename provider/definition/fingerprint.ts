import { createHash } from "node:crypto";
import { canonical, isObject, member, memoize, objectMember, type Json, type JsonObject } from "./json";
import {
  ANY_METHOD,
  parametersOf,
  schemesOf,
  securityListOf,
  securityRequirements,
  type OperationSource,
} from "./operation";
import { resolveObject } from "./references";

const EXTENSION = "x-apigateway-";

/**
 * Gives for every operation a digest of what APIG keeps of it: 16 characters, equal for equal content in any notation.
 *
 * Kept, after the service's table of imported objects and the fields an API has (`CreateApiV2`): method, path,
 * `operationId`, `description` and `summary` (remark), `tags`, protocols, parameters with their plain attributes, the
 * description of the body (`body_remark`), the effective `security` with its schemes, and every `x-apigateway-`
 * extension of the operation, its path, its responses and the document, with the policies it names. Dropped, because an
 * API has no field for them: schemas of bodies and responses with all descriptions in them, examples there,
 * `deprecated`, `externalDocs`, `info`, `host` and `servers`. Where the sources leave a doubt a part counts as
 * kept: one import too many changes nothing, one too few loses an edit.
 *
 * Whatever operations may share is digested once: a document's cost grows with its length alone.
 */
export function fingerprinter(document: JsonObject): (source: OperationSource) => string {
  const extensions = memoize((node: JsonObject) => {
    const kept = extensionsOf(node);
    return Object.keys(kept).length > 0 ? digest(kept) : null;
  });
  const parameter = memoize((node: JsonObject) => digest(keptOfParameter(document, node)));
  const protocols = memoize((list: readonly Json[]) => digest(list.map(String).sort()));
  const scheme = memoize((node: JsonObject) => digest(without(node, ["description"])));
  const security = memoize((list: readonly Json[]) =>
    digest(
      securityRequirements(document, list).map((all) =>
        all.map((one) => ({ ...one, scheme: one.scheme ? scheme(one.scheme) : null })),
      ),
    ),
  );
  const policies = rootPolicies(document);

  return (source) => {
    const { method, path, pathItem, node } = source;
    const body = resolveObject(document, member(node, "requestBody"));
    const samples = Object.entries(objectMember(node, "responses") ?? {})
      .map(([code, response]): [string, Json] => [code, extensions(resolveObject(document, response) ?? {})])
      .filter(([, kept]) => kept !== null);
    return digest({
      method,
      path,
      ...pick(node, ["operationId", "summary", "description", "tags"]),
      protocols: protocols(schemesOf(document, node)),
      parameters: parametersOf(document, source).map(parameter).sort(),
      body: body ? [pick(body, ["description", "required"]), extensions(body)] : null,
      security: security(securityListOf(document, node)),
      extensions: extensionsOf(node),
      ofPath: without(extensionsOf(pathItem), [ANY_METHOD]),
      ofResponses: Object.fromEntries(samples),
      ofDocument: policies(node),
    });
  };
}

function digest(value: Json): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, 16);
}

function pick(node: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(node, name) ? [[name, member(node, name) ?? null]] : [])),
  );
}

function without(node: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !names.includes(key)));
}

function extensionsOf(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key.startsWith(EXTENSION)));
}

/** Attributes of the parameter and of its schema; nested schemas have no field in an API. */
function keptOfParameter(document: JsonObject, parameter: JsonObject): JsonObject {
  const schema = resolveObject(document, member(parameter, "schema"));
  return { ...attributes(parameter), ...(schema && { schema: without(attributes(schema), ["description", "title"]) }) };
}

function attributes(node: JsonObject): JsonObject {
  const isPlain = ([key, value]: [string, Json]): boolean =>
    value === null ||
    typeof value !== "object" ||
    key.startsWith(EXTENSION) ||
    ["default", "enum", "example"].includes(key);
  return Object.fromEntries(Object.entries(node).filter(isPlain));
}

/**
 * Definitions at the root that apply to an operation: `x-apigateway-ratelimit: gold` means the entry `gold` of
 * `x-apigateway-ratelimits`, and so with access control, responses and plugins. Any other root extension applies to all.
 */
function rootPolicies(document: JsonObject): (node: JsonObject) => Json {
  const roots = { ...extensionsOf(objectMember(document, "components") ?? {}), ...extensionsOf(document) };
  const entry = memoize((policy: JsonObject) => digest(policy));
  const isCollection = ([key, value]: [string, Json]): boolean => key.endsWith("s") && isObject(value);
  const common = digest(Object.fromEntries(Object.entries(roots).filter((root) => !isCollection(root))));
  const find = (key: string, name: string): JsonObject | undefined =>
    objectMember(objectMember(roots, `${key}s`), name) ?? objectMember(objectMember(roots, key), name);
  return (node) => {
    const named = Object.entries(extensionsOf(node)).flatMap(([key, value]) =>
      [value].flat().flatMap((name) => {
        const policy = typeof name === "string" ? find(key, name) : undefined;
        return policy ? [`${key} ${entry(policy)}`] : [];
      }),
    );
    return [common, ...named.sort()];
  };
}
