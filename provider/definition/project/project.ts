/** Reduces ("projects") an operation to what APIG keeps of it. See `CreateApiV2` for the fields of an API. */
import type { OperationOverrides } from "../arrangement";
import { isObject, listMember, member, textMember, type Json, type JsonObject } from "../json";
import { ANY_METHOD } from "../methods";
import type { Found } from "../operations";
import type { Part } from "../part";
import type { DefinitionProblem } from "../problem";
import { authenticationOf, projectAuth } from "./auth";
import { backendFor, backendProblems, backendTypeOf, kindProblems, renamedIn } from "./backend";
import { clipped, extensionsOf } from "./kept";
import { lineOf } from "./line";
import { declared, projectParameters } from "./parameters";
import type { Operation, Projection } from "../operation";
import { rootExtensions } from "./policies";
import type { Template } from "./template";

export interface Projecting {
  readonly root: Part;
  readonly found: Found;
  readonly template: Template;
  readonly name: string;
  /** `overrides` win over the file; `defaults` are for what the file does not say. */
  readonly overrides: OperationOverrides;
  readonly defaults: OperationOverrides;
  readonly mockMode: boolean;
  /** Modes of the import that change its result. */
  readonly modes: Json;
}

export interface Projected {
  readonly operation: Operation;
  /** Why it is open to everybody, if this may be a mistake. */
  readonly isOpen: "unsaid" | "overruling" | undefined;
  /** Parameters that APIG cannot declare. */
  readonly dropped: readonly string[];
  readonly problems: readonly DefinitionProblem[];
}

export function projectOperation(given: Projecting): Projected {
  const { root, found, template, name, overrides, defaults } = given;
  const { node, item, method } = found;
  const problems: DefinitionProblem[] = [];
  const parts = declared(found);
  const parameters = projectParameters(parts, template);
  const auth = projectAuth(root, node, { always: overrides.auth, otherwise: defaults.auth });
  if ("message" in auth) problems.push(auth);
  const { scheme, isOpen } = "message" in auth ? {} : auth;

  const rule = overrides.backend ?? (Object.hasOwn(node.json, BACKEND) ? undefined : defaults.backend);
  const ofFile = member(node.json, BACKEND);
  const own = isObject(ofFile) ? renamedIn(ofFile, template) : ofFile;
  const backend = rule === undefined ? own : backendFor(rule, found, parameters, template);
  if (backend === undefined && !given.mockMode) problems.push(node.problem(NO_BACKEND));
  const policies = listMember(node.json, POLICIES).map((each) => (isObject(each) ? renamedIn(each, template) : each));
  const wrong = [
    ...[backend, ...policies].filter(isObject).flatMap((each) => backendProblems(each, parameters)),
    ...policies.filter(isObject).flatMap((each) => (isObject(backend) ? kindProblems(each, backend) : [])),
  ];
  problems.push(...wrong.map((problem) => node.problem(problem)));

  // In the spelling that the service wants; its pages also use other capitals. They say that the request type is
  // required.
  const options = {
    [REQUEST_TYPE]: overrides.requestType ?? node.text(REQUEST_TYPE)?.toLowerCase() ?? defaults.requestType ?? "public",
    [MATCH_MODE]: overrides.matchMode ?? node.text(MATCH_MODE)?.toUpperCase() ?? defaults.matchMode,
    [CORS]: overrides.cors ?? member(node.json, CORS) ?? defaults.cors,
    [POLICIES]: policies.length > 0 ? policies : undefined,
    [BACKEND]: isObject(backend) ? { ...backend, type: textMember(backend, "type")?.toUpperCase() ?? "" } : backend,
  };
  const sent: JsonObject = {
    ...remark(node, "summary"),
    ...remark(node, "description"),
    ...(found.tags.length > 0 && { tags: found.tags }),
    parameters: parameters.kept,
    ...requestBody(node, parts),
    responses: responses(node),
    ...extensionsOf(node.json),
    ...defined(options),
  };
  const protocols = protocolsOf(root, node);
  const projection: Projection = {
    operation: sent,
    path: Object.fromEntries(Object.entries(extensionsOf(item.json)).filter(([key]) => key !== ANY_METHOD)),
    scheme: scheme ?? null,
    protocols,
    ...rootExtensions(root, node.json),
  };
  const operation = {
    key: `${method} ${template.path}`,
    method,
    path: template.path,
    name,
    matchMode: textMember(sent, MATCH_MODE) === "SWA" ? "SWA" : "NORMAL",
    requestType: textMember(sent, REQUEST_TYPE) === "private" ? "private" : "public",
    authentication: authenticationOf(scheme),
    backendType: backendTypeOf(isObject(backend) ? backend : undefined),
    protocol: protocolOf(protocols),
    cors: member(sent, CORS) === true,
    description: textMember(sent, "description") ?? "",
    projection,
  } as const;
  return {
    operation: { ...operation, line: lineOf(operation, given.modes) },
    isOpen,
    dropped: parameters.dropped,
    problems,
  };
}

const BACKEND = "x-apigateway-backend";
const POLICIES = "x-apigateway-backend-policies";
const REQUEST_TYPE = "x-apigateway-request-type";
const MATCH_MODE = "x-apigateway-match-mode";
const CORS = "x-apigateway-cors";

const NO_BACKEND =
  "it has no back end: give one in `defaults.backend` or `overrides`, add `x-apigateway-backend` to the file, or set `mockMode`";

/** Most characters of a body's description in an API. */
const BODY_REMARK = 20_480;

/** The gateway passes bodies on unchanged. An API has only a field for their description. */
function requestBody(node: Part, parameters: readonly Part[]): JsonObject {
  const body = node.object("requestBody") ?? parameters.find((part) => part.text("in") === "body");
  const description = clipped(body?.text("description") ?? "", BODY_REMARK);
  const extensions = extensionsOf(body?.json ?? {});
  if (description === "" && Object.keys(extensions).length === 0) return {};
  return { requestBody: { ...(description !== "" && { description }), content: {}, ...extensions } };
}

function remark(node: Part, key: string): JsonObject {
  const text = clipped(node.text(key) ?? "");
  return text === "" ? {} : { [key]: text };
}

/**
 * Keeps only the extensions of responses. OpenAPI demands at least one response; exports have keys that are not allowed
 * in it.
 */
function responses(node: Part): JsonObject {
  const kept: Record<string, JsonObject> = {};
  for (const [code, reference] of node.object("responses")?.members ?? []) {
    const extensions = extensionsOf(reference.json["$ref"] === undefined ? reference.json : reference.follow().json);
    if (Object.keys(extensions).length === 0) continue;
    const valid = /^([1-5](\d\d|XX)|default)$/.test(code) ? code : "default";
    kept[valid] = { description: "", ...kept[valid], ...extensions };
  }
  return Object.keys(kept).length > 0 ? kept : { default: { description: "" } };
}

/** The protocols of an operation: its own `schemes`, or those of the document. */
function protocolsOf(root: Part, node: Part): string[] {
  if (root.text("swagger") === undefined) return [];
  const schemes = (node.at("schemes") ? node : root).list("schemes").map(({ value }) => value);
  return ["http", "https"].filter((scheme) => schemes.includes(scheme));
}

function protocolOf(protocols: readonly string[]): Operation["protocol"] {
  if (protocols.length === 2) return "BOTH";
  return protocols[0] === undefined ? undefined : protocols[0] === "http" ? "HTTP" : "HTTPS";
}

function defined(options: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(options).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
