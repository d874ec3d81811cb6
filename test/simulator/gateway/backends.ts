import type { ApiDefinition } from "../apig/schemas/api";
import { refusals } from "./refusals";
import type { Target } from "./router";

export interface Incoming {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** What stands behind the API answers: the mock's text, or an HTTP server on this machine. */
export async function answer(target: Target, request: Incoming): Promise<Answer> {
  const { backend_type, mock_info, backend_api } = target.definition;
  if (backend_type === "MOCK") return mock(mock_info?.result_content ?? "", mock_info?.status_code);
  if (backend_type !== "HTTP" || !isAddressed(backend_api)) throw refusals.backendUnavailable();
  return forward(target, request, backend_api);
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

/** Nothing of the simulator ever talks to another machine. */
const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/u;

/** Headers between caller and gateway only; the AppCode is a secret of theirs. */
const ownHeaders = ["host", "connection", "content-length", "transfer-encoding", "expect", "x-apig-appcode", "x-stage"];

async function forward(target: Target, request: Incoming, backend: Backend): Promise<Answer> {
  if (!loopback.test(backend.url_domain)) throw refusals.backendUnavailable();
  const mapped = mapParameters(target, request);
  const path = backend.req_uri.replace(/\{([^}]+)\}/gu, (_, name: string) =>
    encodeURIComponent(mapped.path.get(name) ?? target.parameters.get(name) ?? ""),
  );
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

/** What the caller sent goes on as it is, besides what `backend_params` move and add. */
function mapParameters(target: Target, { query: sent, headers: given }: Incoming) {
  const query = new URLSearchParams(sent);
  const headers = new Headers(given);
  for (const name of ownHeaders) headers.delete(name);
  const path = new Map<string, string>();
  const { req_params, backend_params } = target.definition;
  const requested = (name: string): string | undefined => {
    const location = req_params.find((parameter) => parameter.name === name)?.location;
    if (location === "PATH") return target.parameters.get(name);
    return (location === "QUERY" ? sent.get(name) : given.get(name)) ?? undefined;
  };
  for (const { name, origin, location, value } of backend_params) {
    const found = origin === "CONSTANT" ? value : origin === "REQUEST" ? requested(value) : undefined;
    if (found === undefined) continue;
    if (location === "PATH") path.set(name, found);
    else if (location === "QUERY") query.set(name, found);
    else headers.set(name, found);
  }
  return { path, query, headers };
}
