import { setTimeout as delay } from "node:timers/promises";

/** Waits that end at once when the engine cancels its run: what was under way then ends with what is true. */
export class Pauses {
  readonly #cancelled = new AbortController();

  readonly sleep = (milliseconds: number): Promise<void> =>
    delay(milliseconds, undefined, { signal: this.#cancelled.signal }).catch(() => undefined);

  cancel(): void {
    this.#cancelled.abort();
  }
}
