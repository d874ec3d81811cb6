import { invalid } from "../errors";
import { asText, isNode, type Node } from "./document";
import { backendParameters } from "./parameters";
import { said, spelt } from "./words";

const extension = "x-apigateway-backend";

/** What a mock back end answers when the file has none for it and `mock_mode` is on. */
const mocked = { backend_type: "MOCK", mock_info: { result_content: "mock success" }, backend_params: [] };

/**
 * Fields of the API about its back end, from `x-apigateway-backend`: `type` HTTP, HTTP-VPC, FUNCTION or MOCK and the
 * matching `...Endpoints`. An operation without a back end needs `mock_mode`.
 */
export function backendOf(fields: Node, mockMode: boolean): object {
  const backend = fields[extension];
  if (backend === undefined && mockMode) return mocked;
  if (!isNode(backend)) throw invalid(extension);
  return { ...endpoint(backend), backend_params: backendParameters(backend) };
}

function endpoint(backend: Node): object {
  switch (backend["type"]) {
    case "HTTP":
    case "HTTP-VPC":
      return { backend_type: "HTTP", backend_api: httpOf(backend) };
    case "FUNCTION":
      return { backend_type: "FUNCTION", func_info: functionOf(backend) };
    case "MOCK":
      return { backend_type: "MOCK", mock_info: mockOf(backend) };
    default:
      throw invalid(`${extension}.type`);
  }
}

function section(backend: Node, name: string): Node {
  const value = backend[name];
  if (!isNode(value)) throw invalid(`${extension}.${name}`);
  return value;
}

function text(node: Node, name: string): string {
  const value = said(node[name]);
  if (value === undefined) throw invalid(`${extension}.${name}`);
  return value;
}

/** Milliseconds, 1-60000 in a file. */
function timeout(node: Node): number {
  const value = node["timeout"] ?? 5000;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 60_000) {
    throw invalid(`${extension}.timeout`);
  }
  return value;
}

/** A text or a number; exports write -1 for none. */
function retryCount(value: unknown): unknown {
  const count = typeof value === "number" ? String(value) : value;
  return count === "-1" ? undefined : count;
}

/** The pages write some members of the end points with hyphens, their examples in one word. */
export function httpOf(backend: Node): Record<string, unknown> {
  const atAddress = backend["type"] === "HTTP";
  const node = section(backend, atAddress ? "httpEndpoints" : "httpVpcEndpoints");
  const retries = retryCount(spelt(node, "retry-count", "retryCount"));
  const clientSsl = spelt(node, "enable-client-ssl", "enableClientSsl") ?? false;
  const smChannel = spelt(node, "enable-sm-channel", "enableSmChannel");
  const host = said(spelt(node, "vpc-proxy-host", "host"));
  return {
    req_protocol: text(node, "scheme").toUpperCase(),
    req_method: text(node, "method").toUpperCase(),
    req_uri: text(node, "path"),
    timeout: timeout(node),
    remark: asText(node["description"]) ?? "",
    ...(retries === undefined ? {} : { retry_count: retries }),
    // Exports write the default for a field that is not set.
    ...(clientSsl === false ? {} : { enable_client_ssl: clientSsl }),
    ...(smChannel === undefined ? {} : { enable_sm_channel: smChannel }),
    ...(atAddress
      ? { url_domain: text(node, "address"), vpc_channel_status: 2 }
      : {
          vpc_channel_info: {
            vpc_channel_id: text(node, "name"),
            ...(host === undefined ? {} : { vpc_channel_proxy_host: host }),
          },
          vpc_channel_status: 1,
        }),
  };
}

export function functionOf(backend: Node): Record<string, unknown> {
  const node = section(backend, "functionEndpoints");
  const invocation = text(node, "invocation-type");
  const network = said(node["network-type"]);
  const alias = said(node["alias-urn"]);
  const description = said(node["description"]);
  return {
    function_urn: text(node, "function-urn"),
    version: alias === undefined ? text(node, "version") : (asText(node["version"]) ?? ""),
    // The page's table says sync, its example synchronous.
    invocation_type: invocation === "synchronous" ? "sync" : invocation,
    timeout: timeout(node),
    ...(description === undefined ? {} : { remark: description }),
    ...(network === undefined ? {} : { network_type: network }),
    ...(alias === undefined ? {} : { alias_urn: alias }),
  };
}

export function mockOf(backend: Node): Record<string, unknown> {
  const node = section(backend, "mockEndpoints");
  const content = node["result-content"];
  if (typeof content !== "string") throw invalid(`${extension}.result-content`);
  const description = said(node["description"]);
  return { result_content: content, ...(description === undefined ? {} : { remark: description }) };
}
