import type { HeaderReader } from "./failure";
import type { Service } from "./operation";

/** Our clock, corrected by each service's `Date` headers. Times that a service wrote must be compared with its own clock. */
export class ServiceClock {
  /** Milliseconds that a service is ahead of us. */
  readonly #ahead = new Map<Service, number>();

  constructor(private readonly now: () => number) {}

  /** Reads the `Date` header of an answer with any status. */
  note(service: Service, headers: HeaderReader): void {
    const text = headers("date") ?? "";
    // Date.parse alone would also accept "5 apples", and years that cannot be signed.
    const date = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : NaN;
    if (!Number.isNaN(date)) this.#ahead.set(service, date - this.now());
  }

  /** Milliseconds that a service's clock was ahead of ours in its last answer; 0 before the first answer. */
  ahead(service: Service): number {
    return this.#ahead.get(service) ?? 0;
  }

  /** Notes this moment; see `Caller.moment`. */
  moment(service: Service): () => number {
    const noted = this.now();
    return () => noted + this.ahead(service);
  }
}
