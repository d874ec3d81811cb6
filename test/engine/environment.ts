/** Prefixes of the variables that the provider, the cloud's own tools, BK-CI and the engine read. */
const prefixes = /^(?:HW|HUAWEICLOUD|BKCI|OS|PULUMI)_/;

const proxies = /^(?:http|https|ftp|all|no)_proxy$/i;

/** The folder of the cached engine. It has no credentials, so it is kept. */
const kept = "PULUMI_HOME";

/**
 * The environment without any variable for a real cloud, a real BK-CI or a real state backend. For `npm start` and for
 * tests, which must not use what the user's shell has set.
 */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || proxies.test(name) || (prefixes.test(name) && name !== kept)) continue;
    clean[name] = value;
  }
  return clean;
}

/** Cleans the environment of this process, for libraries that give it to their child processes. */
export function enterCleanEnvironment(): void {
  const clean = cleanEnvironment(process.env);
  for (const name of Object.keys(process.env)) {
    if (!(name in clean)) Reflect.deleteProperty(process.env, name);
  }
}

/** Stops the engine from asking a server for a newer version or for plug-ins, which takes time and prints messages. */
export const quiet = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
} as const;
