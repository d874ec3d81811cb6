/** What the list call shows of an API: enough to see that somebody changed it, but not its backend or parameters. */
import { createHash } from "node:crypto";
import type { ListedApi } from "../../clients/apig/apis";
import type { Operation } from "../../definition";

/** `GET /pets`, as the definition and the service's answers name an operation. */
export function keyOf(api: ListedApi): string {
  return `${api.req_method.toUpperCase()} ${api.req_uri}`;
}

/** What identifies an API in a group: two may share method and path, if one matches by prefix and the other exactly. */
export function placeOf(api: ListedApi): string {
  return placeIn(keyOf(api), matchMode(api));
}

/** The same of an operation of the definition. */
export function placeFor(operation: Pick<Operation, "key" | "matchMode">): string {
  return placeIn(operation.key, operation.matchMode);
}

/** An API as messages name it: `GET /pets (listPets)`. */
export function describeApi(api: ListedApi): string {
  return `${keyOf(api)} (${api.name})`;
}

/**
 * One line an API, compared from refresh to refresh and readable in a preview.
 *
 * @param key where the API should be; another place is part of what is seen
 */
export function viewOf(api: ListedApi, key = keyOf(api)): string {
  return [
    ...(key === keyOf(api) ? [] : [`at ${keyOf(api)}`]),
    api.name,
    visibility(api),
    api.req_protocol,
    authentication(api),
    matchMode(api),
    `${api.backend_type} backend`,
    ...(api.cors ? ["CORS"] : []),
    ...(api.remark ? [`remark ${digest(api.remark)}`] : []),
    ...(api.tags?.length ? [`tags ${[...api.tags].sort().join(" ")}`] : []),
  ].join(separator);
}

/** How a view differs from an earlier one: `NONE (was APP+AppCode)`. */
export function viewChange(is: string, was: string): string {
  const only = (view: string, other: string): string =>
    view
      .split(separator)
      .filter((part) => !other.split(separator).includes(part))
      .join(separator);
  const [now, before] = [only(is, was), only(was, is)];
  return [now, before && `(was ${before})`].filter(Boolean).join(" ");
}

/** Where an API visibly differs from an operation of the definition. */
export function visibleDifferences(operation: Operation, api: ListedApi): string[] {
  const { authType, appCode } = operation.authentication;
  const differences = {
    name: differs(operation.name, api.name),
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

/** Characters that an API's remark holds at most. */
const REMARK_LENGTH = 255;

function placeIn(key: string, mode: Operation["matchMode"]): string {
  return `${key} ${mode}`;
}

function visibility(api: ListedApi): Operation["requestType"] {
  return api.type === 2 ? "private" : "public";
}

function authentication(api: ListedApi): string {
  const by = api.authorizer_id ? ` ${api.authorizer_id}` : "";
  return `${api.auth_type}${by}${takesAppCode(api) ? "+AppCode" : ""}`;
}

function takesAppCode(api: ListedApi): boolean {
  return api.auth_opt?.app_code_auth_type === "HEADER";
}

/** Where a definition leaves something to the service, nothing differs. */
function differs(wanted: string | undefined, is: string): boolean {
  return wanted !== undefined && wanted !== is;
}

/** Whether a remark is what the service keeps of a description: its beginning, if it is too long. */
function remarkSays(remark: string, description: string): boolean {
  const [kept, whole] = [remark.trim(), description.trim()];
  return kept === whole || (Array.from(remark).length >= REMARK_LENGTH && whole.startsWith(kept));
}

/** Remarks are long, and state should not repeat the document. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
