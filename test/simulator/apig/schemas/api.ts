import { z } from "zod";
import { settable } from "../../core/settable";
import { backendPath, id, parameterName, requestPath, resourceName, text } from "./text";

/** Body of CreateApiV2 and UpdateApiV2, field by field as on the page. Imported operations use it, too. */

const flag = z.union([z.literal(1), z.literal(2)]);

export const requestMethod = z.enum(["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "ANY"]);

export const requestParameter = z.strictObject({
  name: parameterName,
  type: z.enum(["STRING", "NUMBER"]),
  location: z.enum(["PATH", "QUERY", "HEADER"]),
  default_value: text(255).optional(),
  sample_value: text(255).optional(),
  required: settable(flag, 0),
  valid_enable: settable(flag, 0),
  remark: text(255).optional(),
  enumerations: z.string().optional(),
  min_num: z.number().nullish(),
  max_num: z.number().nullish(),
  min_size: z.int().nullish(),
  max_size: z.int().nullish(),
  regular: z.string().optional(),
  json_schema: z.string().optional(),
  pass_through: settable(flag, 0),
  orchestrations: z.array(z.string()).optional(),
});

export const backendParameter = z.strictObject({
  name: parameterName,
  origin: z.enum(["REQUEST", "CONSTANT", "SYSTEM"]),
  location: z.enum(["PATH", "QUERY", "HEADER"]),
  value: text(255),
  remark: text(255).optional(),
});

/** Required, but a zero means none, and then the default is used. */
const timeout = z
  .int()
  .min(0)
  .max(600_000)
  .transform((value) => value || 5000);

const httpBackend = z.strictObject({
  authorizer_id: z.string().optional(),
  url_domain: text(255).optional(),
  req_protocol: z.enum(["HTTP", "HTTPS", "GRPC", "GRPCS"]).optional(),
  remark: text(255).optional(),
  req_method: requestMethod.optional(),
  version: text(16).optional(),
  req_uri: backendPath.optional(),
  timeout,
  enable_client_ssl: z.boolean().optional(),
  retry_count: z
    .string()
    .regex(/^(-1|[0-9]|10)$/u)
    .optional(),
  enable_sm_channel: z.boolean().optional(),
  member_group_url_infos: z.array(z.record(z.string(), z.unknown())).optional(),
  vpc_channel_info: z
    .strictObject({ vpc_channel_id: z.string(), vpc_channel_proxy_host: z.string().optional() })
    .optional(),
  vpc_channel_status: settable(z.literal([1, 2, 4]), 0),
});

const mockBackend = z.strictObject({
  remark: text(255).optional(),
  result_content: z.string().optional(),
  /** Newer than the SDKs' models; Terraform sends it. */
  status_code: settable(z.int().min(200).max(599), 0),
  version: text(64).optional(),
  authorizer_id: z.string().optional(),
});

const functionBackend = z.strictObject({
  function_urn: z.string().min(1),
  remark: text(255).optional(),
  invocation_type: z.enum(["async", "sync"]),
  network_type: settable(z.enum(["V1", "V2"]), ""),
  version: text(64).optional(),
  alias_urn: z.string().optional(),
  timeout,
  authorizer_id: z.string().optional(),
  req_protocol: settable(z.enum(["HTTPS", "GRPCS"]), ""),
});

/** The required fields depend on where the back end is: at an address, behind a VPC channel (1) or its groups (4). */
function missingFields({ vpc_channel_status: channel = 2, ...backend }: z.output<typeof httpBackend>): string[] {
  const address = ["req_protocol", "req_method", "req_uri"] as const;
  const demanded = { 1: address, 2: [...address, "url_domain"] as const, 4: ["member_group_url_infos"] as const };
  return demanded[channel].filter((field) => backend[field] === undefined);
}

/** Backends by policy are kept as sent: the gateway of the simulator does not serve them. */
const policies = z.array(z.record(z.string(), z.unknown())).max(5).optional();

const tag = z.string().regex(/^[\p{Script=Han}A-Za-z][\p{Script=Han}\w\-*#%.:]{0,127}$/u);

export const apiDefinition = z
  .strictObject({
    group_id: id,
    name: resourceName,
    type: flag,
    version: text(16).default(""),
    req_protocol: z.enum(["HTTP", "HTTPS", "BOTH", "GRPCS"]).default("HTTPS"),
    req_method: requestMethod,
    req_uri: requestPath,
    auth_type: z.enum(["NONE", "APP", "IAM", "AUTHORIZER"]),
    auth_opt: z
      .strictObject({ app_code_auth_type: z.enum(["DISABLE", "HEADER"]).default("DISABLE") })
      .default({ app_code_auth_type: "DISABLE" }),
    cors: z.boolean().default(false),
    trace_enabled: z.boolean().optional(),
    sampling_strategy: z.string().optional(),
    sampling_param: z.string().optional(),
    match_mode: z.enum(["SWA", "NORMAL"]).default("NORMAL"),
    backend_type: z.enum(["HTTP", "FUNCTION", "MOCK", "GRPC"]),
    remark: text(255).default(""),
    body_remark: text(20_480).default(""),
    result_normal_sample: text(20_480).default(""),
    result_failure_sample: text(20_480).default(""),
    authorizer_id: z.string().optional(),
    tags: z.array(tag).optional(),
    tag: z.string().optional(),
    response_id: z.string().optional(),
    roma_app_id: z.string().optional(),
    domain_name: z.string().optional(),
    content_type: z.enum(["application/json", "application/xml", "multipart/form-data", "text/plain", ""]).optional(),
    is_send_fg_body_base64: z.boolean().default(true),
    mock_info: mockBackend.optional(),
    func_info: functionBackend.optional(),
    backend_api: httpBackend.optional(),
    req_params: z.array(requestParameter).default([]),
    backend_params: z.array(backendParameter).default([]),
    policy_mocks: policies,
    policy_functions: policies,
    policy_https: policies,
  })
  .superRefine((api, context) => {
    const missing = (field: string): void => context.addIssue({ code: "custom", path: [field] });
    if (api.backend_type === "MOCK" && api.mock_info === undefined) missing("mock_info");
    if (api.backend_type === "FUNCTION" && api.func_info === undefined) missing("func_info");
    if ((api.backend_type === "HTTP" || api.backend_type === "GRPC") && api.backend_api === undefined) {
      missing("backend_api");
    }
    if (api.backend_api !== undefined) missingFields(api.backend_api).forEach(missing);
    if (api.auth_type === "AUTHORIZER" && !api.authorizer_id) missing("authorizer_id");
    const requested = new Set(api.req_params.map(({ name }) => name));
    for (const { origin, value } of api.backend_params) {
      if (origin === "REQUEST" && !requested.has(value)) missing("backend_params");
    }
  });

export type ApiDefinition = z.output<typeof apiDefinition>;
