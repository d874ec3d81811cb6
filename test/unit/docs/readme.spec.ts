import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as apig from "../../../provider/index";
import { settingKeys } from "../../../provider/settings/keys";

const repository = join(__dirname, "../../..");
const readme = readFileSync(join(repository, "README.md"), "utf8");

describe("the README", () => {
  it("lists every setting in both spellings, marks secret ones, and says what they are for", () => {
    for (const { key, environment, secret, about } of settingKeys) {
      assert.ok(readme.includes(`| \`${key}\`${secret ? " (secret)" : ""} | \`${environment}\` | ${about} |`), key);
    }
    const listed = readme.match(/^\| `(huaweicloud|bkci):/gm) ?? [];
    assert.equal(listed.length, settingKeys.length);
  });

  it("lists every resource and look-up", () => {
    for (const [name, value] of Object.entries(apig)) {
      if (typeof value === "function" && !name.endsWith("Error"))
        assert.match(readme, new RegExp(`\\b${name}\\b`), name);
    }
  });

  it("links only to what is there", () => {
    for (const [, target] of readme.matchAll(/\]\(([^)#]+)\)/g)) {
      assert.ok(existsSync(join(repository, target ?? "")), target);
    }
  });
});
