import type { Refusal } from "../core/types";

interface Wanted {
  readonly limit: number;
  /** Key of the last item of the page before. */
  readonly marker?: string | undefined;
}

/** One page of a list, and the `page_info` that leads to the next; `unknown` refuses a marker that is not there. */
export function pageAfter<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, marker }: Wanted,
  unknown: () => Refusal,
): { items: Item[]; page_info: object } {
  const start = marker === undefined ? 0 : all.findIndex((item) => keyOf(item) === marker) + 1;
  if (marker !== undefined && start === 0) throw unknown();
  const items = all.slice(start, start + limit);
  const key = (item: Item | undefined): string | null => (item === undefined ? null : keyOf(item));
  return {
    items,
    page_info: {
      next_marker: start + limit < all.length ? key(items.at(-1)) : null,
      previous_marker: start > 0 ? key(items[0]) : null,
      current_count: items.length,
    },
  };
}
