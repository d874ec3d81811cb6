/** Makes folders like a user's: one with the package as npm installs it from its tarball, one with a link to it. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { run } from "../engine/run";

const repository = resolve(__dirname, "../..");
const modules = join(repository, "node_modules");

export interface Layout {
  /** The program of `programs/`, with the package unpacked from its tarball. */
  readonly packed: string;
  /** The same with a link to this repository, as in a workspace. */
  readonly linked: string;
  /** The module to preload into the provider process. */
  readonly observer: string;
}

/** @param folder an empty folder for everything */
export async function layOut(folder: string): Promise<Layout> {
  const packed = join(folder, "packed");
  makeProgram(packed);
  await install(folder, join(packed, "node_modules/pulumi-apig"));

  const linked = join(folder, "linked");
  makeProgram(linked);
  symlinkSync(repository, join(linked, "node_modules/pulumi-apig"));

  const observer = join(folder, "observer.js");
  compile("observer.ts", observer);
  return { packed, linked, observer };
}

/** A program with everything that it needs, but without the package. */
function makeProgram(folder: string): void {
  mkdirSync(join(folder, "node_modules/do-nothing"), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name !== "pulumi-apig") symlinkSync(join(modules, name), join(folder, "node_modules", name));
  }
  const runtime = { name: "nodejs", options: { typescript: false } };
  const plugins = { providers: [{ name: "apig", path: "node_modules/pulumi-apig/plugin" }] };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "bench", runtime, plugins }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "bench", private: true, main: "index.js" }));
  compile("programs/program.ts", join(folder, "index.js"));

  const doNothing = join(folder, "node_modules/do-nothing");
  writeFileSync(join(doNothing, "package.json"), JSON.stringify({ name: "do-nothing", version: "1.0.0" }));
  for (const name of ["index", "bare", "same-shape"]) {
    compile(`programs/do-nothing/${name}.ts`, join(doNothing, `${name}.js`));
  }
  symlinkSync(doNothing, join(folder, "do-nothing"));
}

/** Packs the package, which also builds it, and unpacks it. */
async function install(folder: string, target: string): Promise<void> {
  const options = { env: process.env, cwd: repository, timeout: 300_000 };
  await run("npm", ["pack", "--pack-destination", folder], options);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  mkdirSync(target);
  await run("tar", ["xzf", join(folder, tarball), "-C", target, "--strip-components=1"], options);
}

/** Compiles a program as a user's build does: it runs as plain JavaScript. */
function compile(source: string, target: string): void {
  const { outputText } = transpileModule(readFileSync(join(__dirname, source), "utf8"), {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  });
  writeFileSync(target, outputText);
}
