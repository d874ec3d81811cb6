import { Mutex, Semaphore } from "async-mutex";

/** Priority of calls that were sent before: they go first, so that they do not run out of retries. */
const REPEATED = 1;

/** A write to an APIG instance. */
export interface Write {
  /** Key of the instance. */
  readonly instance: string;
  /** Writes of one kind and scope collide, and go one after the other. Without it a write collides with none. */
  readonly collides?: string | undefined;
}

/** Limits the requests in flight. An attempt takes a slot; a wait for a retry takes one only if the service said "later". */
export class ConcurrencyLimits {
  readonly #hosts = new Map<string, Lane>();
  readonly #instances = new Map<string, Lane>();
  readonly #colliding = new Map<string, Mutex>();

  /** @param most requests in flight to one host, and writes in flight to one instance */
  constructor(private readonly most: number) {}

  /**
   * Runs `send` when a slot is free.
   *
   * @param write undefined for a read
   * @param isRepeated whether it was sent before
   */
  run<Answer>(
    host: string,
    write: Write | undefined,
    isRepeated: boolean,
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    const priority = isRepeated ? REPEATED : 0;
    const toHost = () => this.#host(host).run(send, priority);
    if (write === undefined) return toHost();
    // The host's slot last: a write that waits for another write must not take a slot that a read could use.
    const toInstance = () => this.#instance(write.instance).run(toHost, priority);
    if (write.collides === undefined) return toInstance();
    const lock = entry(this.#colliding, `${write.instance} ${write.collides}`, () => new Mutex());
    return lock.runExclusive(toInstance, priority);
  }

  /** Waits because a host said "later". Fewer requests go to it from now on, and one less until the wait is over. */
  putOff(host: string, wait: () => Promise<void>): Promise<void> {
    return this.#host(host).putOff(wait);
  }

  /** An instance could not take all writes that it got at the same time: it gets fewer from now on. */
  narrow({ instance }: Write): void {
    this.#instance(instance).narrow();
  }

  #host(host: string): Lane {
    return entry(this.#hosts, host, () => new Lane(this.most));
  }

  #instance(instance: string): Lane {
    return entry(this.#instances, instance, () => new Lane(this.most));
  }
}

/** The slots of a host or an instance. Each refusal halves their number; when all of them had an answer, there is one more. */
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

  narrow(): void {
    this.#become(Math.max(1, Math.floor(this.#width / 2)));
  }

  async putOff(wait: () => Promise<void>): Promise<void> {
    this.narrow();
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
