/**
 * What the list call shows of an API. It is enough to notice most changes, but not those of back ends and parameters:
 * an export shows these.
 */
import { createHash } from "node:crypto";
import { authenticationOf, takesAppCode, type ListedApi } from "../../clients/apig/apis";
import { hasPart, insideDigest, type Inside, type Operation } from "../../definition";

/** The key of an operation, such as `GET /pets`, as in the definition and the service's answers. */
export function keyOf(api: ListedApi): string {
  return `${api.req_method.toUpperCase()} ${api.req_uri}`;
}

/**
 * What identifies an API in a group: key and match mode. Two APIs may share method and path if their match modes
 * differ.
 */
export function placeOf(api: ListedApi): string {
  return placeIn(keyOf(api), matchMode(api));
}

/** The place of an operation of the definition. */
export function placeFor(operation: Pick<Operation, "key" | "matchMode">): string {
  return placeIn(operation.key, operation.matchMode);
}

/** The name of an API in messages: `GET /pets (listPets)`. */
export function describeApi(api: ListedApi): string {
  return `${keyOf(api)} (${api.name})`;
}

/**
 * One line for an API. Refreshes compare it, and previews show it.
 *
 * @param key where the API should be; if it is elsewhere, the line says so
 */
export function viewOf(api: ListedApi, key = keyOf(api)): string {
  return [
    ...(key === keyOf(api) ? [] : [`at ${keyOf(api)}`]),
    api.name,
    visibility(api),
    api.req_protocol,
    authenticationOf(api),
    matchMode(api),
    `${api.backend_type} backend`,
    ...(api.cors ? ["CORS"] : []),
    ...(api.remark ? [`remark ${digest(api.remark)}`] : []),
    ...(api.tags?.length ? [`tags ${[...api.tags].sort().join(" ")}`] : []),
  ].join(separator);
}

/** A digest of that line, because state holds one for each of many APIs. */
export function viewDigest(api: ListedApi, key: string): string {
  return digest(viewOf(api, key));
}

/** The digest of what an export shows of an API. An export shows only one of two APIs with the same method and path. */
export function digestIn(inside: Inside | undefined, api: ListedApi): string | undefined {
  const shown = inside?.get(keyOf(api));
  return shown?.matchMode === matchMode(api) ? insideDigest(shown) : undefined;
}

/**
 * How an API differs from the line about its operation: `IAM (was NONE)`.
 *
 * @param key where the API should be
 */
export function changeOf(api: ListedApi, key: string, line: string): string {
  const [name = "", visible = "", auth = ""] = line.split(separator);
  const pairs = [
    [keyOf(api), key],
    [api.name, name],
    [visibility(api), visible],
    [authenticationOf(api), auth],
    [api.cors ? "CORS" : "no CORS", hasPart(line, "CORS") ? "CORS" : "no CORS"],
    [matchMode(api) === "SWA" ? "by prefix" : "exact", hasPart(line, "by prefix") ? "by prefix" : "exact"],
  ];
  const changes = pairs.filter(([is, was]) => is !== was).map(([is = "", was = ""]) => `${is} (was ${was})`);
  return changes.join(separator) || "remark, tags, protocol or kind of back end";
}

/** What visibly differs between an API and an operation of the definition. */
export function visibleDifferences(operation: Operation, api: ListedApi): string[] {
  const { authType, appCode } = operation.authentication;
  const differences = {
    name: operation.name !== api.name,
    visibility: operation.requestType !== visibility(api),
    "match mode": operation.matchMode !== matchMode(api),
    protocol: differs(operation.protocol, api.req_protocol),
    authentication: authType !== undefined && (authType !== api.auth_type || appCode !== takesAppCode(api)),
    "kind of back end": differs(operation.backendType, api.backend_type),
    CORS: operation.cors !== (api.cors ?? false),
    remark: !remarkSays(api.remark ?? "", operation.description),
  };
  return Object.entries(differences)
    .filter(([, differ]) => differ)
    .map(([what]) => what);
}

export function matchMode(api: ListedApi): Operation["matchMode"] {
  return api.match_mode === "SWA" ? "SWA" : "NORMAL";
}

const separator = ", ";

/** Most characters of an API's remark. */
const REMARK_LENGTH = 255;

function placeIn(key: string, mode: Operation["matchMode"]): string {
  return `${key} ${mode}`;
}

export function visibility(api: ListedApi): Operation["requestType"] {
  return api.type === 2 ? "private" : "public";
}

/** Whether they differ. If the definition leaves something to the service, they do not. */
function differs(wanted: string | undefined, is: string): boolean {
  return wanted !== undefined && wanted !== is;
}

/** Whether the service made this remark of a description: all of it, or its beginning if it is too long. */
function remarkSays(remark: string, description: string): boolean {
  const [kept, whole] = [remark.trim(), description.trim()];
  return kept === whole || (Array.from(remark).length >= REMARK_LENGTH && whole.startsWith(kept));
}

/** A short digest. Remarks are long, and state should not repeat the document. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
