/** How many items are worked on at the same time. The connection limits the requests as well. */
const width = 8;

/**
 * Runs an asynchronous function over a list, a few items at a time. After a failure it begins nothing more, and throws it
 * when all that it had begun has ended.
 *
 * @param note called after each item with the number of those that are done
 * @returns the results in the order of the list
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  note?: (done: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let done = 0;
  let failed = false;
  const work = async () => {
    while (!failed && next < items.length) {
      const index = next++;
      try {
        results[index] = await run(items[index] as Item);
      } catch (error) {
        failed = true;
        throw error;
      }
      note?.(++done);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: width }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}
