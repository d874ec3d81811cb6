import type { Instance } from "../instance";
import type { Group } from "../model";
import { subDomain } from "../rules/groups";
import { currentVersions } from "../rules/publications";
import type { ApiDefinition } from "../schemas/api";
import { exportedBackend } from "./exported-backend";
import { exportedParameter } from "./exported-parameter";
import { exportedSchemes, exportedSecurity } from "./exported-security";
import { exportedPolicies } from "./policies";
import type { Dialect } from "./words";

interface Wanted {
  readonly version: Dialect;
  readonly group: Group;
  readonly environmentId: string;
  readonly define: "spec" | "proxy" | "all" | "dev";
  readonly documentVersion: string;
  readonly apiIds: readonly string[] | undefined;
}

/**
 * A group as a definition file that can be imported again. `dev` has every API as it is edited. The other values have the
 * APIs as they are published in the environment; `spec` leaves out back ends. The form is that of the exports on the
 * pages: zeros for limits that are not set, a response `default-cors` if CORS is on.
 */
export function exportDocument(instance: Instance, wanted: Wanted): object {
  const paths: Record<string, Record<string, unknown>> = {};
  const apis = definitions(instance, wanted);
  for (const api of apis) {
    const key = api.req_method === "ANY" ? "x-apigateway-any-method" : api.req_method.toLowerCase();
    paths[api.req_uri] = { ...paths[api.req_uri], [key]: operation(api, wanted) };
  }
  const info = { title: wanted.group.name, description: wanted.group.remark, version: wanted.documentVersion };
  const host = subDomain(wanted.group.id);
  const securitySchemes = exportedSchemes(instance, apis);
  const responses = Object.fromEntries(
    [...new Set(apis.map(responseKey))].map((key) => [key, response(key, wanted.version)]),
  );
  return wanted.version === "2.0"
    ? { swagger: "2.0", info, host, paths, responses, securityDefinitions: securitySchemes }
    : {
        openapi: "3.0.0",
        info,
        servers: servers(host, "BOTH"),
        paths,
        components: { responses, securitySchemes, "x-apigateway-responses": {} },
      };
}

function definitions(instance: Instance, { group, environmentId, define, apiIds }: Wanted): ApiDefinition[] {
  const apis = instance.apis.by("group", group.id).filter(({ id }) => apiIds === undefined || apiIds.includes(id));
  if (define === "dev") return apis.map(({ definition }) => definition);
  return apis.flatMap(({ id }) =>
    currentVersions(instance, id)
      .filter((version) => version.environmentId === environmentId)
      .map(({ definition }) => definition),
  );
}

const schemesOf = (protocol: string): string[] => (protocol === "BOTH" ? ["http", "https"] : [protocol.toLowerCase()]);

const servers = (host: string, protocol: string) =>
  schemesOf(protocol).map((scheme) => ({ url: `${scheme}://${host}` }));

const responseKey = (api: ApiDefinition): string => (api.cors ? "default-cors" : "default");

function response(key: string, version: Dialect): object {
  const text = { type: "string", default: "*" };
  const allowed = version === "2.0" ? text : { schema: text };
  return {
    description: "response example",
    ...(key === "default-cors" && { headers: { "Access-Control-Allow-Origin": allowed } }),
  };
}

/** Samples are inside the response in 3.0, and next to it in 2.0. */
function responsesOf(api: ApiDefinition, version: Dialect): object {
  const key = responseKey(api);
  const samples = {
    "x-apigateway-result-failure-sample": api.result_failure_sample,
    "x-apigateway-result-normal-sample": api.result_normal_sample,
  };
  return version === "2.0"
    ? { [key]: { $ref: `#/responses/${key}` }, ...samples }
    : { [key]: { description: "response example", ...samples } };
}

/** Only 3.0 can have the remark of the body, only 2.0 its type. */
function body(api: ApiDefinition, version: Dialect): object {
  const { content_type = "", body_remark } = api;
  if (version === "2.0") return content_type !== "" ? { "x-apigateway-content-type": content_type } : {};
  const type = content_type === "" ? "application/json" : content_type;
  return body_remark === "" ? {} : { requestBody: { description: body_remark, content: { [type]: {} } } };
}

function operation(api: ApiDefinition, { version, define, group }: Wanted): object {
  return {
    operationId: api.name,
    description: api.remark,
    ...(version === "2.0"
      ? { schemes: schemesOf(api.req_protocol) }
      : { servers: servers(subDomain(group.id), api.req_protocol) }),
    security: exportedSecurity(api),
    parameters: api.req_params.map((parameter) => exportedParameter(parameter, version)),
    ...body(api, version),
    responses: responsesOf(api, version),
    "x-apigateway-request-type": api.type === 1 ? "public" : "private",
    "x-apigateway-match-mode": api.match_mode,
    "x-apigateway-cors": api.cors,
    "x-apigateway-is-send-fg-body-base64": api.is_send_fg_body_base64,
    ...(define === "spec" ? {} : { "x-apigateway-backend": exportedBackend(api), ...exportedPolicies(api) }),
  };
}
