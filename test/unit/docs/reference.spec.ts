import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageSpec } from "../../../provider/hosts/plugin/schema/package";
import { referenceOf } from "../../../provider/hosts/plugin/schema/reference/reference";

const file = join(__dirname, "../../../docs/reference.md");

describe("docs/reference.md", function () {
  this.timeout(60_000);

  it("is the one of these sources: npm run reference", () => {
    assert.ok(readFileSync(file, "utf8") === referenceOf(packageSpec()), "docs/reference.md is old: npm run reference");
  });

  it("links only to what is on the page", () => {
    const text = readFileSync(file, "utf8");
    const titles = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) => title.toLowerCase());
    assert.equal(new Set(titles).size, titles.length);
    for (const [, target = ""] of text.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(titles.includes(target), target);
  });
});
