import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { engineVersion } from "../../engine/find";
import { temporaryFolder } from "../../support/temporary";

/** One process that ensures an engine; see `fixtures/ensure.ts`. */
class Ensuring {
  readonly child: ChildProcess;
  readonly #lines: Interface;
  readonly #seen: string[] = [];

  constructor(home: string) {
    this.child = spawn(process.execPath, ["--require", "ts-node/register", join(__dirname, "fixtures", "ensure.ts")], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, PULUMI_HOME: home, PATH: "" },
    });
    assert.ok(this.child.stdout);
    this.#lines = createInterface(this.child.stdout);
    this.#lines.on("line", (line) => this.#seen.push(line));
  }

  async says(line: string | RegExp): Promise<void> {
    const matches = (text: string): boolean => (typeof line === "string" ? text === line : line.test(text));
    while (!this.#seen.some(matches)) {
      await Promise.race([
        once(this.#lines, "line"),
        once(this.#lines, "close").then(() => assert.fail(`ended without "${line}": ${this.#seen.join("; ")}`)),
      ]);
    }
  }

  finishBuild(): void {
    this.child.stdin?.write("\n");
  }

  get builds(): number {
    return this.#seen.filter((line) => line === "building").length;
  }
}

describe("two processes that ensure an engine at once", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let first: Ensuring;
  let second: Ensuring;

  beforeEach(async () => {
    folder = temporaryFolder();
    first = new Ensuring(folder.path);
    await first.says("building");
    second = new Ensuring(folder.path);
    await second.says(/another process is installing/);
  });
  afterEach(() => {
    for (const { child } of [first, second]) child.kill("SIGKILL");
    folder.remove();
  });

  it("build once: the second waits and then finds the cached one", async () => {
    first.finishBuild();
    await first.says("how: build");
    await second.says("how: cache");
    assert.deepEqual([first.builds, second.builds], [1, 0]);
  });

  it("do not wait for a dead one: the second takes over and clears its leftovers", async () => {
    first.child.kill("SIGKILL");
    await second.says("building");
    second.finishBuild();
    await second.says("how: build");
    const versions = join(folder.path, "versions");
    assert.deepEqual(readdirSync(versions).sort(), [engineVersion, `${engineVersion}.lock`]);
    assert.ok(existsSync(join(versions, engineVersion, "bin", "pulumi")));
  });
});
