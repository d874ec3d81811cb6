import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** A raw answer. The body is parsed if it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON with its content type, text as it is. */
  readonly body?: unknown;
}

/** Sends one raw request with exactly these headers, on its own connection. No client library changes it. */
export async function wire(url: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  const bytes = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const json = bytes === body ? {} : { "content-type": "application/json" };
  const sent = request(url, { method, headers: { ...json, ...headers }, agent: false });
  sent.end(bytes);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const content = await text(response);
  const isJson = content !== "" && response.headers["content-type"]?.startsWith("application/json") === true;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: isJson ? (JSON.parse(content) as unknown) : content,
  };
}
