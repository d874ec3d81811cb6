import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { allPages, guides, links, page, repository, titles } from "./pages";

/** The anchor that GitHub gives a title. */
function anchor(title: string): string {
  const words = title.replace(/^#+ /, "").toLowerCase();
  return words.replace(/[^\p{Letter}\p{Number}\s_-]/gu, "").replaceAll(" ", "-");
}

describe("The pages", () => {
  for (const { path, text } of allPages()) {
    it(`${path}: links lead to files and titles that are there`, () => {
      for (const target of links(text).filter((each) => !/^[a-z]+:/.test(each))) {
        const [file = "", title] = target.split("#");
        const to = file === "" ? path : posix.join(posix.dirname(path), file);
        assert.ok(existsSync(join(repository, to)), `${path}: ${target}`);
        if (title === undefined) continue;
        assert.ok(titles(page(to).text).map(anchor).includes(title), `${path}: ${target}`);
      }
    });
  }

  it("every guide is linked in both READMEs", () => {
    const paths = guides().map(({ path }) => path);
    for (const readme of ["README.md", "README.zh-CN.md"]) {
      const linked = links(page(readme).text);
      for (const path of paths.filter((each) => each.startsWith("docs/"))) assert.ok(linked.includes(path), path);
    }
  });

  it("name no folder of a machine", () => {
    for (const { path, text } of allPages()) assert.doesNotMatch(text, /(?:\/home\/|\/root\/|\/work\/)\w/, path);
  });
});
