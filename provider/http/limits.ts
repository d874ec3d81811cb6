import { Mutex, Semaphore } from "async-mutex";

/** Bounds what is in flight. Held for one attempt, never while waiting for a retry. */
export class Limits {
  readonly #hosts = new Map<string, Semaphore>();
  readonly #instances = new Map<string, Mutex>();

  /** @param perHost requests in flight to one host */
  constructor(private readonly perHost: number) {}

  /**
   * Runs `send` when its turn comes.
   *
   * @param instance key of the APIG instance it writes to, if it does: such writes go one after the other, because
   * concurrent ones make the service fail with APIG.3500
   */
  run<Answer>(host: string, instance: string | undefined, send: () => Promise<Answer>): Promise<Answer> {
    const slot = entry(this.#hosts, host, () => new Semaphore(this.perHost));
    if (instance === undefined) return slot.runExclusive(send);
    // The lock first: writes that wait for each other must not keep slots from reads.
    return entry(this.#instances, instance, () => new Mutex()).runExclusive(() => slot.runExclusive(send));
  }
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
