import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readFlags, sentence } from "./flags";
import { startSimulator, type Info } from "./simulator";
import { wire } from "./wire";

const main = join(__dirname, "..", "main.ts");
const args = ["--require", "ts-node/register", main];

/** Ends all processes that a shell left: they are in its group. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them are gone.
  }
}

describe("The simulator as a program", () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const { pid = 0 } of started.splice(0)) killGroup(pid);
  });

  /** Starts the simulator, and returns its lines of output, of which there is one already. */
  const start = async (command: string, parameters: string[], env: NodeJS.ProcessEnv) => {
    const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "inherit"], env, detached: true });
    started.push(child);
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    output.on("line", (line) => lines.push(line));
    await once(output, "line");
    return { child, lines, info: JSON.parse(lines[0]!) as Info };
  };

  it("prints one line of JSON and ends on SIGTERM", async () => {
    const { child, lines, info } = await start(process.execPath, args, process.env);
    assert.deepEqual(Object.keys(info), [
      "url",
      "apig",
      "kms",
      "iam",
      "bkci",
      "gateway",
      "control",
      "projectId",
      "instanceId",
      "accessKey",
      "secretKey",
      "token",
      "bkciAccessToken",
      "bkciProjectId",
    ]);
    assert.equal((await wire(`${info.control}/state`)).status, 200);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
    assert.equal(lines.length, 1);
  });

  it("ends with the shell of npm, which keeps signals to itself", async () => {
    const { child } = await start("sh", ["-c", '"$0" "$@"; true', process.execPath, ...args], {
      ...process.env,
      npm_lifecycle_event: "simulator",
    });
    // The shell's output is the simulator's too: it closes when both are gone.
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  });
});

describe("The simulator's command line", () => {
  it("names ports and a folder", () => {
    assert.deepEqual(readFlags([]), { port: 0, gatewayPort: 0 });
    assert.deepEqual(readFlags(["--port", "18080", "--gateway-port=18081", "--data", "d"]), {
      port: 18_080,
      gatewayPort: 18_081,
      data: "d",
    });
  });

  const refused: [rule: string, args: string[], message: RegExp][] = [
    ["an unknown flag", ["--verbose"], /^Unknown option '--verbose'\nUsage: npm run simulator -- /],
    ["a word beside the flags", ["18080"], /^Unexpected argument '18080'/],
    ["a flag without its value", ["--port"], /argument missing\nUsage/],
    ["a port that is no number", ["--port", "80a"], /^--port takes a number from 0 to 65535, not "80a"\.$/],
    ["a port that is too high", ["--gateway-port", "65536"], /^--gateway-port takes a number/],
  ];
  for (const [rule, given, message] of refused) {
    it(`refuses ${rule}`, () => assert.throws(() => readFlags(given), { message }));
  }

  it("says in a sentence that a port is in use, and leaves the folder as it is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulator-"));
    const other = await startSimulator();
    try {
      const port = Number(new URL(other.info.url).port);
      await assert.rejects(startSimulator({ port, data: folder }), (error) => {
        assert.equal(sentence(error), `Port ${port} is in use: name another one.`);
        return true;
      });
      assert.deepEqual(readdirSync(folder), ["identity.json"]);
    } finally {
      await other.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("takes no folder of others, whose files it would delete", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulator-"));
    try {
      writeFileSync(join(folder, "package.json"), "{}");
      await assert.rejects(startSimulator({ data: folder }), /holds other files: name a new or an empty folder/);
      writeFileSync(join(folder, "identity.json"), "{");
      await assert.rejects(startSimulator({ data: folder }), /identity\.json is not JSON/);
      assert.deepEqual(readdirSync(folder).sort(), ["identity.json", "package.json"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
