import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { buildEngine } from "./build";
import { downloadEngine } from "./download";
import { cacheFolder, engineVersion, findEngine, pathFolders, type Environment } from "./find";
import { withLock } from "./lock";
import type { Log } from "./run";

/** A Pulumi engine that works on this machine. To use it, put `bin` first on `PATH`. */
export interface Engine {
  /** `3.259.0` or newer. */
  readonly version: string;
  /** How it was found or installed. */
  readonly how: "PATH" | "cache" | "download" | "build";
  /** Absolute folder of `pulumi`. */
  readonly bin: string;
}

/** Fills the folder `bin` with the engine's programs, or throws the reason why it cannot. */
export type Installer = (bin: string, log: Log, env: Environment) => Promise<void>;

/** Ways to install, in the order in which they are tried. */
const installers: Readonly<Record<"download" | "build", Installer>> = { download: downloadEngine, build: buildEngine };

/** A way that did not work: `what` was tried, and `why` it failed. */
export interface Failure {
  readonly what: string;
  readonly why: string;
}

/**
 * Finds the engine where it may already be: on `PATH` with its language host, else in the cache of the npm launcher.
 * @returns the engine, or why each place has none
 */
export async function locateEngine(env: Environment = process.env): Promise<Engine | Failure[]> {
  const cache = join(cacheFolder(env), "bin");
  const places = [
    { how: "PATH", what: "PATH", folders: pathFolders(env) },
    { how: "cache", what: cache, folders: [cache] },
  ] as const;
  const failures: Failure[] = [];
  for (const { how, what, folders } of places) {
    try {
      return { how, ...(await findEngine(folders)) };
    } catch (error) {
      failures.push({ what, why: reason(error) });
    }
  }
  return failures;
}

/**
 * Makes sure that this machine has a working engine: one on `PATH`, else the cached one, else the official download, else
 * a build from Go modules. It is installed where the npm launcher searches it, completely or not at all, and by one
 * process at a time.
 * @param log gets one line for each step, and more lines during a long step
 * @throws Error with one sentence that says what was tried and what to install
 */
export async function ensureEngine(log: Log, env: Environment = process.env, ways = installers): Promise<Engine> {
  const located = await locateEngine(env);
  if (!Array.isArray(located)) return located;
  const root = cacheFolder(env);
  const onWait = (): void => log("another process is installing the engine, waiting for it");
  return withLock(`${root}.lock`, onWait, async () => {
    const again = await locateEngine(env); // the process before us may have installed it
    if (!Array.isArray(again)) return again;
    const failures = [...again];
    for (const how of ["download", "build"] as const) {
      try {
        return { how, ...(await install(root, (bin) => ways[how](bin, log, env))) };
      } catch (error) {
        log(`${how} failed: ${reason(error)}`);
        failures.push({ what: how, why: reason(error) });
      }
    }
    throw new Error(noWay(failures));
  });
}

/** Fills a folder beside `root`, tries the engine in it, and only then puts it in `root`'s place. The caller has the lock. */
async function install(root: string, fill: (bin: string) => Promise<void>): Promise<{ bin: string; version: string }> {
  const versions = dirname(root);
  const prefix = `.${basename(root)}-`;
  const leftovers = (await readdir(versions)).filter((name) => name.startsWith(prefix)); // of a killed process
  await Promise.all(leftovers.map((name) => rm(join(versions, name), { recursive: true, force: true })));

  const temporary = await mkdtemp(join(versions, prefix));
  try {
    await mkdir(join(temporary, "bin"));
    await fill(join(temporary, "bin"));
    const { version } = await findEngine([join(temporary, "bin")]);
    await rm(root, { recursive: true, force: true });
    await rename(temporary, root);
    return { bin: join(root, "bin"), version };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The error message for a machine on which no way works: one sentence. */
export function noWay(failures: readonly Failure[]): string {
  const tried = failures.map(({ what, why }) => `${what} (${why})`).join(", ");
  return (
    `No Pulumi engine ${engineVersion} or newer could be found or installed; tried ${tried}: ` +
    `install Pulumi from https://www.pulumi.com/docs/install/ or Go 1.25.11 or newer from https://go.dev/dl/, then run it again.`
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
