import { invalid } from "../errors";
import { asNode, asText, isNode, type Node } from "./document";
import { backendParameters } from "./parameters";

const extension = "x-apigateway-backend";

/** What a mock back end answers when the file has none for it and `mock_mode` is on. */
const mocked = { backend_type: "MOCK", mock_info: { result_content: "mock success" }, backend_params: [] };

/**
 * Fields of the API that say what stands behind it, from `x-apigateway-backend`: `type` HTTP, HTTP-VPC, FUNCTION or
 * MOCK and the matching `...Endpoints`. Without one, only `mock_mode` helps.
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
      return http(section(backend, "httpEndpoints"), "address");
    case "HTTP-VPC":
      return http(section(backend, "httpVpcEndpoints"), "name");
    case "FUNCTION":
      return serverless(section(backend, "functionEndpoints"));
    case "MOCK":
      return mock(section(backend, "mockEndpoints"));
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
  const value = asText(node[name]);
  if (value === undefined || value === "") throw invalid(`${extension}.${name}`);
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

function http(node: Node, where: "address" | "name"): object {
  const retries = node["retryCount"];
  return {
    backend_type: "HTTP",
    backend_api: {
      req_protocol: text(node, "scheme").toUpperCase(),
      req_method: text(node, "method").toUpperCase(),
      req_uri: text(node, "path"),
      timeout: timeout(node),
      remark: asText(node["description"]) ?? "",
      ...(retries === undefined ? {} : { retry_count: asText(retries) }),
      ...(node["enableClientSsl"] === undefined ? {} : { enable_client_ssl: node["enableClientSsl"] }),
      ...(where === "address"
        ? { url_domain: text(node, "address"), vpc_channel_status: 2 }
        : { vpc_channel_info: { vpc_channel_id: text(node, "name") }, vpc_channel_status: 1 }),
    },
  };
}

function serverless(node: Node): object {
  const invocation = text(node, "invocation-type");
  return {
    backend_type: "FUNCTION",
    func_info: {
      function_urn: text(node, "function-urn"),
      version: text(node, "version"),
      // The page's table says sync, its example synchronous.
      invocation_type: invocation === "synchronous" ? "sync" : invocation,
      timeout: timeout(node),
    },
  };
}

function mock(node: Node): object {
  const content = asNode(node)["result-content"];
  if (typeof content !== "string") throw invalid(`${extension}.result-content`);
  return { backend_type: "MOCK", mock_info: { result_content: content } };
}
