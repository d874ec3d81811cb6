import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const run = promisify(execFile);
export const repository = resolve(__dirname, "../..");

/** Packs the package as npm would publish it. @returns the path of the archive, and the paths in it */
export async function packTo(folder: string): Promise<{ readonly archive: string; readonly files: readonly string[] }> {
  const options = ["pack", "--ignore-scripts", "--pack-destination", folder, "--json"];
  const { stdout } = await run("npm", options, { cwd: repository });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return { archive: join(folder, filename), files: files.map(({ path }) => path) };
}
