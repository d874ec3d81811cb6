import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { repository, run } from "../../support/packed";
import { pack, writeProgram, type Packed } from "./consumer";

/** Uses every kind of export of the package. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";
import { secretTagQuery, type AppCodeArgs, type FoundSecret } from "pulumi-apig";

const app = new apig.App("app", { name: "app" });
const args: AppCodeArgs = { appId: app.appId, rotate: { month: "1" } };
export const code: pulumi.Output<string> = new apig.AppCode("code", args).appCode;
const shop = new apig.ApiImport("shop", { definition: new pulumi.asset.FileAsset("openapi.yaml") });
const query = new apig.SecretTagQuery("query", { action: "filter", select: ["state"] });
export const secrets: pulumi.Output<FoundSecret<"state">[]> = query.resources;
export const found = secretTagQuery({ action: "count" });
const eu = new apig.Provider("eu", { huaweicloud: { region: "eu-west-101" } });
new apig.Environment("test", { name: "test" }, { provider: eu });
new apig.ApiPublication("shop", { envId: "e", groupId: shop.groupId, triggers: shop.operations });
// @ts-expect-error: a property that does not exist
new apig.App("other", { colour: "red" });
`;

/** Serializes the shells as the SDK does, and prints their texts. */
const texts = (imports: string) => `
${imports}
const shells = ["app", "api-import", "secret-tag-query"];
const all = shells.map(async (shell) => {
  const provider = require("pulumi-apig/dist/shells/" + shell + ".js");
  return (await runtime.serializeFunction(() => provider, { allowSecrets: true })).text;
});
Promise.all(all).then((result) => console.log(JSON.stringify(result)));
`;

describe("The package", function () {
  this.timeout(120_000);
  let packed: Packed;
  before(async () => {
    packed = await pack();
  });
  after(() => packed.remove());

  it("holds compiled code, its types, documents with the guides, the plugin's starters and schema, and nothing else", () => {
    const plugin = ["plugin/pulumi-resource-apig", "plugin/pulumi-resource-apig.cmd", "dist/hosts/plugin/schema.json"];
    const others = packed.files.filter((path) => !plugin.includes(path));
    assert.equal(packed.files.length - others.length, plugin.length);
    const documents = others.filter((path) => !path.startsWith("dist/")).sort();
    const guides = readdirSync(join(repository, "docs")).map((name) => `docs/${name}`);
    const root = ["CHANGELOG.md", "LICENSE", "README.md", "README.zh-CN.md", "package.json"];
    assert.deepEqual(documents, [...root, ...guides].sort());
    for (const path of others.filter((each) => !documents.includes(each))) assert.match(path, /\.(js|d\.ts)$/);
  });

  it("holds every compiled source file once, without those that run only at build", () => {
    const sources = readdirSync(join(repository, "provider"), { recursive: true, encoding: "utf8" });
    const modules = sources.filter((path) => path.endsWith(".ts")).map((path) => path.replace(/\.ts$/, ""));
    const compiled = packed.files.flatMap((path) => /^dist\/(.*)(?<!\.d)\.js$/.exec(path)?.[1] ?? []);
    for (const name of modules) {
      assert.equal(compiled.includes(name), !name.startsWith(join("hosts", "plugin", "schema")), name);
    }
  });

  it("mentions no folder of this machine, no registry and no source map", () => {
    for (const path of packed.files) {
      const text = readFileSync(join(packed.folder, "node_modules/pulumi-apig", path), "utf8");
      for (const trace of [repository, `${homedir()}/`, "sourceMappingURL", "_resolved"]) {
        assert.ok(!text.includes(trace), `${path} holds ${trace}`);
      }
    }
  });

  it("writes no files: the engine keeps all that it knows. Only the command writes the files that the user asks for", () => {
    const writer = "dist/cli/write/folder.js";
    assert.ok(packed.files.includes(writer));
    for (const path of packed.files.filter((each) => each.endsWith(".js") && each !== writer)) {
      const text = readFileSync(join(packed.folder, "node_modules/pulumi-apig", path), "utf8");
      if (!/require\("(?:node:)?fs(?:\/promises)?"\)/.test(text)) continue;
      for (const [, name] of text.matchAll(/\b(?:fs|promises)_1\.(\w+)/g)) assert.match(name ?? "", /^read/, path);
    }
  });

  it("has the command: npx pulumi-apig says how it is used", async () => {
    const modules = join(packed.folder, "node_modules");
    const { bin } = JSON.parse(readFileSync(join(modules, "pulumi-apig/package.json"), "utf8")) as {
      bin: Record<string, string>;
    };
    const target = join(modules, "pulumi-apig", bin["pulumi-apig"] ?? "");
    // As npm does when it installs the package.
    chmodSync(target, 0o755);
    const folder = writeProgram(packed.folder, "commonjs", {});
    mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
    symlinkSync(target, join(folder, "node_modules/.bin/pulumi-apig"));
    const { stdout, stderr } = await run("npx", ["--no-install", "pulumi-apig", "--help"], { cwd: folder });
    assert.match(stdout, /^Usage: pulumi-apig adopt --out DIR/);
    assert.equal(stderr, "");
  });

  it("depends on few packages, for the reasons in CONTRIBUTING, and on the SDK as a peer", () => {
    const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as Record<string, object>;
    const peers = Object.keys(manifest["peerDependencies"] ?? {});
    assert.deepEqual(peers, ["@pulumi/pulumi"]);
    const contributing = readFileSync(join(repository, "CONTRIBUTING.md"), "utf8");
    const [, table = ""] = /^## Dependencies\n\n((?:\|.*\n)+)/m.exec(contributing) ?? [];
    const named = table
      .split("\n")
      .flatMap((row) => Array.from(row.matchAll(/`([^`]+)`(?=[^|]*\|[^|]*\|$)/g), ([, name]) => name));
    assert.deepEqual(named.sort(), [...peers, ...Object.keys(manifest["dependencies"] ?? {})].sort());
  });

  /** How programs are compiled: by the engine's default, and by the tsconfig of projects. */
  const compilers: Record<string, Pick<ts.CompilerOptions, "module" | "moduleResolution">> = {
    Node16: { module: ts.ModuleKind.Node16 },
    NodeNext: { module: ts.ModuleKind.NodeNext },
    "for a bundler": { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
    "the old way": { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
  };
  for (const type of ["commonjs", "module"] as const) {
    for (const [how, modules] of Object.entries(compilers)) {
      it(`has types that resolve in a ${type} program compiled ${how}`, () => {
        const folder = writeProgram(packed.folder, type, { "index.ts": program });
        const compiled = ts.createProgram([join(folder, "index.ts")], {
          ...modules,
          target: ts.ScriptTarget.ES2022,
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          // The check of all declarations is slow: once for each way to resolve them.
          skipLibCheck: type === "module" || how === "Node16",
          types: [],
        });
        const messages = ts.getPreEmitDiagnostics(compiled).map(({ file, messageText }) => {
          return `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
        });
        assert.deepEqual(messages, []);
        const files = compiled.getSourceFiles().map(({ fileName }) => fileName);
        const reached = files.filter((fileName) => fileName.includes("/node_modules/zod/"));
        assert.deepEqual(reached, [], "the types of a dependency that the program does not know");
      });
    }
  }

  it("gives an ESM program the same text for the state as a CommonJS one", async () => {
    const commonjs = writeProgram(packed.folder, "commonjs", {
      "texts.js": texts(`const { runtime } = require("@pulumi/pulumi");`),
    });
    const esm = writeProgram(packed.folder, "module", {
      "texts.js": texts(
        `import { createRequire } from "node:module"; import "pulumi-apig"; import { runtime } from "@pulumi/pulumi";
         const require = createRequire(import.meta.url);`,
      ),
    });
    const [one, other] = await Promise.all(
      [commonjs, esm].map((cwd) => run(process.execPath, ["texts.js"], { cwd, maxBuffer: 10_000_000 })),
    );
    assert.equal(one?.stdout, other?.stdout);
    assert.match(one?.stdout ?? "", /pulumi-apig/);
  });

  it("loads with require and with import, under the same names", async () => {
    const names = `console.log(JSON.stringify(Object.keys(apig).filter((name) => !/^(default|module\\.exports|__esModule)$/.test(name)).sort()))`;
    const commonjs = writeProgram(packed.folder, "commonjs", {
      "names.js": `const apig = require("pulumi-apig"); ${names}`,
    });
    const esm = writeProgram(packed.folder, "module", { "names.js": `import * as apig from "pulumi-apig"; ${names}` });
    const [one, other] = await Promise.all([commonjs, esm].map((cwd) => run(process.execPath, ["names.js"], { cwd })));
    assert.equal(one?.stdout, other?.stdout);
    assert.ok((JSON.parse(one?.stdout ?? "[]") as string[]).includes("AppCode"));
  });
});
