import { setImmediate } from "node:timers/promises";
import { fingerprinter } from "./fingerprint";
import { member, memoize, objectMember, textMember, toJson, isObject, type Json, type JsonObject } from "./json";
import {
  authenticationOf,
  backendTypeOf,
  operationSources,
  protocolOf,
  securityListOf,
  securityRequirements,
  type Operation,
} from "./operation";
import { pairingProblems } from "./pairing";
import { DefinitionError, printable } from "./problem";
import { referenceProblems, resolve } from "./references";
import { readSource } from "./source";
import { schemaProblems } from "./validate";

/** The largest edition of APIG holds 8,000 APIs; a definition with more is refused before it costs time. */
const MAX_OPERATIONS = 10_000;

/** An API definition that is well formed, keeps to its specification and refers to nothing outside itself. */
export interface Definition {
  readonly version: "2.0" | "3.0";
  /** `info.title` and `info.description`: name and remark of a group that the import creates. */
  readonly title: string;
  readonly description: string | undefined;
  readonly operations: readonly Operation[];
  /** A private copy; path items that were references are written out. */
  readonly document: JsonObject;
}

/**
 * Reads a definition from JSON or YAML text or from an object. Throws `DefinitionError` with everything wrong in it.
 * Nothing is fetched or read from disk; time and memory are bounded for every content.
 */
export async function loadDefinition(source: string | Readonly<Record<string, unknown>>): Promise<Definition> {
  const read = readSource(source);
  const version = versionOf(read);
  refuseIfAny(referenceProblems(read));
  const document = withOwnPathItems(read);
  const count = [...operationSources(document)].length;
  if (count > MAX_OPERATIONS)
    throw refused(`it has ${count} operations; no edition of APIG holds more than ${MAX_OPERATIONS}`);
  // A large document must not keep the host from answering its other calls.
  await setImmediate();
  refuseIfAny(schemaProblems(document, version));
  refuseIfAny(pairingProblems(document));
  const info = objectMember(document, "info");
  return {
    version,
    title: textMember(info, "title") ?? "",
    description: textMember(info, "description"),
    operations: describeOperations(document),
    document,
  };
}

/** Key to fingerprint: what a later run compares with. */
export function operationsMap(definition: Definition): Record<string, string> {
  return Object.fromEntries(definition.operations.map(({ key, fingerprint }) => [key, fingerprint]));
}

function describeOperations(document: JsonObject): Operation[] {
  const fingerprint = fingerprinter(document);
  const authentication = memoize((list: readonly Json[]) => authenticationOf(securityRequirements(document, list)));
  return [...operationSources(document)].map((source): Operation => {
    const { key, method, path, node } = source;
    return {
      key,
      method,
      path,
      name: textMember(node, "operationId"),
      matchMode: textMember(node, "x-apigateway-match-mode") === "SWA" ? "SWA" : "NORMAL",
      requestType: textMember(node, "x-apigateway-request-type") === "private" ? "private" : "public",
      authentication: authentication(securityListOf(document, node)),
      backendType: backendTypeOf(node),
      protocol: protocolOf(document, node),
      cors: member(node, "x-apigateway-cors") === true,
      description: textMember(node, "description") ?? "",
      fingerprint: fingerprint(source),
    };
  });
}

function versionOf(document: JsonObject): Definition["version"] {
  const swagger = member(document, "swagger");
  const openapi = member(document, "openapi");
  if (swagger !== undefined && openapi !== undefined) throw refused("it says both `swagger` and `openapi`: keep one");
  if (swagger === "2.0") return "2.0";
  if (typeof openapi === "string" && /^3\.0\.\d+(-.+)?$/.test(openapi)) return "3.0";
  const said = swagger ?? openapi;
  if (said === undefined)
    throw refused('it has neither `openapi: "3.0.x"` nor `swagger: "2.0"` at the top, so it is no API definition');
  const shown = printable(JSON.stringify(said));
  if (typeof openapi === "string" && openapi.startsWith("3.1"))
    throw refused(
      `it is OpenAPI ${shown}, which APIG does not import: convert it to OpenAPI 3.0 (mostly \`type: [x, "null"]\` to \`nullable: true\`) and say \`openapi: "3.0.3"\``,
    );
  if (swagger === 2) throw refused('the Swagger version must be the text "2.0": write it in quotes');
  throw refused(
    `its version is ${shown}: APIG imports OpenAPI 3.0 (\`openapi: "3.0.3"\`) and Swagger 2.0 (\`swagger: "2.0"\`)`,
  );
}

/** Writes out path items that are references, so that every path owns its operations; counts the size again. */
function withOwnPathItems(document: JsonObject): JsonObject {
  const paths = Object.entries(objectMember(document, "paths") ?? {});
  if (paths.every(([, item]) => textMember(item, "$ref") === undefined)) return document;
  const written = paths.map(([path, item]): [string, Json] => [path, resolve(document, item) ?? item]);
  const copy = toJson({ ...document, paths: Object.fromEntries(written) });
  return isObject(copy) ? copy : document;
}

function refuseIfAny(problems: DefinitionError["problems"]): void {
  if (problems.length > 0) throw new DefinitionError(problems);
}

function refused(message: string): DefinitionError {
  return new DefinitionError([{ pointer: "", message }]);
}
