/** A list that changes while it is read page by page. */
import assert from "node:assert/strict";
import { ListMovedError } from "../../../provider/http/errors";
import { readPages as read, type Page } from "../../../provider/clients/pages";

interface Item {
  readonly name: string;
}

const items = (count: number, prefix = "s"): Item[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}` }));

/** Reads pages like the list of secrets. */
const readPages = (page: (offset: number) => Promise<Page<Item>>, pageSize: number, parallel: number) =>
  read(page, { keyOf: ({ name }) => name, what: "query the secrets by tag", pageSize, parallel });

const namesOf = (read: readonly Item[]) => read.map(({ name }) => name).sort();

/** Serves `lists` one after the other: the n-th call gets the n-th list, later calls the last one. */
function moving(pageSize: number, ...lists: readonly Item[][]) {
  const offsets: number[] = [];
  const page = (offset: number): Promise<Page<Item>> => {
    const list = lists[Math.min(offsets.length, lists.length - 1)] ?? [];
    offsets.push(offset);
    return Promise.resolve({ total: list.length, items: list.slice(offset, offset + pageSize) });
  };
  return { page, offsets };
}

describe("reading all pages", () => {
  for (const [total, calls] of [
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [95, 10],
  ] as const) {
    it(`takes ${calls} calls for ${total} items in pages of 10`, async () => {
      const { page, offsets } = moving(10, items(total));
      assert.deepEqual(namesOf(await readPages(page, 10, 4)), namesOf(items(total)));
      assert.equal(offsets.length, calls);
    });
  }

  it("asks for the first page alone, then for as many at a time as allowed", async () => {
    const list = items(95);
    let inFlight = 0;
    const seen: number[] = [];
    await readPages(
      async (offset) => {
        seen.push(++inFlight);
        await new Promise(setImmediate);
        inFlight -= 1;
        return { total: list.length, items: list.slice(offset, offset + 10) };
      },
      10,
      3,
    );
    assert.equal(seen[1], 1, "the second page waits for the first");
    assert.equal(Math.max(...seen), 3);
  });

  it("stops at the first page that fails", async () => {
    let calls = 0;
    const reading = readPages(
      (offset) => {
        calls += 1;
        return offset === 0
          ? Promise.resolve({ total: 1000, items: items(10) })
          : Promise.reject(new Error("forbidden"));
      },
      10,
      4,
    );
    await assert.rejects(reading, /forbidden/);
    assert.ok(calls <= 5, `${calls} calls`);
  });

  it("reads again when the total changes", async () => {
    const { page, offsets } = moving(10, items(20), items(21));
    assert.deepEqual(namesOf(await readPages(page, 10, 1)), namesOf(items(21)));
    assert.deepEqual(offsets, [0, 10, 0, 10, 20]);
  });

  it("reads again when an item comes twice", async () => {
    const shifted = [{ name: "new" }, ...items(19)];
    const { page, offsets } = moving(10, items(20), shifted);
    assert.deepEqual(namesOf(await readPages(page, 10, 1)), namesOf(shifted));
    assert.deepEqual(offsets, [0, 10, 0, 10]);
  });

  it("reads again when a page is shorter or longer than its place in the list", async () => {
    for (const wrong of [items(9), items(11)]) {
      let calls = 0;
      const read = await readPages(
        () => Promise.resolve({ total: 10, items: calls++ === 0 ? wrong : items(10) }),
        10,
        1,
      );
      assert.equal(read.length, 10);
      assert.equal(calls, 2);
    }
  });

  it("reads again three times at most, and then says what it saw and what to do", async () => {
    let calls = 0;
    const reading = readPages(() => Promise.resolve({ total: 5, items: items(calls++ % 4) }), 10, 1);
    await assert.rejects(reading, (error: unknown) => {
      assert.ok(error instanceof ListMovedError);
      assert.equal(error.kind, "conflict");
      assert.match(error.message, /each of the 4 times.*3 came where 5 should.*Run again/);
      return true;
    });
    assert.equal(calls, 4);
  });

  it("does not see one item gone and another come behind the page that is being read", async () => {
    const swapped = [...items(20).slice(0, 9), { name: "swapped" }, ...items(20).slice(10)];
    const { page } = moving(10, items(20), swapped);
    assert.ok(namesOf(await readPages(page, 10, 1)).includes("s9"), "documented: a swap that keeps the count");
  });
});
