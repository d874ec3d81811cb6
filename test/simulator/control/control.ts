import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Machinery } from "../core/exchange";
import { Refusal } from "../core/types";
import type { SimulatedWorld } from "../core/world";
import { bodies } from "./bodies";

/** What `control` needs to know of the services. */
export interface Services {
  openStores(world: SimulatedWorld): void;
  /** Puts objects into the stores and returns what it made. Throws if it does not know the body. */
  seed(world: SimulatedWorld, body: Record<string, unknown>): unknown;
}

/** A body that `control` cannot use; answered with 400 and the reason. */
class Unusable extends Error {}

function parse<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  const text = Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body.toString("utf8") : undefined;
  let value: unknown;
  try {
    value = text === undefined ? undefined : JSON.parse(text);
  } catch {
    throw new Unusable("the body is not JSON");
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new Unusable(z.prettifyError(result.error));
  return result.data;
}

/** Mounts `/control`: the interface by which tests prepare the simulator and read its state. */
export function mountControl(app: FastifyInstance, machinery: Machinery, services: Services): void {
  const { world, journal, troubles } = machinery;

  const post = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    act: (body: z.output<Schema>) => unknown,
  ): void => {
    app.post(`/control/${name}`, { errorHandler: explain }, (request, reply) => {
      const made = act(parse(schema, request));
      world.saveAll();
      return reply.send(made ?? {});
    });
  };

  post("reset", bodies.reset, () => {
    world.reset();
    services.openStores(world);
    troubles.reset();
    journal.reset();
  });
  post("seed", bodies.seed, (body) => services.seed(world, body));
  post("faults", bodies.faults, ({ faults, throttles }) => troubles.setFaults(faults, throttles));
  post("latency", bodies.latency, (latency) => troubles.setLatency(latency));
  post("clock", bodies.clock, (body) => {
    world.advance("advance" in body ? body.advance : Date.parse(body.set) - world.now());
    return { now: new Date(world.now()).toISOString() };
  });
  post("quotas", bodies.quotas, (quotas) => Object.assign(world.quotas, quotas));
  post("options", bodies.options, (options) => Object.assign(world.options, options));

  app.get("/control/state", () => world.snapshot());
  app.get<{ Querystring: { since?: string } }>("/control/journal", { errorHandler: explain }, ({ query }) => {
    const { since = "0", ...unknown } = query;
    if (Object.keys(unknown).length > 0 || !/^\d+$/.test(since)) throw new Unusable("only ?since=<number> is known");
    return journal.since(Number(since));
  });
}

function explain(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  const text = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  const unusable = error instanceof Unusable || error instanceof z.ZodError || error instanceof Refusal;
  void reply.code(unusable ? 400 : 500).send({ error: text });
}
