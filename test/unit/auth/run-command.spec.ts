import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { inspect } from "node:util";
import { runCommand } from "../../../provider/auth/run-command";
import { Connection } from "../../../provider/settings/connection";
import { loadSettings } from "../../../provider/settings/settings";
import { settingKeys, type SettingKeyRow } from "../../../provider/settings/keys";

/** Runs a command as the package runs the commands of its settings. */
const ours = new Connection(loadSettings(() => undefined, {})).runtime.runCommand;

const node = (script: string) => `"${process.execPath}" -e "${script}"`;

async function failureOf(command: string, timeLimit?: number): Promise<Error> {
  const error = await runCommand(command, timeLimit === undefined ? {} : { timeLimit }).catch(
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Error);
  return error;
}

describe("running a command", () => {
  it("gives what it printed on standard output, and nothing of standard error", async () => {
    assert.equal(await runCommand(node("console.error('chatter'); console.log('word')")), "word\n");
  });

  it("gives it no input to wait for", async () => {
    assert.equal(await runCommand(node("process.stdin.on('end', () => console.log('done')).resume()")), "done\n");
  });

  it("that fails tells the exit code and nothing else", async () => {
    const error = await failureOf(node("console.log('word'); console.error('chatter'); process.exit(3)"));
    assert.equal(error.message, "failed with exit code 3");
    assert.doesNotMatch(inspect(error, { depth: 10 }), /'word'|chatter/);
  });

  it("that prints without end is ended", async () => {
    assert.equal((await failureOf("yes")).message, "printed more than any token has");
  });

  it("that does not end in time ends with everything it has started", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const started = once(server, "connection") as Promise<[Socket]>;
    const ended = started.then(([socket]) => once(socket.resume(), "close"));
    const failure = failureOf(`${node(`require('net').connect(${port}, '127.0.0.1')`)} & wait`, 3_000);
    assert.equal((await failure).message, "did not end in time");
    await ended;
    server.close();
  });

  describe("in an environment", () => {
    const planted = [
      ...settingKeys.map(({ environment }) => environment),
      ...["PULUMI_CONFIG", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_ACCESS_TOKEN", "TOKEN_HELPER"],
    ];
    const saved = new Map(planted.map((name) => [name, process.env[name]]));
    before(() => {
      for (const name of planted) process.env[name] = "planted";
    });
    after(() => {
      for (const [name, value] of saved) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    });

    it("gives it that, but nothing of the engine's and no credential of ours", async () => {
      const seen = JSON.parse(await ours(node("console.log(JSON.stringify(process.env))"))) as NodeJS.ProcessEnv;
      const harmless = settingKeys.filter((row: SettingKeyRow) => !row.secret && row.credential !== true);
      assert.deepEqual(
        planted.filter((name) => seen[name] !== undefined),
        [...harmless.map(({ environment }) => environment), "TOKEN_HELPER"],
      );
      assert.equal(seen["PATH"], process.env["PATH"]);
    });
  });
});
