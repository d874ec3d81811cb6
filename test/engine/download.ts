import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { engineVersion, type Environment } from "./find";
import { run, type Log } from "./run";

/**
 * Lets the official npm launcher download the engine into a separate home folder next to `bin`, and moves it to `bin`.
 * @throws Error with the launcher's reason, or that it took too long
 */
export async function downloadEngine(bin: string, log: Log, env: Environment): Promise<void> {
  log(`downloading pulumi ${engineVersion}`);
  const home = `${bin}.download`;
  await run(process.execPath, [require.resolve("pulumi/run.js"), "version"], {
    env: {
      ...env,
      PULUMI_HOME: home,
      PULUMI_VERSION: engineVersion,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NODE_USE_ENV_PROXY: "1", // without it, Node's own fetch, which the launcher uses, ignores proxy variables
    },
    timeout: 5 * 60_000,
    progress: { what: `downloading pulumi ${engineVersion}`, log },
  });
  await rm(bin, { recursive: true, force: true });
  await rename(join(home, "versions", engineVersion, "bin"), bin);
  await rm(home, { recursive: true, force: true });
}
