import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temporary";

const root = join(__dirname, "../../..");

describe("the mocha reporter's last line", () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  const lastLine = (suite: string): { line: string; status: number | null } => {
    const file = join(folder.path, "suite.js");
    writeFileSync(file, suite);
    const mocha = join(root, "node_modules/mocha/bin/mocha.js");
    const args = ["--no-config", "--require", "ts-node/register", "--reporter", "test/support/reporter.ts", file];
    const { stdout, status } = spawnSync(process.execPath, [mocha, ...args], { cwd: root, encoding: "utf8" });
    return { line: stdout.trimEnd().split("\n").at(-1) ?? "", status };
  };

  it("counts what passed", () => {
    assert.deepEqual(lastLine("it('a', () => {}); it('b', () => {});"), { line: "2 passed, 0 failed", status: 0 });
  });

  it("counts what failed", () => {
    const suite = "it('a', () => {}); it('b', () => { throw new Error('no') }); it('c', async () => { throw null });";
    assert.deepEqual(lastLine(suite), { line: "1 passed, 2 failed", status: 2 });
  });

  for (const hook of ["before", "after", "beforeEach", "afterEach"]) {
    it(`counts a failed ${hook} hook as a failure`, () => {
      const { line, status } = lastLine(`${hook}(() => { throw new Error('no') }); it('a', () => {});`);
      assert.match(line, hook.startsWith("before") ? /^0 passed, 1 failed$/ : /^1 passed, 1 failed$/);
      assert.equal(status, 1);
    });
  }

  it("counts a failure outside of any test", () => {
    const suite = "it('a', (done) => { setImmediate(() => { throw new Error('no') }); });";
    assert.deepEqual(lastLine(suite), { line: "0 passed, 1 failed", status: 1 });
  });
});
