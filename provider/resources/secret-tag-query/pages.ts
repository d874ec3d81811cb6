/**
 * Reads a list page by page without being fooled when it moves meanwhile.
 *
 * Pages are cut by offset, so a secret that appears or goes between two calls shifts the rest: one would be missed, or
 * come twice. That shows in the total, in the length of a page or in a repetition. Not seen is a swap that keeps the
 * count: one gone and another come between the same two calls, both outside the pages still to be read.
 */
import { ListMovedError } from "../../http/errors";

export interface Page<Item> {
  /** How many there are in all pages, as this page says. */
  readonly total: number;
  readonly items: readonly Item[];
}

/** What tells two items apart: a secret's name is as unique as its id, and is kept anyway. */
export interface Listed {
  readonly name: string;
}

/** How often a list that moved is read again. */
const rereads = 3;

/** What was seen that cannot be while nothing changes. */
class Moved extends Error {}

/**
 * All items, in no order. The first page tells how many there are, the others are read side by side.
 *
 * @param page reads the page after the first `offset` items
 * @param pageSize items in a full page
 * @param parallel pages that are read at a time
 * @throws ListMovedError when the list moved each time it was read
 */
export async function readPages<Item extends Listed>(
  page: (offset: number) => Promise<Page<Item>>,
  pageSize: number,
  parallel: number,
): Promise<Item[]> {
  for (let reread = 0; ; reread++) {
    try {
      return await readOnce(page, pageSize, parallel);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      if (reread < rereads) continue;
      throw new ListMovedError(
        `the secrets changed each of the ${rereads + 1} times they were read, last: ${error.message}. ` +
          "Run again when nobody creates, deletes or tags secrets",
      );
    }
  }
}

async function readOnce<Item extends Listed>(
  page: (offset: number) => Promise<Page<Item>>,
  pageSize: number,
  parallel: number,
): Promise<Item[]> {
  const all: Item[] = [];
  const first = await page(0);

  const accept = ({ total, items }: Page<Item>, offset: number) => {
    if (total !== first.total) throw new Moved(`their number was ${first.total}, then ${total}`);
    const expected = Math.min(pageSize, total - offset);
    if (items.length !== expected) {
      throw new Moved(`${items.length} came where ${expected} should, after the first ${offset} of ${total}`);
    }
    all.push(...items);
  };

  accept(first, 0);
  // One generator for all: the first reader that fails closes it, and no further page is asked for.
  const offsets = steps(pageSize, first.total, pageSize);
  const readers = Array.from({ length: parallel }, async () => {
    for (const offset of offsets) accept(await page(offset), offset);
  });
  await Promise.all(readers);
  const distinct = new Set(all.map(({ name }) => name)).size;
  if (distinct < all.length) throw new Moved(`${all.length - distinct} of ${all.length} came twice`);
  return all;
}

function* steps(from: number, below: number, by: number): Generator<number, void> {
  for (let value = from; value < below; value += by) yield value;
}
