/** Prefixes that the provider, the cloud's own tools, BK-CI and the engine read. */
const prefixes = /^(?:HW|HUAWEICLOUD|BKCI|OS|PULUMI)_/;

const proxies = /^(?:http|https|ftp|all|no)_proxy$/i;

/** Where the engine is cached: it names no account. */
const kept = "PULUMI_HOME";

/**
 * The environment without anything that could lead a program to a real cloud, a real BK-CI or a real state backend: for
 * `npm start` and for tests, whatever the shell that starts them holds.
 */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || proxies.test(name) || (prefixes.test(name) && name !== kept)) continue;
    clean[name] = value;
  }
  return clean;
}

/** Makes this process itself clean, for libraries that hand their own environment on to children. */
export function enterCleanEnvironment(): void {
  const clean = cleanEnvironment(process.env);
  for (const name of Object.keys(process.env)) {
    if (!(name in clean)) Reflect.deleteProperty(process.env, name);
  }
}

/** Keeps the engine from asking a server for a newer version or for plug-ins, and so from being slow or loud. */
export const quiet = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
} as const;
