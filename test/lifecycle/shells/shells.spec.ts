import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { shells as shellModules } from "../../../provider/hosts/dynamic/shells";
import { temporaryFolder } from "../../support/temporary";

const run = promisify(execFile);
const repository = resolve(__dirname, "../../..");
const planted = "planted-secret-4711";

/**
 * The digest of each shell's text in state, by how the package was installed. A change here means that every existing
 * state gets a new text: it needs a reason, and the old texts must still work.
 */
const golden: Record<string, { readonly packed: string; readonly linked: string }> = {
  "api-import": {
    packed: "e9ca97fea12b0852205235509dda8121e3b6d2c7b85bf25d429b28b2e376dd08",
    linked: "31d0cd478a5ffc680ec8c28c3d789917f70ffd3787c2c0cd54a116c1cd961329",
  },
  "api-publication": {
    packed: "1c68a4771e701bbdd8fef15219555522c36383866462129403c78d2894ac78c7",
    linked: "90e0882830d3b6f24d987592b50c1ad951d480ffddac172627f03d08c01f16d2",
  },
  "app-authorization": {
    packed: "e5f043743ab1a7a4020a3061c34adf47d75ad6bb6459c90b7a1c7883822924a9",
    linked: "b13d6363b769bcbdb157907461a1e1630181bb3f31db892a6dcaad5e2a781e21",
  },
  "app-code": {
    packed: "3c8a43568f3feac9cae0dfc771decc9fa34dca514a3aa2ee19ffadb227a65476",
    linked: "f825bb616994796e5c40d8df0c322551ae1cb1a5d59d772f38a7ef425373ad12",
  },
  app: {
    packed: "6aa7ce8f5604d35f572b3c2bac00e541d337c119d3146eeb40e3103976172c14",
    linked: "4192c92ac253e614d768a7ee4b532a8d0863f8ece7c797ec7dd94bc9bd3c38e6",
  },
  "bkci-credential": {
    packed: "69d673e2c81ed83e796e3cc8912ee7a341f3bb7cc48067cb1380200ad6986f8e",
    linked: "b08dbc761e23095a6bd93f1c48ff19ea513b56b5c19600f605b9d8a713600aa0",
  },
  environment: {
    packed: "aaeea163fb03ce9eb8f0b8f5fa8b66de244cef9b88a626ed831c3e2a46f3de16",
    linked: "f9943567eafdadf4834820ab02511c9174b6386e20dca23bd9761917626577dc",
  },
  "secret-tag-query": {
    packed: "e6c166e43e93e7fd3f554bd1707bda3f8e45da5f1297c7214dfddf35056871c4",
    linked: "76c35aec579d50b1f8819610e7cd3ab4884b8c6ee9ec9f334abac3e198046cf6",
  },
};

/** Serializes a shell like the SDK's dynamic resources, in a separate process, and prints the text as JSON. */
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

describe("the text of a resource type in state", function () {
  this.timeout(120_000);
  const shells = Object.values(shellModules);
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

  it("has a golden digest for every shell, and for no other", () => {
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
