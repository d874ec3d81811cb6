/** How many objects are looked at at the same time. The connection limits the requests to a host all the same. */
const width = 8;

/** How often it is told how far it is. */
const step = 100;

/**
 * Runs an asynchronous function over a list, a few at a time.
 *
 * @param tell gets the number of those that are done, now and then
 * @returns the results in the order of the list
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  tell?: (done: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  let done = 0;
  const work = async () => {
    // All workers share one iterator. The first failure closes it, so nothing further is begun.
    for (const [index, item] of rest) {
      results[index] = await run(item);
      done += 1;
      if (done % step === 0 || done === items.length) tell?.(done);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
