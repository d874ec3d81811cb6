import type { Dialect } from "./dialect";
import { answerAnother, contradict, notFound } from "./false-answers";
import { deliver, perform, refuse, type Errand } from "./service";
import type { ErrorFault, Throttle, Trouble } from "./troubles";
import { Refusal, type Reply } from "./types";
import type { SimulatedWorld } from "./world";

/** The answer of one call; `dropped` means that the connection is closed instead. */
export type Outcome = (Reply & { dropped?: false }) | { dropped: true };

/** Runs a call with a fault, and returns its answer. */
export async function applyTrouble(errand: Errand, trouble: Trouble): Promise<Outcome> {
  const { world, service } = errand;
  if (trouble === "dropBefore") return { dropped: true };
  if (trouble === "dropAfter") {
    await perform(errand);
    return { dropped: true };
  }
  if (trouble === "another") return answerAnother(errand);
  if ("throttled" in trouble) return tooMany(world, service.dialect, trouble.throttled);
  if ("list" in trouble) return contradict(trouble.list, errand);
  if ("notFound" in trouble) return notFound(trouble.notFound, errand);
  if ("twice" in trouble) {
    const first = await deliver(errand);
    const second = await deliver(errand);
    return trouble.twice === "first" ? first : second;
  }
  if (trouble.effect) await perform(errand);
  return {
    status: trouble.status,
    body: trouble.body ?? service.dialect.body(refusalOf(service.dialect, trouble), world),
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
