/** A loopback server with scripted answers, and a connection whose clock the tests control. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Connection, type Runtime } from "../../../../provider/settings/connection";
import { loadSettings } from "../../../../provider/settings/settings";

/** A request as the server got it. */
export interface Received {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** The answer to one request: a status, headers and body, or a function that writes the raw response. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | ((request: Received, response: ServerResponse) => void | Promise<void>);

export interface Script {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/**
 * Serves the answers one after the other. The last one is repeated.
 *
 * @param answers a text body is sent as it is, any other body as JSON
 */
export async function serve(...answers: readonly Answer[]): Promise<Script> {
  const received: Received[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const request = {
        method: incoming.method ?? "",
        target: incoming.url ?? "",
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      };
      received.push(request);
      const answer = answers[Math.min(received.length, answers.length) - 1];
      if (answer === undefined) throw new Error("a server needs an answer");
      if (typeof answer === "function") return void answer(request, response);
      respond(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function respond(response: ServerResponse, answer: Exclude<Answer, (...args: never) => unknown>): void {
  const { status, headers = {}, body } = answer;
  response
    .writeHead(status, headers)
    .end(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body));
}

/** Servers of a test, closed after it: `const open = servers();` in a describe block. */
export function servers(): typeof serve {
  const open: Script[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((script) => script.close()));
  });
  return async (...answers) => {
    const script = await serve(...answers);
    open.push(script);
    return script;
  };
}

/** A runtime whose clock moves only by sleeping; `slept` holds the waits in milliseconds. */
export function heldRuntime(
  start = Date.UTC(2026, 0, 15),
): Runtime & { readonly slept: number[]; pass(milliseconds: number): void } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    now: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    random: () => 0.5,
    runCommand: (command) => Promise.reject(new Error(`no test expects the command ${command}`)),
  };
}

/** A connection whose Huawei Cloud services are all at one address, by default with a ready token. */
export function connectTo(
  url: string,
  runtime: Partial<Runtime> = heldRuntime(),
  config: Record<string, string> = {},
): Connection {
  const settings: Record<string, string> = {
    "huaweicloud:region": "test-1",
    "huaweicloud:projectId": "p1",
    "huaweicloud:endpoints": JSON.stringify({ apig: url, kms: url, iam: url }),
    "bkci:endpoint": url,
    ...config,
  };
  const hasCredentials = Object.keys(config).some((key) => /accessKey|token$|password/.test(key));
  if (!hasCredentials) settings["huaweicloud:token"] = "ready-token";
  return new Connection(
    loadSettings((key) => settings[key], {}),
    runtime,
  );
}

export const place = { region: "test-1", projectId: "p1" };
