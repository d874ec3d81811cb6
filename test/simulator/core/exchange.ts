import { Denied, type Authenticators, type Presented } from "./authenticator";
import type { Dialect } from "./dialect";
import { readForm } from "./form";
import type { Journal } from "./journal";
import type { ErrorFault, Throttle, Trouble, Troubles } from "./troubles";
import { Refusal, type Call, type Reply, type Route } from "./types";
import type { SimulatedWorld } from "./world";

/** A service as the server mounts it. */
export interface Service {
  readonly name: Route["service"];
  readonly routes: readonly Route[];
  readonly dialect: Dialect;
}

export interface Machinery {
  readonly world: SimulatedWorld;
  readonly journal: Journal;
  readonly troubles: Troubles;
  readonly authenticators: Authenticators;
}

/** The answer of one call; `dropped` means that the connection dies instead. */
export type Outcome = (Reply & { dropped?: false }) | { dropped: true };

/** Takes one call through the layers in their order: who, how well-formed, what goes wrong, the handler, the journal. */
export async function exchange(
  machinery: Machinery,
  service: Service,
  route: Route,
  request: Presented,
): Promise<Outcome> {
  const { world, journal } = machinery;
  let caller: Call["caller"] | undefined;
  let note: string | undefined;

  const answer = async (): Promise<Outcome> => {
    caller = route.auth === "none" ? { userName: "" } : machinery.authenticators[route.auth](request, world);
    const call: Call = { ...request, ...(await parse(route, service.dialect, request)), caller, world };
    const trouble = await machinery.troubles.meet(route, world.now());
    if (trouble === undefined) return perform(world, route, call);
    note = "fault injected";
    return suffer(world, service.dialect, route, call, trouble);
  };

  const outcome = await answer().catch((error: unknown): Outcome => {
    if (error instanceof Denied) note = error.message;
    return refuse(world, service.dialect, error);
  });
  if (!outcome.dropped && outcome.note !== undefined) note = outcome.note;
  journal.add({
    at: new Date(world.now()).toISOString(),
    service: service.name,
    operation: route.operation,
    method: request.method,
    path: request.path,
    status: outcome.dropped ? 0 : outcome.status,
    caller: caller === undefined || caller.userName === "" ? null : caller.userName,
    bytes: request.body.length,
    ...(note !== undefined && { note }),
  });
  return outcome;
}

function refuse(world: SimulatedWorld, dialect: Dialect, error: unknown): Reply {
  if (error instanceof Denied) return refuse(world, dialect, dialect.standard(error.status));
  if (error instanceof Refusal) return { status: error.status, body: dialect.body(error, world) };
  console.error(error);
  return refuse(world, dialect, dialect.standard(500));
}

async function parse(
  route: Route,
  dialect: Dialect,
  { headers, query, body }: Presented,
): Promise<Pick<Call, "body" | "form">> {
  // On DELETE the services look at nothing but the path: Terraform names an authorization's app and environment there.
  const known = route.method === "DELETE" ? undefined : route.query;
  const unknown = known && Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined) throw dialect.standard(400, unknown);
  const contentType = headers["content-type"]?.toString() ?? "";
  if (/^multipart\/form-data/i.test(contentType)) {
    const form = await readForm(contentType, body).catch(() => Promise.reject(dialect.standard(400, "body")));
    return { body: undefined, form };
  }
  if (body.length === 0) return { body: undefined };
  if (!/^application\/json\s*(;|$)/i.test(contentType)) throw dialect.standard(400, "Content-Type");
  try {
    return { body: JSON.parse(body.toString("utf8")) as unknown };
  } catch {
    throw dialect.standard(400, "body");
  }
}

async function perform(world: SimulatedWorld, route: Route, call: Call): Promise<Reply> {
  try {
    return await route.handle(call);
  } finally {
    // Also after a refusal: a call that fails half-way has changed something.
    if (route.writes ?? route.method !== "GET") world.save(route.service);
  }
}

async function suffer(
  world: SimulatedWorld,
  dialect: Dialect,
  route: Route,
  call: Call,
  trouble: Trouble,
): Promise<Outcome> {
  if (trouble === "dropBefore") return { dropped: true };
  if (trouble === "dropAfter") {
    await perform(world, route, call);
    return { dropped: true };
  }
  if ("throttled" in trouble) return tooMany(world, dialect, trouble.throttled);
  if (trouble.effect) await perform(world, route, call);
  return {
    status: trouble.status,
    body: trouble.body ?? dialect.body(refusalOf(dialect, trouble), world),
    ...retryAfter(trouble.retryAfter),
  };
}

/** The service's own refusal of that status, unless the fault names another code or text. */
function refusalOf(dialect: Dialect, { status, code, message }: ErrorFault): Refusal {
  const standard = dialect.standard(status);
  if (code === undefined && message === undefined) return standard;
  return new Refusal(status, code ?? standard.code, message ?? standard.message);
}

const tooMany = (world: SimulatedWorld, dialect: Dialect, throttle: Throttle): Reply => ({
  ...refuse(world, dialect, dialect.standard(429, `${throttle.calls} per ${throttle.windowMs / 1000} seconds`)),
  ...retryAfter(throttle.retryAfter),
});

const retryAfter = (value: number | string | undefined): Pick<Reply, "headers"> =>
  value === undefined ? {} : { headers: { "retry-after": String(value) } };
