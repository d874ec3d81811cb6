import type { ApiDefinition } from "../apig/schemas/api";
import { mapParameters } from "./mapping";
import { readParameters, type Given, type Incoming } from "./parameters";
import { refusals } from "./refusals";
import type { Target } from "./router";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The answer of the API's back end to a request with valid parameters: a mock's text, or an HTTP server on this machine. */
export async function answer(target: Target, request: Incoming): Promise<Answer> {
  const given = readParameters(target, request);
  const { backend_type, mock_info, backend_api } = target.definition;
  if (backend_type === "MOCK") return mock(mock_info?.result_content ?? "", mock_info?.status_code);
  if (backend_type !== "HTTP" || !isAddressed(backend_api)) throw refusals.backendUnavailable();
  return forward(target, request, given, backend_api);
}

function mock(content: string, status = 200): Answer {
  return { status, headers: new Headers({ "content-type": contentType(content) }), body: Buffer.from(content) };
}

function contentType(content: string): string {
  try {
    JSON.parse(content);
    return "application/json";
  } catch {
    return "text/plain; charset=utf-8";
  }
}

interface Backend {
  readonly url_domain: string;
  readonly req_protocol: string;
  readonly req_method: string;
  readonly req_uri: string;
  readonly timeout: number;
}

/** Whether the back end is at an address: the page then demands all of these. There are no VPC channels here. */
const isAddressed = (backend: ApiDefinition["backend_api"]): backend is ApiDefinition["backend_api"] & Backend =>
  backend !== undefined && (backend.vpc_channel_status ?? 2) === 2;

/** The simulator never calls another machine. */
const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/u;

/** Whether a variable of the back end's path gets the value of `{name+}` in the request path. */
function isRest({ definition: { req_uri, backend_params } }: Target, name: string): boolean {
  const rest = /\{([^{}]+)\+\}$/u.exec(req_uri)?.[1];
  const mapped = backend_params.find((parameter) => parameter.location === "PATH" && parameter.name === name);
  return rest !== undefined && (mapped?.value ?? name).replace(/\+$/u, "") === rest;
}

async function forward(target: Target, request: Incoming, given: readonly Given[], backend: Backend): Promise<Answer> {
  if (!loopback.test(backend.url_domain)) throw refusals.backendUnavailable();
  const mapped = mapParameters(target, request, given);
  const path = backend.req_uri.replace(/\{([^}]+)\}/gu, (_, name: string) => {
    const value = mapped.path.get(name) ?? "";
    // The value of `{proxy+}` has several segments.
    return isRest(target, name) ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
  });
  const query = mapped.query.size > 0 ? `?${mapped.query.toString()}` : "";
  const method = backend.req_method === "ANY" ? request.method : backend.req_method;
  const hasBody = method !== "GET" && method !== "HEAD" && request.body.length > 0;
  try {
    const response = await fetch(
      `${backend.req_protocol.toLowerCase()}://${backend.url_domain}${path}${target.rest}${query}`,
      {
        method,
        headers: mapped.headers,
        redirect: "manual",
        signal: AbortSignal.timeout(backend.timeout),
        ...(hasBody ? { body: request.body } : {}),
      },
    );
    // The body arrives unpacked and whole.
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"]) headers.delete(name);
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") throw refusals.backendTimeout();
    throw refusals.backendUnavailable();
  }
}
