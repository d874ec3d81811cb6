import { Denied } from "./authenticator";
import type { Dialect } from "./dialect";
import { Refusal, type Call, type Reply, type Route } from "./types";
import type { SimulatedWorld } from "./world";

/** A service as the server mounts it. */
export interface Service {
  readonly name: Route["service"];
  readonly routes: readonly Route[];
  readonly dialect: Dialect;
}

/** One call on its way through a service. */
export interface Errand {
  readonly world: SimulatedWorld;
  readonly service: Service;
  readonly route: Route;
  readonly call: Call;
  /** As on the request line. */
  readonly path: string;
}

export async function perform({ world, route, call }: Errand): Promise<Reply> {
  try {
    return await route.handle(call);
  } finally {
    // Also after a refusal: a call that fails half-way has changed something.
    if (route.writes ?? route.method !== "GET") world.save(route.service);
  }
}

/** What the service answers when a call ends with an error. */
export function refuse(world: SimulatedWorld, dialect: Dialect, error: unknown): Reply {
  if (error instanceof Denied) return refuse(world, dialect, dialect.standard(error.status));
  if (error instanceof Refusal) return { status: error.status, body: dialect.body(error, world) };
  console.error(error);
  return refuse(world, dialect, dialect.standard(500));
}

/** Like `perform`, but a refusal is returned as an answer. */
export const deliver = (errand: Errand): Promise<Reply> =>
  perform(errand).catch((error: unknown) => refuse(errand.world, errand.service.dialect, error));
