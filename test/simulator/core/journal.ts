/** One call and its answer. Never has a header, a body or a query value. */
export interface Entry {
  n: number;
  /** Simulator clock, ISO 8601. */
  at: string;
  service: string;
  operation: string;
  method: string;
  /** Without the query. */
  path: string;
  /** 0 when the connection was dropped. */
  status: number;
  /** The caller's user name; null when nobody was authenticated. */
  caller: string | null;
  /** Size of the request body. */
  bytes: number;
  note?: string;
}

/** Every call since the start or the last reset, in the order of their answers. */
export class Journal {
  private entries: Entry[] = [];

  add(entry: Omit<Entry, "n">): void {
    this.entries.push({ n: this.entries.length + 1, ...entry });
  }

  /** Entries numbered above `n`. */
  since(n: number): readonly Entry[] {
    return this.entries.slice(n);
  }

  reset(): void {
    this.entries = [];
  }
}
