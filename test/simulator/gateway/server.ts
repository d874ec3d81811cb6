import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Refusal, type World } from "../core/types";
import { admit } from "./access";
import { answer, type Answer } from "./backends";
import { refusals } from "./refusals";
import { route } from "./router";

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the published APIs on 127.0.0.1. The `Host` header must be the group's `sl_domain`, the header `X-Stage` names
 * the environment (default RELEASE), `X-Apig-AppCode` holds the code where the API asks for one. Changes made by calls
 * show here `gatewayDelay` milliseconds later.
 */
export async function startGateway(world: World, port: number): Promise<Gateway> {
  const server = createServer((request, response) => {
    void serve(world, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = world.id();
  response.setHeader("x-request-id", requestId);
  const { status, headers, body } = await handle(world, request, requestId).catch((error: unknown) =>
    refuse(error, requestId),
  );
  response.writeHead(status, [...headers].flat());
  response.end(request.method === "HEAD" ? undefined : body);
}

async function handle(world: World, request: IncomingMessage, requestId: string): Promise<Answer> {
  const { method = "GET" } = request;
  const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/su);
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const target = route(world, {
    host: headers.get("host") ?? "",
    stage: headers.get("x-stage") ?? "RELEASE",
    method,
    path,
  });
  admit(target, headers.get("x-apig-appcode") ?? undefined);
  const body = await buffer(request);
  const sourceIp = request.socket.remoteAddress ?? "";
  return answer(target, { method, query: new URLSearchParams(query), headers, body, sourceIp, requestId });
}

function refuse(error: unknown, requestId: string): Answer {
  const { status, code, message } = error instanceof Refusal ? error : refusals.internal();
  const body = { error_code: code, error_msg: message, request_id: requestId };
  return {
    status,
    headers: new Headers({ "content-type": "application/json" }),
    body: Buffer.from(JSON.stringify(body)),
  };
}
