import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder, engineVersion, findEngine, isAtLeast, pathFolders, programs } from "../../engine/find";
import { temporaryFolder } from "../../support/temporary";
import { writeFakeEngine, writeScript } from "./fake-engine";

describe("finding an engine", () => {
  const folder = temporaryFolder();
  let bin: string;
  let n = 0;
  beforeEach(() => {
    bin = join(folder.path, String(++n));
    mkdirSync(bin);
  });
  after(() => folder.remove());

  const versions: [actual: string, enough: boolean][] = [
    ["3.259.0", true],
    ["v3.259.0", true],
    ["3.259.1", true],
    ["3.260.0-alpha.1", true],
    ["3.1000.0", true],
    ["3.258.9", false],
    ["3.99.300", false],
    ["2.300.0", false],
    ["4.0.0", false],
    ["(devel)", false],
    ["", false],
  ];
  for (const [actual, enough] of versions) {
    it(`${enough ? "takes" : "refuses"} version "${actual}" where 3.259.0 is asked for`, () => {
      assert.equal(isAtLeast(actual, "3.259.0"), enough);
    });
  }

  it("accepts a folder with all programs and says its version", async () => {
    writeFakeEngine(bin, "3.999.1");
    assert.deepEqual(await findEngine([bin]), { bin, version: "3.999.1" });
  });

  it("accepts a language host in another folder than the engine", async () => {
    const other = join(bin, "other");
    writeFakeEngine(bin, engineVersion, ["pulumi"]);
    writeFakeEngine(other, engineVersion, programs.slice(1));
    assert.equal((await findEngine([other, bin])).bin, bin);
  });

  it("refuses an engine without its language host and names that", async () => {
    writeFakeEngine(
      bin,
      engineVersion,
      programs.filter((name) => name !== "pulumi-language-nodejs"),
    );
    await assert.rejects(findEngine([bin]), /there is no pulumi-language-nodejs$/);
  });

  it("refuses an older engine and says its version", async () => {
    writeFakeEngine(bin, "3.200.0");
    await assert.rejects(findEngine([bin]), /has version 3\.200\.0$/);
  });

  it("refuses an engine that does not run and quotes it", async () => {
    writeFakeEngine(bin);
    writeScript(join(bin, "pulumi"), "echo 'cannot execute' >&2; exit 1");
    await assert.rejects(findEngine([bin]), /cannot execute/);
  });

  it("refuses a program that is not executable", async () => {
    writeFakeEngine(bin);
    chmodSync(join(bin, "pulumi-language-nodejs"), 0o644);
    await assert.rejects(findEngine([bin]), /there is no pulumi-language-nodejs/);
  });

  it("does not take the npm launcher for an engine, because that would download one", async () => {
    const launcher = join(bin, "node_modules", "pulumi");
    writeFakeEngine(launcher);
    writeFakeEngine(bin);
    writeScript(join(launcher, "run.js"), "exit 1");
    const linked = join(bin, "linked");
    mkdirSync(linked);
    symlinkSync(join(launcher, "run.js"), join(linked, "pulumi"));
    assert.equal((await findEngine([linked, launcher, bin])).bin, bin);
  });

  it("caches where the npm launcher looks: below PULUMI_HOME, else below the user's home", () => {
    assert.equal(cacheFolder({ PULUMI_HOME: "/p" }), `/p/versions/${engineVersion}`);
    const usual = join(homedir(), ".pulumi", "versions", engineVersion);
    assert.equal(cacheFolder({}), usual);
    assert.equal(cacheFolder({ PULUMI_HOME: "" }), usual);
  });

  it("leaves relative and empty entries of PATH out", () => {
    assert.deepEqual(pathFolders({ PATH: "/a::.:b:/c" }), ["/a", "/c"]);
    assert.deepEqual(pathFolders({}), []);
  });
});
