/**
 * Puts one mistake after the other into a copy of the package. The specs of the same folder must notice each.
 * Run by `npm run test:faults`, or alone: `npx ts-node test/faults/mutants.ts`.
 */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import * as ts from "typescript";
import { temporaryFolder } from "../support/temporary";
import { mutations } from "./mutations";

const root = resolve(__dirname, "../..");

/** A copy of what git knows, with the same dependencies. */
function copyTo(folder: string): void {
  const files = execFileSync("git", ["ls-files", "provider", "test", "*.json", "*.md"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of files.split("\n").filter(Boolean)) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/** Whether the specs of a folder pass. Types are not checked. */
function pass(copy: string, folder: string): Promise<boolean> {
  const program = resolve(require.resolve("mocha/package.json"), "../bin/mocha.js");
  const options = ["--no-config", "--bail", "--require", "ts-node/register", "--timeout", "60000"];
  // A mistake may make an endless loop: the time limit notices that, before the memory is full.
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=1024", program, ...options, `test/unit/${folder}/**/*.spec.ts`],
    {
      cwd: copy,
      env: { ...process.env, TS_NODE_TRANSPILE_ONLY: "true" },
      stdio: "ignore",
      timeout: 300_000,
    },
  );
  return new Promise((resolved) => child.once("close", (code) => resolved(code === 0)));
}

function isProgram(text: string): boolean {
  return ts.transpileModule(text, { reportDiagnostics: true }).diagnostics?.length === 0;
}

/** @returns mistakes that no spec noticed, and texts that do not occur exactly once any more */
async function breakEach(copy: string, folder: string): Promise<string[]> {
  if (!(await pass(copy, folder))) return [`${folder}: its specs fail as it is`];
  const found: string[] = [];
  for (const [name, text, replacement] of mutations[folder] ?? []) {
    const file = join(copy, "provider", name);
    const whole = readFileSync(file, "utf8");
    const [before = "", after, ...more] = whole.split(text);
    if (after === undefined || more.length > 0) {
      found.push(`${name}: not there exactly once: ${text}`);
      continue;
    }
    const broken = `${before}${replacement}${after}`;
    if (!isProgram(broken)) {
      found.push(`${name}: no program: ${replacement}`);
      continue;
    }
    writeFileSync(file, broken);
    if (await pass(copy, folder)) found.push(`${name}: nobody noticed ${replacement} in place of ${text}`);
    writeFileSync(file, whole);
  }
  return found;
}

/** Prints the mistakes that no spec noticed. */
export async function allNoticed(): Promise<boolean> {
  const waiting = Object.keys(mutations);
  const found: string[] = [];
  const work = async () => {
    const scratch = temporaryFolder();
    copyTo(scratch.path);
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      found.push(...(await breakEach(scratch.path, folder)));
    }
    scratch.remove();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const total = Object.values(mutations).flat().length;
  console.log([`${total} mistakes, ${found.length} of them unnoticed`, ...found].join("\n  "));
  return found.length === 0;
}

if (require.main === module) {
  void allNoticed().then((isGood) => {
    process.exitCode = isGood ? 0 : 1;
  });
}
