/** A token and, if known, when it expires (epoch milliseconds). */
export interface Token {
  readonly value: string;
  readonly expiresAt?: number;
}

export function tokenOf(value: string, expiresAt: number | undefined): Token {
  return expiresAt === undefined ? { value } : { value, expiresAt };
}

/** Tokens are renewed this long before they expire, or a tenth of their lifetime before, if that is shorter. */
const LONGEST_MARGIN = 600_000;

/** Keeps one token. It is fetched when it is first needed, by one request for all callers, and again before it expires. */
export class TokenCache<T extends Token> {
  #current: { readonly token: T; readonly renewAt: number } | undefined;
  #pending: Promise<T> | undefined;

  /** @param given a token that is there already */
  constructor(
    private readonly fetch: () => Promise<T>,
    private readonly now: () => number,
    given?: T,
  ) {
    if (given !== undefined) this.#keep(given);
  }

  get(): Promise<T> {
    if (this.#current !== undefined && this.now() < this.#current.renewAt) return Promise.resolve(this.#current.token);
    this.#pending ??= this.#refresh().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  /** Forgets a token that the service refused, unless there is a newer one already. */
  drop(refused: T): void {
    if (this.#current?.token === refused) this.#current = undefined;
  }

  async #refresh(): Promise<T> {
    return this.#keep(await this.fetch());
  }

  #keep(token: T): T {
    const { expiresAt } = token;
    const now = this.now();
    const renewAt = expiresAt === undefined ? Infinity : expiresAt - Math.min(LONGEST_MARGIN, (expiresAt - now) / 10);
    this.#current = { token, renewAt };
    return token;
  }
}
