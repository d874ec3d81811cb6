import assert from "node:assert/strict";
import { inspect } from "node:util";
import { runCommand } from "../../../provider/auth/token-command";

const node = (script: string) => `"${process.execPath}" -e "${script}"`;

describe("running a command", () => {
  it("gives what it printed on standard output, and nothing of standard error", async () => {
    assert.equal(await runCommand(node("console.error('chatter'); console.log('word')")), "word\n");
  });

  it("gives it no input to wait for", async () => {
    assert.equal(await runCommand(node("process.stdin.on('end', () => console.log('done')).resume()")), "done\n");
  });

  it("that fails tells the exit code and nothing else", async () => {
    const error = await runCommand(node("console.log('word'); console.error('chatter'); process.exit(3)")).catch(
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error);
    assert.equal(error.message, "failed with exit code 3");
    assert.doesNotMatch(inspect(error, { depth: 10 }), /'word'|chatter/);
  });
});
