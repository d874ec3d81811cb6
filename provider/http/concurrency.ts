import { Mutex, Semaphore } from "async-mutex";

/** Before calls that have not been sent yet, so that those which a service put off do not run out of retries. */
const REPEATED = 1;

/** Bounds what is in flight. Held for one attempt, and while waiting for a retry only where the service said "later". */
export class ConcurrencyLimits {
  readonly #hosts = new Map<string, Lane>();
  readonly #instances = new Map<string, Mutex>();

  /** @param perHost requests in flight to one host */
  constructor(private readonly perHost: number) {}

  /**
   * Runs `send` when its turn comes.
   *
   * @param instance key of the APIG instance it writes to, if it does: such writes go one after the other, because
   * concurrent ones make the service fail with APIG.3500
   * @param isRepeated whether it was sent before
   */
  run<Answer>(
    host: string,
    instance: string | undefined,
    isRepeated: boolean,
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    const priority = isRepeated ? REPEATED : 0;
    const lane = this.#lane(host);
    if (instance === undefined) return lane.run(send, priority);
    // The lock first: writes that wait for each other must not keep slots from reads.
    const lock = entry(this.#instances, instance, () => new Mutex());
    return lock.runExclusive(() => lane.run(send, priority), priority);
  }

  /** Waits because a host said "later": with fewer requests in flight to it now, and one fewer still until the wait is over. */
  putOff(host: string, wait: () => Promise<void>): Promise<void> {
    return this.#lane(host).putOff(wait);
  }

  #lane(host: string): Lane {
    return entry(this.#hosts, host, () => new Lane(this.perHost));
  }
}

/** The way to one host: as wide as its service bears. It halves with each "later", and widens by one when all of it got through. */
class Lane {
  readonly #slots: Semaphore;
  #width: number;
  #got = 0;

  constructor(private readonly most: number) {
    this.#width = most;
    this.#slots = new Semaphore(most);
  }

  async run<Answer>(send: () => Promise<Answer>, priority: number): Promise<Answer> {
    const answer = await this.#slots.runExclusive(send, 1, priority);
    this.#got += 1;
    if (this.#got >= this.#width && this.#width < this.most) this.#become(this.#width + 1);
    return answer;
  }

  async putOff(wait: () => Promise<void>): Promise<void> {
    this.#become(Math.max(1, Math.floor(this.#width / 2)));
    // There may be none to take: then the next one that comes back is not given out again.
    this.#slots.setValue(this.#slots.getValue() - 1);
    try {
      await wait();
    } finally {
      this.#slots.release();
    }
  }

  #become(width: number): void {
    this.#slots.setValue(this.#slots.getValue() + width - this.#width);
    this.#width = width;
    this.#got = 0;
  }
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
