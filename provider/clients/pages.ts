/**
 * Reads a list page by page, and notices when the list changes meanwhile or contradicts itself.
 *
 * Pages have an offset. If an item is added or removed between two calls, the rest is shifted: one item is missed or read
 * twice. A missed item would count as deleted. A shift shows in the total, in the length of a page or in a repeated item.
 * One change cannot be noticed: an item is removed and another added between the same two calls, and neither is on a
 * page that is still to be read.
 */
import { ListMovedError } from "../http/errors";

export interface Page<Item> {
  /** Number of items in all pages, as this page says. */
  readonly total: number;
  readonly items: readonly Item[];
}

export interface Reading<Item> {
  /** The unique key of an item. */
  readonly keyOf: (item: Item) => string;
  /** Completes the sentence "could not ...". */
  readonly what: string;
  /** Items in a full page. */
  readonly pageSize: number;
  /** Whether the service may have smaller pages: then all pages but the last must be as long as the first. */
  readonly mayGiveFewer?: boolean;
  /** Pages that are read at the same time. */
  readonly parallel: number;
}

/** How often a list that changed is read again. */
const rereads = 3;

/** Most pages of a list: a hundred times as many as the largest instance needs. */
const mostPages = 2_000;

/** The list changed while it was read. */
class Moved extends Error {}

/**
 * All items, in no order. The first page says how many there are. The other pages are read in parallel.
 *
 * @param page reads the page after the first `offset` items
 * @throws ListMovedError when the list changed, or contradicted itself, each time it was read
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
  // All readers share one generator. The first reader that fails closes it, so no further page is requested.
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
