/** What a preview refuses, and what it only warns of. */
import assert from "node:assert/strict";
import { doubts, queryInputs } from "../../../provider/resources/secret-tag-query/inputs";
import { secretTagQuery } from "../../../provider/resources/secret-tag-query/resource";
import { validate } from "../../../provider/lifecycle/validate";

type Bag = Record<string, unknown>;

const failures = (args: Bag) =>
  validate(secretTagQuery, { action: "filter", ...args }, { region: "r", project: "p" }).map(({ property, reason }) =>
    property === "" ? reason : `${property}: ${reason}`,
  );
const tag = (key: string, ...values: string[]) => ({ tags: [{ key, values }] });
const match = (value: string) => ({ matches: [{ key: "resource_name", value }] });
const keys = (count: number) => ({ tags: Array.from({ length: count }, (_, n) => ({ key: `k${n}` })) });

describe("a tag query", () => {
  const refused: readonly (readonly [what: string, args: Bag, failure: RegExp])[] = [
    ["no action", { action: undefined }, /^action: must be "filter" or "count"/],
    ["another action", { action: "list" }, /^action: must be "filter" or "count"/],
    ["an empty key", tag(""), /^tags\[0\]\.key: must not be empty/],
    ["a key of 129 characters", tag("k".repeat(129)), /^tags\[0\]\.key: .*at most 128/],
    ["a value of 256 characters", tag("k", "v".repeat(256)), /^tags\[0\]\.values\[0\]: .*at most 255/],
    ["21 keys", keys(21), /^tags: .*at most 20/],
    ["a key twice", { tags: [{ key: "k" }, { key: "l" }, { key: "k" }] }, /^tags\[2\]\.key: .*twice/],
    ["a value twice in a key", tag("k", "v", "w", "v"), /^tags\[0\]\.values\[2\]: .*twice/],
    ["a tag with value for values", { tags: [{ key: "k", value: "v" }] }, /^tags\[0\]: .*value; there are key, values/],
    ["tags as an object", { tags: { app: ["shop"] } }, /^tags: .*such as \[\{ key: "app", values: \["shop"\] \}\]$/],
    ["a tag as a text", { tags: ["app"] }, /^tags\[0\]: .*such as \[\{ key: "app", values: \["shop"\] \}\]$/],
    ["matches as a text", { matches: "shop" }, /^matches: .*such as \[\{ key: "resource_name", value: "shop" \}\]$/],
    ["a match of another field", { matches: [{ key: "name", value: "x" }] }, /^matches\[0\]\.key: .*resource_name/],
    ["a match of 256 characters", match("v".repeat(256)), /^matches\[0\]\.value: .*at most 255/],
    ["a page of 0", { pageSize: 0 }, /^pageSize: .*from 1 to 1000/],
    ["a page of 1001", { pageSize: 1001 }, /^pageSize: .*from 1 to 1000/],
    ["half a page", { pageSize: 1.5 }, /^pageSize: .*whole number/],
    ["a page size as text", { pageSize: "10" }, /^pageSize: .*whole number/],
    ["an offset", { offset: -1 }, /^offset: no such property/],
    ["a sequence of 35 characters", { sequence: "s".repeat(35) }, /^sequence: .*exactly 36/],
    ["a sequence of 37 characters", { sequence: "s".repeat(37) }, /^sequence: .*exactly 36/],
    ["a field that there is not", { select: ["value"] }, /^select\[0\]: must be one of id, state/],
    ["an answer", { totalCount: 3 }, /^totalCount: no such property/],
  ];
  for (const [what, args, failure] of refused) {
    it(`is refused with ${what}`, () => {
      const all = failures(args);
      assert.equal(all.length, 1, all.join("\n"));
      assert.match(all[0]!, failure);
    });
  }

  for (const sign of ["\u0000", "\t", "\n", "\u001f", "*", "<", ">", "\\", "="]) {
    it(`is refused with ${JSON.stringify(sign)} in a key, a value or a match`, () => {
      for (const args of [tag(`a${sign}b`), tag("k", `a${sign}b`), match(`a${sign}b`)]) {
        assert.equal(failures(args).length, 1);
        assert.match(failures(args)[0]!, /must not hold control characters/);
      }
    });
  }

  const accepted: readonly (readonly [what: string, args: Bag])[] = [
    ["a key of 128 characters, whatever they are", tag("𝄞".repeat(128))],
    ["a value of 255 characters", tag("k", "密".repeat(255))],
    ["20 keys", keys(20)],
    ["an empty value", tag("k", "")],
    [
      "the same value in two keys",
      {
        tags: [
          { key: "k", values: ["v"] },
          { key: "l", values: ["v"] },
        ],
      },
    ],
    ["no values", { tags: [{ key: "k" }] }],
    ["an empty match, which finds nothing", match("")],
    ["the smallest page", { pageSize: 1 }],
    ["the largest page", { pageSize: 1000 }],
    ["a sequence as on the page", { sequence: "919c82d4-8046-4722-9094-35c3c6524cff" }],
    ["no fields selected", { select: [] }],
  ];
  for (const [what, args] of accepted) {
    it(`is accepted with ${what}`, () => assert.deepEqual(failures(args), []));
  }

  it("gets a warning for what only the tightest page refuses, and none up to there", () => {
    const warnings = (args: Bag) => doubts(queryInputs.parse({ action: "filter", ...args }));
    assert.deepEqual(warnings({ ...tag("k".repeat(36), "v".repeat(43)), ...match("m".repeat(43)) }), []);
    assert.deepEqual(warnings({ ...tag("k".repeat(37), "v", "v".repeat(44)), ...match("m".repeat(44)) }), [
      "tags[0].key has more than 36 characters: the service may refuse it.",
      "tags[0].values[1] has more than 43 characters: the service may refuse it.",
      "matches[0].value has more than 43 characters: the service may refuse it.",
    ]);
  });
});
