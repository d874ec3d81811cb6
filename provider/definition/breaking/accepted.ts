/** The operations that may break, because the program says so. */
import { readKey } from "../arrange";
import { nearest } from "../extensions/nearest";
import { printable } from "../problem";
import type { Callable } from "./callable";

type Named = Pick<Callable, "key" | "method" | "path" | "tags">;

export class Accepted {
  readonly #keys: readonly { readonly key: string; readonly meets: (operation: Named) => boolean }[];

  /**
   * @param keys as in `overrides`
   * @param prefix of all paths at the gateway: keys may name an operation with or without it
   */
  constructor(keys: readonly string[], prefix: string) {
    this.#keys = keys.map((key) => {
      const { meets } = readKey(key, prefix);
      return {
        key,
        meets: ({ method, path, tags }) => {
          const written = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
          return meets({ method, path, written, tags });
        },
      };
    });
  }

  has(operation: Named): boolean {
    return this.#keys.some(({ meets }) => meets(operation));
  }

  /** Keys that meet none of these operations, with the name that was perhaps meant. */
  unmet(operations: readonly Named[]): string[] {
    const names = operations.flatMap(({ key, path, tags }) => [key, path, ...tags.map((tag) => `tag:${tag}`)]);
    return this.#keys
      .filter(({ meets }) => !operations.some(meets))
      .map(({ key }) => {
        const meant = nearest(key, names);
        return `"${printable(key)}"${meant === undefined ? "" : ` (did you mean "${printable(meant)}"?)`}`;
      });
  }
}
