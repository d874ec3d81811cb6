/** What the list call shows of an API: enough to see that somebody changed it, but not its backend or parameters. */
import type { ListedApi } from "../../clients/apig/apis";
import type { Operation } from "../../openapi";

/** `GET /pets`, as the definition and the service's answers name an operation. */
export function keyOf(api: ListedApi): string {
  return `${api.req_method.toUpperCase()} ${api.req_uri}`;
}

/** One line a API, compared from refresh to refresh and readable in a preview. */
export function viewOf(api: ListedApi): string {
  return [
    api.name,
    visibility(api),
    api.req_protocol,
    `${api.auth_type}${takesAppCode(api) ? "+AppCode" : ""}`,
    matchMode(api),
    `${api.backend_type} backend`,
    ...(api.cors ? ["CORS"] : []),
  ].join(", ");
}

/** Where an API visibly differs from an operation of the definition. */
export function visibleDifferences(operation: Operation, api: ListedApi): string[] {
  const { authType, appCode } = operation.authentication;
  const differences = {
    name: operation.name !== undefined && operation.name !== api.name,
    visibility: operation.requestType !== visibility(api),
    "match mode": operation.matchMode !== matchMode(api),
    authentication: authType !== undefined && (authType !== api.auth_type || appCode !== takesAppCode(api)),
  };
  return Object.entries(differences)
    .filter(([, differs]) => differs)
    .map(([what]) => what);
}

export function matchMode(api: ListedApi): Operation["matchMode"] {
  return api.match_mode === "SWA" ? "SWA" : "NORMAL";
}

function visibility(api: ListedApi): Operation["requestType"] {
  return api.type === 2 ? "private" : "public";
}

function takesAppCode(api: ListedApi): boolean {
  return api.auth_opt?.app_code_auth_type === "HEADER";
}
