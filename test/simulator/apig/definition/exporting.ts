import type { Instance } from "../instance";
import type { Group } from "../model";
import { subDomain } from "../rules/groups";
import { currentVersions } from "../rules/publications";
import type { ApiDefinition } from "../schemas/api";

interface Wanted {
  readonly version: "2.0" | "3.0";
  readonly group: Group;
  readonly environmentId: string;
  readonly define: "spec" | "proxy" | "all" | "dev";
  readonly documentVersion: string;
  readonly apiIds: readonly string[] | undefined;
}

/**
 * A group as a definition file that can be imported again. `dev` holds every API as it is edited, the others those
 * published in the environment, as published; `spec` leaves the back ends out.
 */
export function exportDocument(instance: Instance, wanted: Wanted): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const api of definitions(instance, wanted)) {
    const key = api.req_method === "ANY" ? "x-apigateway-any-method" : api.req_method.toLowerCase();
    paths[api.req_uri] = { ...paths[api.req_uri], [key]: operation(api, wanted) };
  }
  const info = { title: wanted.group.name, description: wanted.group.remark, version: wanted.documentVersion };
  const host = subDomain(wanted.group.id);
  return wanted.version === "2.0"
    ? { swagger: "2.0", info, host, paths, securityDefinitions: schemes }
    : {
        openapi: "3.0.0",
        info,
        servers: [{ url: `http://${host}` }, { url: `https://${host}` }],
        paths,
        components: { securitySchemes: schemes },
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

const scheme = { type: "apiKey", name: "Authorization", in: "header" };

const schemes = {
  "apig-auth-app": { ...scheme, "x-apigateway-auth-type": "AppSigv1" },
  "apig-auth-app-header": {
    ...scheme,
    "x-apigateway-auth-type": "AppSigv1",
    "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
  },
  "apig-auth-iam": { ...scheme, name: "unused", "x-apigateway-auth-type": "IAM" },
};

function security(api: ApiDefinition): object[] {
  if (api.auth_type === "IAM") return [{ "apig-auth-iam": [] }];
  if (api.auth_type !== "APP") return [];
  return [api.auth_opt.app_code_auth_type === "HEADER" ? { "apig-auth-app-header": [] } : { "apig-auth-app": [] }];
}

function operation(api: ApiDefinition, { version, define }: Wanted): object {
  return {
    operationId: api.name,
    description: api.remark,
    ...(version === "2.0"
      ? { schemes: api.req_protocol === "BOTH" ? ["http", "https"] : [api.req_protocol.toLowerCase()] }
      : {}),
    security: security(api),
    parameters: api.req_params.map((parameter) => {
      const type = { type: parameter.type.toLowerCase() };
      return {
        name: parameter.name,
        in: parameter.location.toLowerCase(),
        required: parameter.required === 1,
        description: parameter.remark ?? "",
        ...(version === "2.0" ? type : { schema: type }),
      };
    }),
    responses: { default: { description: "response example" } },
    "x-apigateway-request-type": api.type === 1 ? "public" : "private",
    "x-apigateway-match-mode": api.match_mode,
    "x-apigateway-cors": api.cors,
    ...(define === "spec" ? {} : { "x-apigateway-backend": backend(api) }),
  };
}

function backend(api: ApiDefinition): object {
  const parameters = api.backend_params.map((parameter) => ({
    name: parameter.name,
    in: parameter.location,
    origin: parameter.origin,
    value: parameter.value,
    description: parameter.remark ?? "",
  }));
  if (api.mock_info !== undefined) {
    return { type: "MOCK", parameters, mockEndpoints: { "result-content": api.mock_info.result_content ?? "" } };
  }
  if (api.func_info !== undefined) {
    const { function_urn, version = "", invocation_type, timeout } = api.func_info;
    const functionEndpoints = { "function-urn": function_urn, version, "invocation-type": invocation_type, timeout };
    return { type: "FUNCTION", parameters, functionEndpoints };
  }
  const { req_protocol, req_method, req_uri, timeout, url_domain, vpc_channel_info } = api.backend_api ?? {};
  const endpoint = { scheme: req_protocol?.toLowerCase(), method: req_method, path: req_uri, timeout };
  return vpc_channel_info === undefined
    ? { type: "HTTP", parameters, httpEndpoints: { address: url_domain, ...endpoint } }
    : { type: "HTTP-VPC", parameters, httpVpcEndpoints: { name: vpc_channel_info.vpc_channel_id, ...endpoint } };
}
