import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { temporaryFolder } from "../support/temporary";

const program = join(__dirname, "../../examples/start.ts");

describe("npm start", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  /** Runs `npm start` to its end in a separate folder, so that the user's own `npm start` is not affected. */
  async function start(...args: string[]): Promise<string> {
    const child = spawn(process.execPath, ["-r", "ts-node/register", program, "--home", folder.path, ...args], {
      env: { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    assert.equal(code, 0, out + err);
    return out;
  }

  it("makes the quickstart and calls it, changes nothing the next time, and destroys all of it", async () => {
    const first = await start();
    assert.match(first, /\+ \d+ to create/);
    assert.match(first, /with the AppCode: 200 /);
    assert.match(first, /without: 401 /);

    const second = await start();
    assert.match(second, /\d+ unchanged/);
    assert.doesNotMatch(second, /to (?:create|update|delete|replace)|\d+ (?:created|updated|deleted|replaced)/);

    const last = await start("--destroy");
    assert.match(last, /\d+ deleted/);
    assert.match(last, /The simulator is empty\./);
    assert.doesNotMatch(last, /Unknown to the state/);
    assert.deepEqual(readdirSync(folder.path), ["lock"]);
  });
});
