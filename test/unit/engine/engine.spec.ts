import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildEngine } from "../../engine/build";
import { ensureEngine, locateEngine, type Installer } from "../../engine/engine";
import { engineVersion, programs } from "../../engine/find";
import { temporaryFolder } from "../../support/temporary";
import { writeFakeEngine, writeScript } from "./fake-engine";

describe("ensuring an engine", () => {
  const folder = temporaryFolder();
  let home: string;
  let onPath: string;
  let env: Record<string, string>;
  let log: string[];
  let n = 0;

  beforeEach(() => {
    home = join(folder.path, `home-${++n}`);
    onPath = join(folder.path, `path-${n}`);
    mkdirSync(onPath);
    env = { PULUMI_HOME: home, PATH: onPath };
    log = [];
  });
  after(() => folder.remove());

  const versions = (): string => join(home, "versions");
  const cached = (): string => join(versions(), engineVersion, "bin");
  const writes =
    (names: readonly string[]): Installer =>
    (bin) => {
      writeFakeEngine(bin, engineVersion, names);
      return Promise.resolve();
    };
  const works = writes(programs);
  const fails =
    (why: string): Installer =>
    () =>
      Promise.reject(new Error(why));
  const never: Installer = () => assert.fail("must not be tried");
  const ensure = (download: Installer, build: Installer): ReturnType<typeof ensureEngine> =>
    ensureEngine((line) => log.push(line), env, { download, build });

  it("takes the one on PATH first", async () => {
    writeFakeEngine(onPath, "3.300.0");
    writeFakeEngine(cached());
    assert.deepEqual(await ensure(never, never), { how: "PATH", bin: onPath, version: "3.300.0" });
  });

  it("takes the cached one when the one on PATH is too old", async () => {
    writeFakeEngine(onPath, "3.100.0");
    writeFakeEngine(cached());
    assert.deepEqual(await ensure(never, never), { how: "cache", bin: cached(), version: engineVersion });
  });

  it("downloads when there is none, into the folder where the npm launcher looks", async () => {
    assert.deepEqual(await ensure(works, never), { how: "download", bin: cached(), version: engineVersion });
    assert.deepEqual(await ensure(never, never), { how: "cache", bin: cached(), version: engineVersion });
  });

  it("builds when the download fails, and says why it failed", async () => {
    assert.equal((await ensure(fails("no route"), works)).how, "build");
    assert.deepEqual(log, ["download failed: no route"]);
  });

  it("replaces a cached one that does not run", async () => {
    writeFakeEngine(cached());
    writeScript(join(cached(), "pulumi"), "exit 1");
    assert.equal((await ensure(works, never)).how, "download");
    assert.ok(!Array.isArray(await locateEngine(env)));
  });

  it("ends with one sentence that says what was tried and what to install", async () => {
    writeFakeEngine(onPath, "3.100.0");
    await assert.rejects(ensure(fails("no route"), fails("there is no `go` on PATH")), ({ message }: Error) => {
      assert.equal(message.split("\n").length, 1);
      assert.match(message, /^No Pulumi engine 3\.259\.0 or newer/);
      assert.match(message, /PATH \(.* has version 3\.100\.0\)/);
      assert.ok(message.includes(`${cached()} (there is no pulumi`));
      assert.match(message, /download \(no route\)/);
      assert.match(message, /build \(there is no `go` on PATH\)/);
      assert.match(message, /install Pulumi from .* or Go 1\.25\.11 or newer/);
      return true;
    });
  });

  it("leaves nothing behind when an installer dies half-way", async () => {
    const half: Installer = (bin) => {
      writeFakeEngine(bin, engineVersion, ["pulumi"]);
      return Promise.reject(new Error("disk full"));
    };
    await assert.rejects(ensure(half, half), /disk full/);
    assert.deepEqual(readdirSync(versions()), [`${engineVersion}.lock`]);
  });

  it("does not trust an installer: what it made has to run", async () => {
    const incomplete = writes(["pulumi"]);
    await assert.rejects(ensure(incomplete, incomplete), /download \(there is no pulumi-language-nodejs/);
    assert.equal(existsSync(join(versions(), engineVersion)), false);
  });

  describe("built from Go modules", () => {
    const build = (): Promise<void> => buildEngine(join(folder.path, "unused"), (line) => log.push(line), env);

    it("says so when there is no Go on PATH", async () => {
      await assert.rejects(build(), /^Error: there is no `go` on PATH$/);
      assert.deepEqual(log, []);
    });

    it("quotes Go when it refuses, for example because it is too old", async () => {
      const refusal = "go: go.mod requires go >= 1.25.11 (running go 1.20; GOTOOLCHAIN=local)";
      writeScript(join(onPath, "go"), `test "$1" = version || { echo '${refusal}' >&2; exit 1; }`);
      await assert.rejects(build(), { message: refusal });
    });
  });
});
