import { request } from "node:http";
import { buffer } from "node:stream/consumers";

/** An answer as it came over the wire; the body is parsed when it is JSON. */
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

/** One raw request with exactly these headers, on a connection of its own: no client's ideas in between. */
export async function wire(url: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer> {
  const bytes = body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const json = bytes === body ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...json, ...headers }, agent: false }, (response) => {
      buffer(response).then((content) => {
        const text = content.toString("utf8");
        const isJson = response.headers["content-type"]?.startsWith("application/json") === true;
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: isJson ? (JSON.parse(text) as unknown) : text,
        });
      }, reject);
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}
