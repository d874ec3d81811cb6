/** The core does not use the SDK: its tests pass, and its modules load, without it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../support/temporary";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");

/** Loaded first: after it no Pulumi module can be loaded in this process. */
const block = `
const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...others) {
  if (name.startsWith("@pulumi/")) throw new Error("there is no SDK here: " + name);
  return resolve.call(this, name, ...others);
};
`;

describe("Without the SDK", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const blocker = join(folder.path, "block.cjs");
  before(() => writeFileSync(blocker, block));
  after(() => folder.remove());

  const node = (...args: string[]) =>
    run(process.execPath, ["-r", blocker, "-r", "ts-node/register/transpile-only", ...args], { cwd: root });

  it("nothing of the classes loads, but everything below the hosts does", async () => {
    await assert.rejects(node("-e", 'require("./provider/hosts/dynamic/app")'), /there is no SDK here/);
    const modules = globSync(
      "provider/{http,clients,auth,settings,definition,lifecycle,resources,functions,cli}/**/*.ts",
      {
        cwd: root,
      },
    ).filter((file) => file !== join("provider", "settings", "provider.ts"));
    assert.ok(modules.length > 100);
    await node("-e", modules.map((file) => `require("./${file}");`).join("\n"));
  });

  it("the tests of the lifecycle and of a resource pass", async () => {
    const mocha = resolve(require.resolve("mocha/package.json"), "../bin/mocha.js");
    const options = ["--no-config", "--reporter", "json", "--timeout", "20000"];
    const { stdout } = await node(mocha, ...options, "test/unit/{lifecycle,app-code}/*.spec.ts");
    const { stats } = JSON.parse(stdout) as { stats: { passes: number; failures: number } };
    assert.ok(stats.passes > 50 && stats.failures === 0, JSON.stringify(stats));
  });
});
