/** The plugin as one file: made, installed with the engine's own command, and used where there is no package at all. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { version } from "../../../package.json";
import { pluginClasses as apig } from "../../support/classes";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { TestStack } from "../../support/stack";
import { temporaryFolder } from "../../support/temporary";
import { configOf } from "../../support/plugin";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");

describe("The plugin's tarball", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  const folder = temporaryFolder();

  before(async () => {
    simulator = await openSimulator();
    stack = await TestStack.open({ program: () => Promise.resolve(), config: configOf(simulator.config) });
    // Without npm's folder of commands, where the engine would find the plugin of this package.
    const folders = (process.env["PATH"] ?? "")
      .split(delimiter)
      .filter((each) => !each.endsWith(join("node_modules", ".bin")));
    stack.stack.workspace.envVars["PATH"] = [dirname(process.execPath), ...folders].join(delimiter);
  });
  after(async () => {
    await stack.close();
    await simulator.close();
    folder.remove();
  });

  it("is installed without this package, and serves a program", async () => {
    // A copy, because other specs use what the build made.
    for (const name of ["dist", "plugin", "package.json", "provider/hosts/plugin/pack.mjs"]) {
      cpSync(join(root, name), join(folder.path, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder.path, "node_modules"));
    const packed = await run(process.execPath, [join(folder.path, "provider/hosts/plugin/pack.mjs")]);
    const [tarball = ""] = packed.stdout.split("\n");

    const { pulumiHome, envVars } = stack.stack.workspace;
    const env = { ...process.env, ...envVars, PULUMI_HOME: pulumiHome };
    await run("pulumi", ["plugin", "install", "resource", "apig", version, "--file", tarball], { env });
    stack.use(() => {
      const { appId } = new apig.App("app", { name: "shop_web" });
      new apig.AppCode("code", { appId });
      return Promise.resolve();
    });
    const { changes, text } = await stack.up();
    assert.equal(changes.create, 3);
    assert.doesNotMatch(text, /warning/);
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
  });
});
