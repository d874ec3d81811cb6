import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packTo, repository, run } from "../../support/packed";
import { temporaryFolder } from "../../support/temporary";

/** The package as npm would publish it, and a folder in which it is installed. */
export interface Packed {
  /** Paths in the package. */
  readonly files: readonly string[];
  /** A folder with the package in `node_modules`, as real files beside links to everything else. */
  readonly folder: string;
  readonly remove: () => void;
}

export async function pack(): Promise<Packed> {
  const temporary = temporaryFolder();
  const folder = temporary.path;
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "pulumi-apig"), { recursive: true });
  for (const name of readdirSync(join(repository, "node_modules"))) {
    if (name !== "pulumi-apig") symlinkSync(join(repository, "node_modules", name), join(modules, name));
  }
  const { archive, files } = await packTo(folder);
  await run("tar", ["xzf", archive, "-C", join(modules, "pulumi-apig"), "--strip-components=1"]);
  return { files, folder, remove: () => temporary.remove() };
}

/** Writes a program below the folder, for one module system, and returns its folder. */
export function writeProgram(folder: string, type: "commonjs" | "module", files: Record<string, string>): string {
  const program = join(folder, type);
  mkdirSync(program, { recursive: true });
  writeFileSync(join(program, "package.json"), JSON.stringify({ name: "program", type }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(program, name), text);
  return program;
}
