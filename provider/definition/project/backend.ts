/** The back end of an operation: from the file, or made by a setting of the program. */
import type { Backend, BackendParameter, HttpBackend, VpcBackend } from "../arrangement";
import { withoutEnd } from "./kept";
import { isList, isObject, listMember, objectMember, textMember, type Json, type JsonObject } from "../json";
import type { Found } from "../operations";
import type { BackendType } from "../operation";
import { printable } from "../problem";
import type { Parameters } from "./parameters";
import type { Template } from "./template";

const BACKEND_TYPES: Readonly<Record<string, BackendType>> = {
  HTTP: "HTTP",
  "HTTP-VPC": "HTTP",
  "HTTP-VPC-MEMBER-GROUP": "HTTP",
  FUNCTION: "FUNCTION",
  MOCK: "MOCK",
};

/** Undefined for a type that this package does not know. Without a back end, the API can only have a mock one. */
export function backendTypeOf(backend: JsonObject | undefined): BackendType | undefined {
  return backend === undefined ? "MOCK" : BACKEND_TYPES[textMember(backend, "type")?.toUpperCase() ?? ""];
}

/**
 * Makes `x-apigateway-backend` of a program's setting. The back end gets the method and path that the file describes.
 */
export function backendFor(rule: Backend, found: Found, parameters: Parameters, template: Template): JsonObject {
  if ("mock" in rule) return { type: "MOCK", mockEndpoints: { "result-content": rule.mock } };
  if ("functionUrn" in rule) {
    const { functionUrn, version = "latest", invocationType = "sync", networkType, timeout } = rule;
    const function_ = { "function-urn": functionUrn, version, "invocation-type": invocationType };
    const rest = { ...(networkType && { "network-type": networkType }), ...(timeout && { timeout }) };
    return { type: "FUNCTION", functionEndpoints: { ...function_, ...rest } };
  }
  const common = {
    method: found.method,
    ...(rule.timeout !== undefined && { timeout: rule.timeout }),
    ...(rule.retryCount !== undefined && { "retry-count": String(rule.retryCount) }),
  };
  const path = pathAtBackend(found, template);
  const handedOn = { parameters: [...handOn(parameters, path), ...added(rule)] };
  if ("vpcChannel" in rule)
    return { type: "HTTP-VPC", httpVpcEndpoints: { ...vpc(rule, path), ...common }, ...handedOn };
  return { type: "HTTP", httpEndpoints: { ...http(rule, path), ...common }, ...handedOn };
}

function http({ url }: HttpBackend, path: string): JsonObject {
  const { protocol, host, pathname } = new URL(url);
  return { address: host, scheme: protocol.slice(0, -1), path: joined(pathname, path) };
}

function vpc({ vpcChannel, scheme = "http", path: base = "", host }: VpcBackend, path: string): JsonObject {
  return { name: vpcChannel, scheme, path: joined(base, path), ...(host && { "vpc-proxy-host": host }) };
}

function joined(base: string, path: string): string {
  return withoutEnd(base, "/") + path;
}

/**
 * The path in the file, with the names that its variables have at the gateway. Drops the patterns that frameworks add
 * to variables. A variable without a name gets the name of the gateway's variable at the same position.
 */
function pathAtBackend({ path }: Found, { variables }: Template): string {
  const left = [...variables];
  let place = -1;
  return path.replaceAll(/\{([^{}]*)\}|(?<=\/)\*\*?(?=\/|$)/g, (_, written: string | undefined) => {
    place += 1;
    const original = plainName(written ?? "");
    const index = left.findIndex((one) => one.original === original);
    const [variable = original === "" ? variables[place] : undefined] = index < 0 ? [] : left.splice(index, 1);
    return `{${variable?.name ?? original}}`;
  });
}

/** The name of a variable without the pattern of a framework: `{*path}`, `{id:[0-9]+}`, `{id?}`, `{path...}`. */
function plainName(written: string): string {
  const name = written.startsWith("*") ? written.slice(1) : written;
  const end = name.search(/[:?+*(]|\.\.\./);
  return end < 0 ? name : name.slice(0, end);
}

/** Passes every parameter on under its own name. */
function handOn({ kept }: Parameters, path: string): JsonObject[] {
  const variables = variablesIn(path);
  return kept.flatMap(({ name, in: place }) => {
    const isUnused = place === "path" && !variables.includes(name);
    return isUnused ? [] : [{ name, in: place, value: name, origin: "REQUEST" }];
  });
}

function added({ parameters = [] }: { parameters?: BackendParameter[] }): JsonObject[] {
  return parameters.map(({ name, in: place, value, origin = "CONSTANT" }) => ({ name, in: place, value, origin }));
}

/**
 * Replaces the names of path variables in a back end or back-end policy of the file by their names at the gateway. If
 * several variables have one name in the file, they are replaced in order.
 */
export function renamedIn(backend: JsonObject, { variables }: Template): JsonObject {
  if (variables.every(({ name, original }) => name === original)) return backend;
  const left = [...variables];
  const nameOf = (original: string) => {
    const index = left.findIndex((one) => one.original === original);
    const [variable = variables.find((one) => one.original === original)] = index < 0 ? [] : left.splice(index, 1);
    return variable?.name ?? original;
  };
  const rename = (key: string) => (each: Json) => {
    const name = textMember(each, key);
    return isObject(each) && name !== undefined ? { ...each, [key]: nameOf(name) } : each;
  };
  const { parameters, conditions } = backend;
  return {
    ...backend,
    ...(isList(parameters) && {
      parameters: parameters.map((each) => (isOfRequest(each) ? rename("value")(each) : each)),
    }),
    ...(isList(conditions) && { conditions: conditions.map(rename("parameter")) }),
  };
}

function isOfRequest(parameter: Json): boolean {
  return textMember(parameter, "origin")?.toUpperCase() === "REQUEST";
}

/** Names of the variables in a path of a back end. They may stand anywhere in a segment. */
export function variablesIn(path: string): string[] {
  return Array.from(path.matchAll(/\{([^{}]+?)\+?\}/g), ([, name]) => name ?? "");
}

/**
 * Problems of a back end's parameters: each must refer to a parameter of the operation, and each path variable needs
 * one.
 */
export function backendProblems(backend: JsonObject, { kept, dropped }: Parameters): string[] {
  const parameters = listMember(backend, "parameters").map((each) => ({
    name: textMember(each, "name") ?? "",
    in: textMember(each, "in")?.toLowerCase(),
    value: textMember(each, "value") ?? "",
    ofRequest: isOfRequest(each),
  }));
  const names = kept.map(({ name }) => name);
  const through = kept.filter((one) => one["x-apigateway-pass-through"] === "always").map(({ name }) => name);
  const given = new Set([...parameters.filter((one) => one.in === "path").map((one) => one.name), ...through]);
  const endpoint = objectMember(backend, "httpEndpoints") ?? objectMember(backend, "httpVpcEndpoints");
  const text = textMember(backend, "name");
  const subject = text === undefined ? "its back end" : `its back-end policy ${printable(text)}`;
  return [
    ...parameters
      .filter((one) => one.ofRequest && !names.includes(one.value))
      .map(({ value }) =>
        dropped.includes(value)
          ? `${subject} is given the parameter ${printable(value)}, which APIG cannot declare`
          : `${subject} is given the parameter ${printable(value)}, which the operation does not have`,
      ),
    ...variablesIn(textMember(endpoint, "path") ?? "")
      .filter((name) => !given.has(name))
      .map(
        (name) => `the path of ${subject} has {${printable(name)}}, and no back-end parameter of that name in the path`,
      ),
  ];
}

/** A back-end policy must have the type of the back end. With an HTTP back end, it may also be a VPC channel. */
export function kindProblems(policy: JsonObject, backend: JsonObject): string[] {
  const typeOf = (each: JsonObject) => textMember(each, "type")?.toUpperCase() ?? "";
  const [kind, wanted] = [typeOf(policy), typeOf(backend)];
  // Unknown types have an error of their own.
  if (![kind, wanted].every((type) => Object.hasOwn(BACKEND_TYPES, type))) return [];
  if (kind === wanted || (wanted === "HTTP" && kind === "HTTP-VPC")) return [];
  const name = printable(textMember(policy, "name") ?? "");
  return [`its back-end policy ${name} is ${kind}, but its back end is ${wanted}: APIG takes one kind for both`];
}
