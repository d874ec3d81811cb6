import { Mutex, Semaphore } from "async-mutex";

/** Priority of calls that were sent before: they go first, so that they do not run out of retries. */
const REPEATED = 1;

/** Limits the requests in flight. An attempt takes a slot; a wait for a retry takes one only if the service said "later". */
export class ConcurrencyLimits {
  readonly #hosts = new Map<string, Lane>();
  readonly #instances = new Map<string, Mutex>();

  /** @param perHost requests in flight to one host */
  constructor(private readonly perHost: number) {}

  /**
   * Runs `send` when a slot is free.
   *
   * @param instance key of the APIG instance that it writes to, if any. Such writes go one after the other, because
   * parallel writes make the service fail with APIG.3500
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
    // The lock first: a write that waits for another write must not take a slot that a read could use.
    const lock = entry(this.#instances, instance, () => new Mutex());
    return lock.runExclusive(() => lane.run(send, priority), priority);
  }

  /** Waits because a host said "later". Fewer requests go to it from now on, and one less until the wait is over. */
  putOff(host: string, wait: () => Promise<void>): Promise<void> {
    return this.#lane(host).putOff(wait);
  }

  #lane(host: string): Lane {
    return entry(this.#hosts, host, () => new Lane(this.perHost));
  }
}

/** The slots of one host. Each "later" halves their number; when all of them had an answer, there is one more. */
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
    // If no slot is free, the count becomes negative: then the next slot that is released is not used again.
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
