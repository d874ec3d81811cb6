/**
 * Runs several programs side by side, one call at a time, in a given order of their calls. So a run can be repeated.
 */
export class CallOrder {
  readonly #present = new Set<number>();
  #waiting: (() => void)[] = [];
  #turn = 0;
  #calls = 0;

  /** @param order whether the next program gets its turn after the n-th call; starts again at its end */
  constructor(private readonly order: readonly boolean[]) {}

  /** Runs all programs to their end. A program is known by its index. */
  together<Result>(all: readonly (() => Promise<Result>)[]): Promise<Result[]> {
    for (const who of all.keys()) this.#present.add(who);
    this.#turn = 0;
    return Promise.all(
      all.map((run, who) =>
        run().finally(() => {
          this.#present.delete(who);
          if (this.#turn === who) this.#passOn();
        }),
      ),
    );
  }

  /** Sends a call when it is the turn of its program. The last running program does not wait. */
  async take<Answer>(who: number, send: () => Promise<Answer>): Promise<Answer> {
    while (this.#present.has(who) && this.#turn !== who) {
      await new Promise<void>((go) => this.#waiting.push(go));
    }
    try {
      return await send();
    } finally {
      if (this.#turn === who && this.order[this.#calls++ % this.order.length]) this.#passOn();
    }
  }

  #passOn(): void {
    const present = [...this.#present].sort((one, other) => one - other);
    this.#turn = present.find((who) => who > this.#turn) ?? present[0] ?? 0;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
