import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../support/temporary";

const run = promisify(execFile);
const repository = resolve(__dirname, "../../..");
const planted = "planted-secret-4711";

/**
 * The digest of the text that the engine keeps in state, for each shell, by the way the package was installed. A change
 * here means that every state in the world gets new text: it needs a reason, and the old texts have to keep working.
 */
const golden: Record<string, { readonly packed: string; readonly linked: string }> = {
};

/** Serializes a shell the way the SDK's dynamic resources do, in a process of its own, and prints the text as JSON. */
const serialize = `
  const { runtime } = require("@pulumi/pulumi");
  const provider = require("pulumi-apig/dist/shells/" + process.argv[2] + ".js");
  runtime.serializeFunction(() => provider, { allowSecrets: true }).then(({ text, containsSecrets }) =>
    console.log(JSON.stringify({ text, containsSecrets })));
`;

interface Serialized {
  readonly text: string;
  readonly containsSecrets: boolean;
}

describe("the text that stands in state for a resource type", function () {
  this.timeout(120_000);
  const shells = readdirSync(join(repository, "provider/shells")).map((file) => file.replace(/\.ts$/, ""));
  const folder = temporaryFolder();
  const program = join(folder.path, "program");

  async function textOf(shell: string, from: string): Promise<Serialized> {
    const script = join(from, "serialize.cjs");
    const { stdout } = await run(process.execPath, [script, shell], {
      cwd: from,
      env: { ...process.env, HW_SECRET_KEY: planted, HW_AUTH_TOKEN: planted },
    });
    return JSON.parse(stdout) as Serialized;
  }

  /** A folder like a user's program, with the packed package beside the other dependencies. */
  before(async () => {
    const modules = join(program, "node_modules");
    mkdirSync(modules, { recursive: true });
    for (const name of readdirSync(join(repository, "node_modules"))) {
      if (name !== "pulumi-apig") symlinkSync(join(repository, "node_modules", name), join(modules, name));
    }
    const pack = ["pack", "--ignore-scripts", "--pack-destination", folder.path, "--json"];
    const { stdout } = await run("npm", pack, { cwd: repository });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    mkdirSync(join(modules, "pulumi-apig"));
    await run("tar", ["xzf", join(folder.path, filename), "-C", join(modules, "pulumi-apig"), "--strip-components=1"]);
    writeFileSync(join(program, "serialize.cjs"), serialize);

    const linked = join(folder.path, "linked", "node_modules");
    mkdirSync(linked, { recursive: true });
    symlinkSync(repository, join(linked, "pulumi-apig"));
    symlinkSync(join(repository, "node_modules/@pulumi"), join(linked, "@pulumi"));
    writeFileSync(join(linked, "..", "serialize.cjs"), serialize);
  });
  after(() => folder.remove());

  for (const shell of shells) {
    it(`of ${shell}, installed from a package, is a golden text of at most 400 bytes`, async () => {
      const { text, containsSecrets } = await textOf(shell, program);
      assert.ok(text.length <= 400, `${text.length} bytes`);
      assert.equal(containsSecrets, false);
      assertClean(text);
      assert.equal(digest(text), golden[shell]?.packed, text);
    });

    it(`of ${shell}, linked, is a golden text of at most 2,500 bytes`, async () => {
      const { text, containsSecrets } = await textOf(shell, join(folder.path, "linked"));
      assert.ok(text.length <= 2500, `${text.length} bytes`);
      assert.equal(containsSecrets, false);
      assertClean(text);
      assert.equal(digest(text), golden[shell]?.linked, text);
    });
  }

  it("is known for every shell, and for no other", () => {
    assert.deepEqual(Object.keys(golden).sort(), shells.sort());
  });

  function assertClean(text: string): void {
    assert.ok(!text.includes(planted));
    assert.ok(!text.includes(repository) && !text.includes(folder.path), "a path of this machine");
    const required = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.ok(required.length > 0);
    for (const name of required) assert.match(name ?? "", /^pulumi-apig\/(handlers|dist\/shells\/[a-z-]+\.js)$/);
  }
});

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
