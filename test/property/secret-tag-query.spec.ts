/** What must hold for any set of secrets. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { foundText, parseFound } from "../../provider/resources/secret-tag-query/found";
import { doubts, queryInputs } from "../../provider/resources/secret-tag-query/inputs";
import { readPages } from "../../provider/clients/pages";
import {
  digestOf,
  fingerprintOf,
  inOrder,
  secretFields,
  select,
  type FoundSecret,
} from "../../provider/resources/secret-tag-query/secrets";

const time = fc.oneof(fc.nat(), fc.nat().map(String), fc.constant(null));
const plain = { noNullPrototype: true };
const fields = fc.record(
  {
    id: fc.uuid(),
    state: fc.constantFrom("ENABLED", "DISABLED", "PENDING_DELETE", "FROZEN"),
    kmsKeyId: fc.uuid(),
    description: fc.string({ unit: "binary" }),
    createTime: time,
    updateTime: time,
    scheduledDeleteTime: time,
    tags: fc.array(fc.record({ key: fc.string(), value: fc.string() }, plain)),
  },
  plain,
);
const names = fc.uniqueArray(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("__proto__", "10", "9", "{")));
const secrets = names.chain((all) => fc.tuple(...all.map((name) => fields.map((each) => ({ name, ...each })))));
const selection = fc.option(fc.subarray([...secretFields]), { nil: undefined });

const kept = (all: readonly FoundSecret[]) =>
  inOrder(
    all.map(({ name, ...rest }) => {
      const text = JSON.stringify(rest);
      return { name, digest: digestOf(text), fields: text };
    }),
  );

describe("secrets by tag", () => {
  it("come back from the text in state as they went in, ordered by name", () => {
    fc.assert(
      fc.property(secrets, (all) => {
        assert.deepEqual(parseFound(foundText(kept(all), undefined)), inOrder([...all]));
      }),
    );
  });

  it("have one fingerprint, in whatever order the service gives them", () => {
    const shuffled = secrets.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        assert.equal(fingerprintOf(kept(all)), fingerprintOf(kept(other)));
        assert.equal(foundText(kept(all), undefined), foundText(kept(other), undefined));
      }),
    );
  });

  it("have another fingerprint when one is missing", () => {
    fc.assert(
      fc.property(
        secrets.filter((all) => all.length > 0),
        (all) => {
          assert.notEqual(fingerprintOf(kept(all)), fingerprintOf(kept(all.slice(1))));
        },
      ),
    );
  });

  it("keep what is selected, in an order of its own", () => {
    fc.assert(
      fc.property(fields, fc.shuffledSubarray([...secretFields]), (all, chosen) => {
        const order = secretFields.filter((field) => chosen.includes(field));
        assert.deepEqual(
          Object.entries(select(all, chosen)),
          order.map((field) => [field, all[field]]),
        );
      }),
    );
    fc.assert(
      fc.property(fields, selection, (all, chosen) => {
        assert.deepEqual({ ...all, ...select(all, chosen) }, all);
      }),
    );
  });

  it("are read whole and once, however many there are and come in a page", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(200),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        async (count, size, parallel) => {
          const all = Array.from({ length: count }, (_, index) => ({ name: `s${index}` }));
          let calls = 0;
          const page = (offset: number) => {
            calls += 1;
            return Promise.resolve({ total: count, items: all.slice(offset, offset + size) });
          };
          const read = await readPages(page, {
            keyOf: ({ name }) => name,
            what: "query the secrets",
            pageSize: size,
            parallel,
          });
          assert.deepEqual(inOrder(read), inOrder([...all]));
          assert.equal(calls, Math.max(1, Math.ceil(count / size)));
        },
      ),
    );
  });
});

describe("the limits of a tag query", () => {
  const allowed = fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => !/[\p{Cc}*<>\\=]/u.test(text));

  it("accept any other text, and count characters as the service does", () => {
    fc.assert(
      fc.property(
        allowed.filter((text) => text !== ""),
        fc.uniqueArray(allowed, { maxLength: 5 }),
        (key, values) => {
          const query = { action: "filter", tags: [{ key, values }] };
          const long = [key, ...values].some((text) => Array.from(text).length > 255);
          assert.equal(queryInputs.safeParse(query).success, !long && Array.from(key).length <= 128);
        },
      ),
    );
  });

  it("doubt exactly what is longer than the tightest page allows", () => {
    fc.assert(
      fc.property(fc.nat(128), fc.nat(255), fc.nat(255), (key, value, match) => {
        const sign = "𝄞"; // one character, two UTF-16 units
        const query = {
          tags: [{ key: sign.repeat(key), values: [sign.repeat(value)] }],
          matches: [{ key: "resource_name" as const, value: sign.repeat(match) }],
        };
        assert.equal(doubts(query).length, [key > 36, value > 43, match > 43].filter(Boolean).length);
      }),
    );
  });
});
