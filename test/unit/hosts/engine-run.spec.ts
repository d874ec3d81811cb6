/** Claims of the provider processes of one engine run, and the files that are left afterwards. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { EngineRun } from "../../../provider/hosts/engine/run";
import { Claims } from "../../../provider/lifecycle/claims";
import { temporaryFolder } from "../../support/temporary";

const engine = "127.0.0.1:12345";
const repository = resolve(__dirname, "../../..");

describe("An engine run", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** What another process sees of a key that this process claims, and of a key that it handed over. */
  function elsewhere(address: string, key: string): string {
    const script = `
      const { EngineRun } = require("./provider/hosts/engine/run");
      const { Claims } = require("./provider/lifecycle/claims");
      const claims = new Claims(new EngineRun(${JSON.stringify(address)}, ${JSON.stringify(folder.path)}));
      const twice = claims.checked({}, ["the app named web"], true, false);
      console.log([claims.isHeld(${JSON.stringify(key)}), claims.isOurs(${JSON.stringify(key)}), twice ?? "free"].join());
    `;
    const options = { cwd: repository, encoding: "utf8" } as const;
    return spawnSync(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", script], options).stdout.trim();
  }

  it("is known to all its processes, and to those of no other run", () => {
    const claims = new Claims(new EngineRun(engine, folder.path));
    claims.checked({ name: "web" }, ["the app named web"], true, false);
    claims.begun({ name: "web" });
    claims.made({ name: "web" }, ["app 1"]);
    assert.equal(elsewhere(engine, "app 1"), "true,false,the app named web");
    assert.equal(elsewhere(engine, "app 2"), "false,false,the app named web");
    assert.equal(elsewhere("127.0.0.1:1", "app 1"), "false,false,free");
    claims.handOver("app 1");
    assert.equal(elsewhere("127.0.0.1:1", "app 1"), "false,true,free");
  });

  it("is told from the one before it in the same command of the engine, but not from those of other commands", () => {
    const command = { pid: process.pid, started: "1", words: ["pulumi", "up"] };
    const [preview, update] = [new EngineRun(engine, folder.path), new EngineRun("127.0.0.1:1", folder.path)];
    assert.ok(preview.isFirst("app web", command));
    assert.ok(!update.isFirst("app web", command));
    assert.ok(update.isFirst("app shop", command));
    assert.ok(update.isFirst("app web", { ...command, started: "2" }));
    assert.ok(update.isFirst("app web", undefined), "where no command is known all is said");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    update.isFirst("app web", { ...command, pid: dead, started: "3" });
    new Claims(update).made({}, ["app 1"]);
    const left = readdirSync(join(folder.path, "runs"));
    assert.ok(left.includes("command-1") && !left.includes("command-3"), "later runs remove what dead commands left");
    assert.doesNotMatch(readFileSync(join(folder.path, "runs", "command-1", String(process.pid)), "utf8"), /app/);
  });

  it("leaves no file behind, believes no dead process, and holds no key that could be read", () => {
    const run = join(folder.path, "runs", "127.0.0.1_12345");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, String(dead)), `[0,"made",["${"x".repeat(22)}"],[],[]]\n`);
    assert.equal(elsewhere(engine, "app 1"), "false,false,free");
    assert.ok(!existsSync(run));

    const claims = new Claims(new EngineRun(engine, folder.path));
    claims.made({ name: "web" }, ["app 1"]);
    assert.deepEqual(readdirSync(run), [String(process.pid)]);
    assert.equal(statSync(run).mode & 0o077, 0);
  });
});
