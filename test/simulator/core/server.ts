import { finished } from "node:stream";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { exchange, type Dated, type Machinery } from "./exchange";
import type { Service } from "./service";
import type { Call, Route, World } from "./types";

/** The front gateway's limit for a request, in bytes. */
const MAX_BODY = 12 * 1024 * 1024;

/** A server without routes. It reads every body as raw bytes, and sets the `Date` of answers by the simulator's clock. */
export function newServer(world: World): FastifyInstance {
  const stamp = (): Record<string, string> => ({
    "x-request-id": world.id(),
    date: new Date(world.now()).toUTCString(),
  });
  const app = fastify({
    bodyLimit: MAX_BODY,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
    // A request line that cannot be read, before any route or hook.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      void reply.code(400).headers(stamp()).send({ error_code: "APIG.0201", error_msg: "Invalid request parameters" });
    },
  });
  // Signatures cover the received bytes, with any method.
  app.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(stamp());
  });
  return app;
}

/** Adds the routes of the services, and the answer for a path that no service has. */
export function mount(app: FastifyInstance, machinery: Machinery, services: readonly Service[]): void {
  for (const service of services) {
    for (const route of service.routes) {
      app.route({
        method: route.method,
        url: route.path,
        errorHandler: (error, request, reply) => {
          // The body never reached the handler: too long, or cut off.
          const refusal = service.dialect.standard(error.statusCode ?? 500);
          record(machinery, service.name, route.operation, request, refusal.status);
          // Read to the end first: a client that is still writing would see a broken pipe instead of the answer.
          finished(request.raw.resume(), () => {
            void reply.code(refusal.status).send(service.dialect.body(refusal, machinery.world));
          });
        },
        handler: (request, reply) => serve(machinery, service, route, request, reply),
      });
    }
  }
  app.setNotFoundHandler((request, reply) => {
    record(machinery, "front", "unknown", request, 404);
    return reply.code(404).send({
      error_code: "APIG.0101",
      error_msg: "The API does not exist or has not been published in the environment",
      request_id: reply.getHeader("x-request-id"),
    });
  });
}

/** Records a call that ended before authentication. */
function record(
  { journal, world }: Machinery,
  service: string,
  operation: string,
  request: FastifyRequest,
  status: number,
): void {
  journal.add({
    at: new Date(world.now()).toISOString(),
    service,
    operation,
    method: request.method,
    path: target(request).path,
    status,
    caller: null,
    bytes: 0,
  });
}

async function serve(
  machinery: Machinery,
  service: Service,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const outcome = await exchange(machinery, service, route, {
    method: request.method,
    ...target(request),
    headers: request.headers,
    params: request.params as Call["params"],
    query: request.query as Call["query"],
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  });
  return send(outcome, request, reply);
}

function send(outcome: Dated, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (outcome.dropped) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  reply.code(outcome.status).headers(outcome.headers ?? {});
  if (outcome.date === null) {
    reply.removeHeader("date");
    reply.raw.sendDate = false;
  } else if (outcome.date !== undefined) reply.header("date", outcome.date);
  return outcome.body === undefined ? reply.send() : reply.send(outcome.body);
}

function target(request: FastifyRequest): { path: string; search: string } {
  const [path = "", ...search] = (request.raw.url ?? "").split("?");
  return { path, search: search.join("?") };
}
