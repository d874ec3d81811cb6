import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../engine/run";
import { temporaryFolder } from "../../support/temporary";

const node = (script: string, options: Partial<Parameters<typeof run>[2]> = {}): Promise<string> =>
  run(process.execPath, ["-e", script], { env: process.env, timeout: 60_000, ...options });

describe("running a program", () => {
  it("answers what it printed on stdout", async () => {
    assert.equal(await node("console.log('out'); console.error('err')"), "out\n");
  });

  it("fails with the last line of stderr", async () => {
    await assert.rejects(node("console.error('first\\nlast\\n'); process.exit(3)"), { message: "last" });
  });

  it("fails with the exit code when nothing was printed", async () => {
    await assert.rejects(node("process.exit(3)"), /ended with 3$/);
  });

  it("fails when the program does not exist", async () => {
    await assert.rejects(run("/nowhere/program", [], { env: {}, timeout: 1000 }), { code: "ENOENT" });
  });

  it("kills what takes too long", async () => {
    await assert.rejects(node("setInterval(() => {}, 1000)", { timeout: 20 }), /took longer than 0\.02 seconds$/);
  });

  it("says what is going on while it waits", async () => {
    const folder = temporaryFolder();
    const done = join(folder.path, "done");
    const lines: string[] = [];
    const log = (line: string): void => {
      lines.push(line);
      if (line.endsWith("now compiling x")) writeFileSync(done, "");
    };
    try {
      const wait = `console.error("compiling x"); setInterval(() => fs.existsSync(${JSON.stringify(done)}) && process.exit(), 5)`;
      await node(wait, { progress: { what: "building", log, every: 5 } });
      assert.ok(existsSync(done));
      assert.match(lines.at(-1) ?? "", /^building: \d+ s, now compiling x$/);
    } finally {
      folder.remove();
    }
  });
});
