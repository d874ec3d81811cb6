import { Denied, type Authenticators, type Presented } from "./authenticator";
import type { Dialect } from "./dialect";
import { readForm } from "./form";
import type { Journal } from "./journal";
import { perform, refuse, type Service } from "./service";
import { applyTrouble, type Outcome } from "./apply-trouble";
import type { FalseDate, Troubles } from "./troubles";
import type { Call, Route } from "./types";
import type { SimulatedWorld } from "./world";
import { answerConflict, writeOf } from "./write-conflicts";

export interface Machinery {
  readonly world: SimulatedWorld;
  readonly journal: Journal;
  readonly troubles: Troubles;
  readonly authenticators: Authenticators;
}

/** What is sent. `date` replaces the true one; null means no `Date`. */
export type Dated = Outcome & { readonly date?: string | null };

/** Takes one call through the layers in order: authentication, shape of the request, faults, handler, journal. */
export async function exchange(
  machinery: Machinery,
  service: Service,
  route: Route,
  request: Presented,
): Promise<Dated> {
  const { world, journal } = machinery;
  let caller: Call["caller"] | undefined;
  let note: string | undefined;
  let date: FalseDate | undefined;
  const answer = async (): Promise<Outcome> => {
    caller = route.auth === "none" ? { userName: "" } : machinery.authenticators[route.auth](request, world);
    const call: Call = { ...request, ...(await parse(route, service.dialect, request)), caller, world };
    const errand = { world, service, route, call, path: request.path };
    const met = await machinery.troubles.meet(route, world.now(), writeOf(errand));
    date = met.date;
    if (met.trouble !== undefined) {
      note = "fault injected";
      return applyTrouble(errand, met.trouble);
    }
    return met.conflict === undefined ? perform(errand) : answerConflict(errand, met.conflict);
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
  if (date === undefined) return outcome;
  return { ...outcome, date: date === "none" ? null : new Date(world.now() + date).toUTCString() };
}

async function parse(
  route: Route,
  dialect: Dialect,
  { headers, query, body }: Presented,
): Promise<Pick<Call, "body" | "form">> {
  // On DELETE the services read only the path: Terraform sends an authorization's app and environment in the query.
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
