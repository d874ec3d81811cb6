/**
 * Reads a list page by page without being fooled when it moves meanwhile, or contradicts itself.
 *
 * Pages are cut by offset, so an item that appears or goes between two calls shifts the rest: one would be missed, or
 * come twice. What is missed would count as deleted. It shows in the total, in the length of a page or in a repetition.
 * Not seen is a swap that keeps the count: one gone and another come between the same two calls, both outside the pages
 * still to be read.
 */
import { ListMovedError } from "../http/errors";

export interface Page<Item> {
  /** How many there are in all pages, as this page says. */
  readonly total: number;
  readonly items: readonly Item[];
}

export interface Reading<Item> {
  /** What tells two items apart. */
  readonly keyOf: (item: Item) => string;
  /** Completes "could not ...". */
  readonly what: string;
  /** Items in a full page. */
  readonly pageSize: number;
  /** Whether the service may give fewer at a time: then each page but the last has as many as the first. */
  readonly mayGiveFewer?: boolean;
  /** Pages that are read at a time. */
  readonly parallel: number;
}

/** How often a list that moved is read again. */
const rereads = 3;

/** The most pages that a list has: a hundred times what the largest instance needs. */
const mostPages = 2_000;

/** What was seen that cannot be while nothing changes. */
class Moved extends Error {}

/**
 * All items, in no order. The first page tells how many there are, the others are read side by side.
 *
 * @param page reads the page after the first `offset` items
 * @throws ListMovedError when the list moved, or contradicted itself, each time it was read
 */
export async function readPages<Item>(
  page: (offset: number) => Promise<Page<Item>>,
  reading: Reading<Item>,
): Promise<Item[]> {
  for (let reread = 0; ; reread++) {
    try {
      return await readOnce(page, reading);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      if (reread < rereads) continue;
      throw new ListMovedError(
        `could not ${reading.what}: they changed each of the ${rereads + 1} times they were read, or contradict ` +
          `themselves, last: ${error.message}. Nothing is taken for deleted. Run again when nobody else changes them`,
      );
    }
  }
}

async function readOnce<Item>(
  page: (offset: number) => Promise<Page<Item>>,
  { keyOf, what, pageSize, mayGiveFewer = false, parallel }: Reading<Item>,
): Promise<Item[]> {
  const all = new Map<string, Item>();
  let count = 0;
  const first = await page(0);
  const size = mayGiveFewer ? Math.max(1, Math.min(pageSize, first.items.length)) : pageSize;
  if (first.total > mostPages * size) {
    throw new ListMovedError(
      `could not ${what}: the service speaks of ${first.total} in pages of ${size}, and at most ${mostPages} pages are read.`,
    );
  }

  const accept = ({ total, items }: Page<Item>, offset: number) => {
    if (total !== first.total) throw new Moved(`their number was ${first.total}, then ${total}`);
    const expected = Math.min(size, total - offset);
    if (items.length !== expected) {
      throw new Moved(`${items.length} came where ${expected} should, after the first ${offset} of ${total}`);
    }
    count += items.length;
    for (const item of items) all.set(keyOf(item), item);
  };

  accept(first, 0);
  // One generator for all: the first reader that fails closes it, and no further page is asked for.
  const offsets = steps(size, first.total, size);
  const readers = Array.from({ length: parallel }, async () => {
    for (const offset of offsets) accept(await page(offset), offset);
  });
  await Promise.all(readers);
  if (all.size < count) throw new Moved(`${count - all.size} of ${count} came twice`);
  return [...all.values()];
}

function* steps(from: number, below: number, by: number): Generator<number, void> {
  for (let value = from; value < below; value += by) yield value;
}
