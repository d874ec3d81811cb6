import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { plainName, uniqueNames, variableName } from "../../../provider/cli/plan/names";

/** Names as people give them: Chinese, full width, capitals, digits, punctuation, and what no name should be. */
const anyName = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }),
  fc.stringMatching(/^[\u4e00-\u9fa5A-Za-z0-9\-_./():（）：、]{1,30}$/),
  fc.constantFrom("con", "..", "class", "a/../b", "${x}", "İ", "ﬁ", "ß", "__proto__", "１２", "e\u0301", "\u{323b0}"),
);

describe("Names of what pulumi-apig writes", () => {
  for (const [name, ending, wanted] of [
    ["shop", "Group", "shopGroup"],
    ["Shop API", "Group", "shopApiGroup"],
    ["shop_web", "App", "shopWebApp"],
    ["web_app", "App", "webApp"],
    ["RELEASE", "Env", "releaseEnv"],
    ["商城接口", "Group", "商城接口Group"],
    ["移动 App", "App", "移动App"],
    ["2026-orders", "Group", "_2026OrdersGroup"],
    ["ＳＨＯＰ", "Group", "shopGroup"],
    ["()", "Group", "group"],
  ] as const) {
    it(`make a variable of ${name}: ${wanted}`, () => assert.equal(variableName(name, ending), wanted));
  }

  for (const [name, wanted] of [
    ["shop", "shop"],
    ["商城（接口）", "商城-接口"],
    ["a/../../b", "a-..-..-b"],
    ["../up", "up"],
    [".hidden", "hidden"],
    ["a::b", "a-b"],
    ["CON", "x-CON"],
    ["///", "x"],
  ] as const) {
    it(`make a file of ${name}: ${wanted}`, () => assert.equal(plainName(name), wanted));
  }

  it("are valid variables whatever the name", () => {
    const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false);
    fc.assert(
      fc.property(anyName, fc.constantFrom("Group", "App", "Env", "Publication"), (name, ending) => {
        scanner.setText(variableName(name, ending));
        assert.equal(scanner.scan(), ts.SyntaxKind.Identifier);
        assert.equal(scanner.scan(), ts.SyntaxKind.EndOfFileToken);
      }),
    );
  });

  it("are names of files whatever the name", () => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-apig-"));
    try {
      fc.assert(
        fc.property(anyName, (name) => {
          const plain = plainName(name);
          assert.match(plain, /^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.-]*$/u);
          writeFileSync(join(folder, `${plain}.yaml`), "");
        }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are unique without regard to capitals and width, and do not depend on the order", () => {
    const objects = fc.uniqueArray(fc.record({ id: fc.uuid(), wanted: anyName }), { selector: ({ id }) => id });
    fc.assert(
      fc.property(objects, fc.constantFrom("-" as const, "_" as const), (all, separator) => {
        const names = uniqueNames(all, separator);
        const folded = [...names.values()].map((name) => name.normalize("NFKC").toLowerCase());
        assert.equal(new Set(folded).size, all.length);
        assert.deepEqual(uniqueNames([...all].reverse(), separator), names);
      }),
    );
  });

  it("keep the name of the first, and give the others a digest of their ids", () => {
    const names = uniqueNames(
      [
        { id: "1", wanted: "shop" },
        { id: "2", wanted: "Shop" },
        { id: "3", wanted: "other" },
      ],
      "-",
    );
    assert.equal(names.get("2"), "Shop");
    assert.match(names.get("1") ?? "", /^shop-[0-9a-f]{6}$/);
    assert.equal(names.get("3"), "other");
  });
});
