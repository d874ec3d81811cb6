/**
 * `npm run structure`: counts what makes it hard to find code. Circles of imports are searched among the files of
 * `provider/` and among its folders, including imports of types.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ICruiseResult } from "dependency-cruiser" with { "resolution-mode": "import" };

const root = resolve(__dirname, "../..");

/** Most lines of a file: longer files have more than one topic. */
const mostLines = 300;

export interface Structure {
  readonly circles: readonly string[];
  readonly longFiles: readonly string[];
  readonly besideTheirFolder: readonly string[];
}

export async function structureOf(folder = root): Promise<Structure> {
  const files = ["provider", "test", "examples"].flatMap((name) => sourcesIn(join(folder, name), name));
  return {
    circles: await circlesIn(folder),
    longFiles: files.filter((file) => lengthOf(join(folder, file)) > mostLines),
    besideTheirFolder: files.filter((file) => existsSync(join(folder, file.replace(/(?:\.spec)?\.ts$/, "")))),
  };
}

function sourcesIn(folder: string, name: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.split(/[\\/]/).includes("node_modules"))
    .map((path) => join(name, path))
    .sort();
}

function lengthOf(file: string): number {
  return readFileSync(file, "utf8").split("\n").length - 1;
}

async function circlesIn(folder: string): Promise<string[]> {
  const { cruise } = await import("dependency-cruiser");
  const circular = { from: {}, to: { circular: true } };
  const { output } = await cruise(["provider"], {
    baseDir: folder,
    validate: true,
    ruleSet: {
      forbidden: [
        { name: "circle of files", severity: "error", ...circular },
        { name: "circle of folders", severity: "error", scope: "folder", ...circular },
      ],
    },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  });
  const { violations } = (output as ICruiseResult).summary;
  return violations.map(({ rule, from, to }) => `${rule.name}: ${from} - ${to}`);
}

async function main(): Promise<void> {
  const { circles, longFiles, besideTheirFolder } = await structureOf();
  const found = [
    ["circles of imports", circles],
    [`files over ${mostLines} lines`, longFiles],
    ["files beside a folder of their name", besideTheirFolder],
  ] as const;
  for (const [what, all] of found) console.log([`${all.length} ${what}`, ...all].join("\n  "));
  process.exitCode = found.every(([, all]) => all.length === 0) ? 0 : 1;
}

if (require.main === module) void main();
