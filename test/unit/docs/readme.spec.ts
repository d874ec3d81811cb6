import assert from "node:assert/strict";
import * as apig from "../../../provider/index";
import { settingKeys } from "../../../provider/settings/keys";
import { codeBlocks, links, page, rows, titles } from "./pages";

const english = page("README.md").text;
const chinese = page("README.zh-CN.md").text;

describe("docs/settings.md", () => {
  it("lists every setting in both spellings, marks secret ones, and says what they are for", () => {
    const { text } = page("docs/settings.md");
    for (const { key, environment, secret, about } of settingKeys) {
      assert.ok(text.includes(`| \`${key}\`${secret ? " (secret)" : ""} | \`${environment}\` | ${about} |`), key);
    }
    const listed = text.match(/^\| `(huaweicloud|bkci):/gm) ?? [];
    assert.equal(listed.length, settingKeys.length);
  });
});

describe("the README", () => {
  it("lists every resource and look-up", () => {
    for (const [name, value] of Object.entries(apig)) {
      if (typeof value === "function" && !name.endsWith("Error"))
        assert.match(english, new RegExp(`\\b${name}\\b`), name);
    }
  });

  it("is short", () => {
    for (const text of [english, chinese]) assert.ok(text.split("\n").length <= 200);
  });
});

describe("the README in Chinese", () => {
  it("has the same programs and commands", () => {
    assert.deepEqual(codeBlocks(chinese), codeBlocks(english));
  });

  it("has the same links, and each leads to the other", () => {
    const [toChinese, ...others] = links(english);
    const [toEnglish, ...theirs] = links(chinese);
    assert.deepEqual([toChinese, toEnglish], ["README.zh-CN.md", "README.md"]);
    assert.deepEqual(theirs, others);
  });

  it("has the same sections, as many and of the same rank", () => {
    const ranks = (text: string) => titles(text).map((title) => title.replace(/ .*/, ""));
    assert.deepEqual(ranks(chinese), ranks(english));
  });

  it("has the same rows in its tables", () => {
    const keys = (text: string) => rows(text).map(([key, ...rest]) => [/^[`[]/.test(key ?? "") && key, rest.length]);
    assert.deepEqual(keys(chinese), keys(english));
  });

  it("names the same things in code", () => {
    const names = (text: string) => Array.from(text.matchAll(/`[^`\n]+`/g), ([name]) => name).sort();
    assert.deepEqual(names(chinese), names(english));
  });
});
