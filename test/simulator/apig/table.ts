/** An object with an id. */
export interface Identified {
  readonly id: string;
}

/**
 * Rows by id, with look-ups by other keys. The rows are a plain object, so that the state can be saved as JSON. The
 * look-ups are made from the rows. Never change a row in place: `put` a new one.
 */
export class Table<Row extends Identified, Key extends string = never> {
  private readonly indexes = new Map<Key, Map<string, Set<string>>>();
  private count = 0;

  /** `keys` has a function for each look-up, which returns the key of a row. */
  constructor(
    private readonly rows: Record<string, Row>,
    private readonly keys: Readonly<Record<Key, (row: Row) => string>>,
  ) {
    for (const name of Object.keys(keys) as Key[]) this.indexes.set(name, new Map());
    for (const row of Object.values(rows)) this.enter(row);
  }

  get size(): number {
    return this.count;
  }

  get(id: string): Row | undefined {
    return Object.hasOwn(this.rows, id) ? this.rows[id] : undefined;
  }

  /** All rows, oldest first. */
  all(): Row[] {
    return Object.values(this.rows);
  }

  /** The rows with that key, oldest first. */
  by(name: Key, key: string): Row[] {
    return [...(this.indexes.get(name)?.get(key) ?? [])].flatMap((id) => this.get(id) ?? []);
  }

  first(name: Key, key: string): Row | undefined {
    for (const id of this.indexes.get(name)?.get(key) ?? []) return this.get(id);
    return undefined;
  }

  countBy(name: Key, key: string): number {
    return this.indexes.get(name)?.get(key)?.size ?? 0;
  }

  /** Adds the row, or replaces the one with its id in place. */
  put(row: Row): Row {
    const old = this.get(row.id);
    if (old !== undefined) this.leave(old, row);
    this.rows[row.id] = row;
    this.enter(row);
    return row;
  }

  delete(id: string): void {
    const row = this.get(id);
    if (row === undefined) return;
    this.leave(row);
    Reflect.deleteProperty(this.rows, id);
  }

  private enter(row: Row): void {
    this.count += 1;
    for (const [name, index] of this.indexes) {
      const key = this.keys[name](row);
      const ids = index.get(key);
      if (ids === undefined) index.set(key, new Set([row.id]));
      else ids.add(row.id);
    }
  }

  /** Takes the row out of the look-ups. It stays where its successor has the same key, so that the order stays. */
  private leave(row: Row, successor?: Row): void {
    this.count -= 1;
    for (const [name, index] of this.indexes) {
      const key = this.keys[name](row);
      if (successor !== undefined && this.keys[name](successor) === key) continue;
      const ids = index.get(key);
      ids?.delete(row.id);
      if (ids?.size === 0) index.delete(key);
    }
  }
}
