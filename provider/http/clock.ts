import type { HeaderReader } from "./failure";
import type { Service } from "./operation";

/** Our clock corrected by each service's `Date` headers: times a service wrote compare only with its own clock. */
export class ServiceClock {
  /** Milliseconds a service is ahead of us. */
  readonly #ahead = new Map<Service, number>();

  constructor(private readonly now: () => number) {}

  /** Learns from an answer, of whatever status. */
  note(service: Service, headers: HeaderReader): void {
    const date = Date.parse(headers("date") ?? "");
    if (!Number.isNaN(date)) this.#ahead.set(service, date - this.now());
  }

  /** Notes this moment; see `Caller.moment`. */
  moment(service: Service): () => number {
    const noted = this.now();
    return () => noted + (this.#ahead.get(service) ?? 0);
  }
}
