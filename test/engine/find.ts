import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, sep } from "node:path";
import { version as wanted } from "pulumi/package.json";
import { run } from "./run";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The version of all programs of the engine: that of the `pulumi` launcher in this repository's dependencies. */
export const engineVersion: string = wanted;

/** What programs here need: the engine, the hosts of Node.js and of YAML, the starter of dynamic providers. */
export const programs = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-language-yaml",
  "pulumi-resource-pulumi-nodejs",
] as const;

/** Where the npm launcher (and, without `PULUMI_HOME`, the Automation API) keeps the engine; the programs are in `bin` below it. */
export function cacheFolder(env: Environment): string {
  const home = env["PULUMI_HOME"] ?? "";
  return join(home === "" ? join(homedir(), ".pulumi") : home, "versions", engineVersion);
}

/** Whether `actual` (`3.259.0`, `v3.260.1-dev.2`) is the `minimum` or newer within the same major version. */
export function isAtLeast(actual: string, minimum: string): boolean {
  const [is, must] = [actual, minimum].map((text) => /^v?(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number));
  if (is === undefined || must === undefined || is[0] !== must[0]) return false;
  const [minor = 0, patch = 0] = is.slice(1);
  const [minMinor = 0, minPatch = 0] = must.slice(1);
  return minor > minMinor || (minor === minMinor && patch >= minPatch);
}

/** The folders of `PATH`, in order. */
export function pathFolders(env: Environment): string[] {
  return (env["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
}

/** The first folder that has the program. The npm launcher does not count: it is no engine, it downloads one. */
async function folderOf(program: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    try {
      const file = join(folder, program);
      await access(file, constants.X_OK);
      if (!(await realpath(file)).includes(`${sep}node_modules${sep}`)) return folder;
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * Looks for an engine that works.
 * @param folders where its programs may be, in order
 * @returns the folder of `pulumi` and its version
 * @throws Error with the reason why there is none
 */
export async function findEngine(folders: readonly string[]): Promise<{ bin: string; version: string }> {
  const found = await Promise.all(programs.map((program) => folderOf(program, folders)));
  const missing = programs.filter((_, index) => found[index] === undefined);
  const bin = found[0];
  if (bin === undefined || missing.length > 0) throw new Error(`there is no ${missing.join(" and no ")}`);
  // Without the switch the command asks a server for a newer version first.
  const env = { PATH: folders.join(delimiter), HOME: homedir(), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const version = (await run(join(bin, "pulumi"), ["version"], { env, timeout: 30_000 })).trim().replace(/^v/, "");
  if (!isAtLeast(version, engineVersion)) throw new Error(`${bin} has version ${version}`);
  return { bin, version };
}
