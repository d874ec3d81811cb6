/** What must hold of all code, whatever it does. Beside the other tests, because it keeps one processor busy for a minute. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");

/** Runs a script of package.json, and answers what it printed if it failed. */
async function complaintsOf(script: string): Promise<string> {
  try {
    await run("npm", ["run", "--silent", script], { cwd: root, shell: process.platform === "win32", maxBuffer: 1e8 });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return (stdout ?? "") + (stderr ?? "") || String(error);
  }
}

describe("All code", function () {
  this.timeout(600_000);

  it("has no error of types (npm run types)", async () => {
    assert.equal(await complaintsOf("types"), "");
  });

  it("has no warning of the linter, and one format (npm run lint)", async () => {
    assert.equal(await complaintsOf("lint"), "");
  });
});
