/** What the plugin says where it cannot start: one sentence for the user, who gets all that it prints. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";

const plugin = resolve(__dirname, "../../../plugin/pulumi-resource-apig");

describe("The plugin says in one line", function () {
  this.timeout(30_000);

  /** Starts it in a process that some code has changed before. */
  const starts = (code: string): Promise<{ status: unknown; stdout: string; stderr: string }> =>
    new Promise((done) => {
      const args = ["--import", `data:text/javascript,${encodeURIComponent(code)}`, plugin];
      execFile(process.execPath, args, (error, stdout, stderr) => done({ status: error?.code, stdout, stderr }));
    });

  it("which Node.js it needs", async () => {
    const old = await starts(
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });',
    );
    assert.deepEqual(old, {
      status: 1,
      stdout: "",
      stderr: "pulumi-apig needs Node.js 22.12 or newer on PATH; this is 20.20.2.\n",
    });
  });

  it("that it cannot listen", async () => {
    const refused = await starts(`
      import net from "node:net";
      net.Server.prototype.listen = function () {
        process.nextTick(() => this.emit("error", new Error("listen EACCES: permission denied 127.0.0.1")));
        return this;
      };`);
    assert.deepEqual(refused, {
      status: 1,
      stdout: "",
      stderr: "pulumi-apig: the plugin cannot listen on 127.0.0.1: listen EACCES: permission denied 127.0.0.1\n",
    });
  });
});
