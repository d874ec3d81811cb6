import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { downloadEngine } from "../../engine/download";
import { engineVersion, findEngine, programs } from "../../engine/find";
import { temporaryFolder } from "../../support/temporary";

describe("downloading an engine", () => {
  const folder = temporaryFolder();
  let root: string;
  let n = 0;
  beforeEach(() => {
    root = join(folder.path, String(++n));
    mkdirSync(join(root, "bin"), { recursive: true });
  });
  after(() => folder.remove());

  /** Lets the real launcher run with another `fetch`, so that nothing leaves the machine. */
  const download = (fetch: string): Promise<void> => {
    const preload = join(root, "..", `fetch-${n}.js`);
    writeFileSync(preload, `globalThis.fetch = ${fetch};`);
    const env = { PATH: process.env["PATH"], NODE_OPTIONS: `--require ${preload}` };
    return downloadEngine(join(root, "bin"), () => undefined, env);
  };

  it("takes what the official installer put into the launcher's cache, and leaves nothing else", async () => {
    const installer = `
while test "$1" != --install-root; do shift; done
mkdir -p "$2/bin" && cd "$2/bin"
for name in ${programs.join(" ")}; do
  printf '#!/bin/sh\\necho v${engineVersion}\\n' > $name && chmod +x $name
done`;
    await download(`async () => new Response(${JSON.stringify(installer)})`);
    assert.equal((await findEngine([join(root, "bin")])).version, engineVersion);
    assert.deepEqual(readdirSync(root), ["bin"]);
  });

  it("fails with the launcher's reason when the site cannot be reached", async () => {
    await assert.rejects(download(`async () => { throw new TypeError("fetch failed") }`), /fetch failed/);
  });
});
