/** Makes the line that a preview shows of an operation. It ends with a digest of all that APIG keeps. */
import { createHash } from "node:crypto";
import { canonical, isList, member, objectMember, textMember, type Json, type JsonObject } from "../json";
import type { Operation } from "../operation";

/** Longest text of a line. It is short because state holds every line more than once. */
const LONGEST = 160;

export const byPrefix = "by prefix";

/**
 * Makes the line.
 *
 * @param modes of the import: they also change the result
 */
export function lineOf(operation: Omit<Operation, "line">, modes: Json): string {
  const { name, requestType, authentication, matchMode, cors, projection } = operation;
  const backend = objectMember(projection.operation, "x-apigateway-backend");
  const parts = [
    name,
    requestType,
    authText(authentication),
    parametersText(projection.operation),
    backendText(backend, operation),
    ...(matchMode === "SWA" ? [byPrefix] : []),
    ...(cors ? ["CORS"] : []),
    ...policies(projection.operation),
  ].filter((part) => part !== "");
  const text = parts.join(", ");
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `${shown} #${digest([operation.key, name, modes, projection as unknown as Json])}`;
}

/** Authentication in messages and outputs: `APP+AppCode`. */
export function authText({ authType, appCode }: Operation["authentication"]): string {
  return `${authType ?? "authentication of its own"}${appCode ? "+AppCode" : ""}`;
}

/** Whether a line says this of its operation, by one of its parts. */
export function hasPart(line: string, part: string): boolean {
  return textOf(line).split(", ").includes(part);
}

/** A line without its digest. */
export function textOf(line: string): string {
  return line.replace(/ #[^ ]*$/, "");
}

/**
 * Whether an operation keeps its API when its line becomes another one: the service knows an API by its match mode, too, so
 * one that gets another mode is made anew. False where a line does not tell.
 */
export function keepsApi(before: string, after: string): boolean {
  const isWhole = (line: string) => / #[\w-]{8}$/.test(line) && !line.includes("… #");
  return isWhole(before) && isWhole(after) && hasPart(before, byPrefix) === hasPart(after, byPrefix);
}

/** The digest at the end of a line. */
export function digestOf(line: string): string {
  return line.slice(line.lastIndexOf("#") + 1);
}

function digest(value: Json): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, 8);
}

/** Such as `id* limit`. An asterisk marks a required parameter. */
function parametersText(operation: JsonObject): string {
  const parameters = member(operation, "parameters");
  return (isList(parameters) ? parameters : [])
    .map((one) => `${textMember(one, "name") ?? ""}${member(one, "required") === true ? "*" : ""}`)
    .join(" ");
}

function backendText(backend: JsonObject | undefined, { method, path }: Pick<Operation, "method" | "path">): string {
  const http = objectMember(backend, "httpEndpoints");
  const vpc = objectMember(backend, "httpVpcEndpoints");
  const endpoint = http ?? vpc;
  if (endpoint === undefined) {
    const urn = textMember(objectMember(backend, "functionEndpoints"), "function-urn");
    return urn === undefined
      ? (textMember(backend, "type") ?? "mock").toLowerCase()
      : `function ${urn.split(":").at(-1) ?? ""}`;
  }
  const text = (name: string) => textMember(endpoint, name) ?? "";
  const place =
    http === undefined ? `channel ${text("name")} ` : `${text("scheme").toLowerCase()}://${text("address")}`;
  const calls = text("method").toUpperCase() === method ? "" : `${text("method")} `;
  const base = text("path").endsWith(path) ? text("path").slice(0, -path.length) : text("path");
  return `${calls}${place}${base}`.trim();
}

function policies(operation: JsonObject): string[] {
  return ["ratelimit", "access-control"].flatMap((name) => {
    const policy = textMember(operation, `x-apigateway-${name}`);
    return policy === undefined ? [] : [`${name} ${policy}`];
  });
}
