/** The command as a process that ends early: there is a whole project, or none. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { command, runAdopt } from "../../support/adopting";
import { brownfield } from "../../support/brownfield";
import { temporaryFolder } from "../../support/temporary";

describe("The process of pulumi-apig adopt", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const out = join(folder.path, "project");
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
    await simulator.control.seed(brownfield);
  });
  after(async () => {
    folder.remove();
    await simulator.close();
  });
  afterEach(() => assert.deepEqual(readdirSync(folder.path), [], "nothing is left"));

  const environment = () => ({ PATH: process.env["PATH"], ...simulator.env });

  it("leaves nothing on a full disk, and says so in one sentence", async () => {
    // No file may have more than 8 kB: the first definition does not fit.
    const words = ["ulimit -f 16; exec", process.execPath, command, "adopt", "--out", out];
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((done) => {
      execFile("sh", ["-c", words.join(" ")], { env: environment() }, (error, _stdout, text) =>
        done({ code: error?.code, stderr: text }),
      );
    });
    assert.match(stderr, /^pulumi-apig: could not write \S+project \(EFBIG: .*\): nothing of it is left.*\n$/m);
    assert.equal(code, 1);
  });

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`leaves nothing after ${signal}`, async () => {
      await simulator.control.latency({ operations: { ExportApiDefinitionsV2: 60_000 } });
      const child = spawn(process.execPath, [command, "adopt", "--out", out], { env: environment() });
      let told = "";
      const ended = new Promise((done) => child.once("exit", done));
      child.stderr.on("data", (chunk: Buffer) => {
        told += chunk.toString();
        if (told.endsWith("apps\n")) child.kill(signal);
      });
      assert.equal(await ended, code);
      assert.match(told, /pulumi-apig: stopped\n$/);
      await simulator.control.latency({});
    });
  }

  it("ends with 2 after a wrong option, and with 1 after a failure", async () => {
    const wrong = await runAdopt(simulator, "--outt", out);
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /^pulumi-apig: Unknown option '--outt'.*\nSee pulumi-apig --help\.\n$/);
    const failed = await runAdopt(simulator, "--out", out, "--group", "none");
    assert.deepEqual([failed.code, failed.stdout], [1, ""]);
    assert.match(failed.stderr, /^pulumi-apig: the instance has no API group named "none".*\n$/);
  });
});
