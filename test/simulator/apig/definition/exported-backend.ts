import type { ApiDefinition } from "../schemas/api";

type Http = NonNullable<ApiDefinition["backend_api"]>;
type Serverless = NonNullable<ApiDefinition["func_info"]>;

/** The back end of an API as exports write it: `x-apigateway-backend`. */
export function exportedBackend(api: ApiDefinition): object {
  const parameters = exportedBackendParameters(api.backend_params);
  if (api.mock_info !== undefined) {
    const { result_content = "", remark = "" } = api.mock_info;
    return { type: "MOCK", parameters, mockEndpoints: { "result-content": result_content, description: remark } };
  }
  if (api.func_info !== undefined) {
    return { type: "FUNCTION", parameters, functionEndpoints: exportedFunction(api.func_info) };
  }
  return { parameters, ...(api.backend_api === undefined ? {} : exportedHttp(api.backend_api)) };
}

export const exportedBackendParameters = (parameters: ApiDefinition["backend_params"]): object[] =>
  parameters.map(({ name, location, origin, value, remark }) => ({
    name,
    in: location,
    origin,
    value,
    description: remark ?? "",
  }));

function exportedFunction(info: Serverless): object {
  return {
    "function-urn": info.function_urn,
    version: info.version ?? "",
    "invocation-type": info.invocation_type,
    timeout: info.timeout,
    description: info.remark ?? "",
    ...(info.network_type !== undefined && { "network-type": info.network_type }),
    ...(info.alias_urn !== undefined && { "alias-urn": info.alias_urn }),
  };
}

/** At an address or behind a VPC channel; no retries are written as -1. */
export function exportedHttp(backend: Partial<Http>): object {
  const endpoint = {
    scheme: backend.req_protocol?.toLowerCase(),
    method: backend.req_method,
    path: backend.req_uri,
    timeout: backend.timeout,
    retryCount: backend.retry_count ?? "-1",
    enableClientSsl: backend.enable_client_ssl ?? false,
    ...(backend.enable_sm_channel !== undefined && { enableSmChannel: backend.enable_sm_channel }),
    description: backend.remark ?? "",
  };
  const channel = backend.vpc_channel_info;
  if (channel === undefined) return { type: "HTTP", httpEndpoints: { address: backend.url_domain, ...endpoint } };
  const host = channel.vpc_channel_proxy_host;
  return {
    type: "HTTP-VPC",
    httpVpcEndpoints: {
      name: channel.vpc_channel_id,
      ...(host !== undefined && { "vpc-proxy-host": host }),
      cascade_flag: false,
      ...endpoint,
    },
  };
}
