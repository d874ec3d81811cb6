/**
 * How look-ups reach the services. They are plain functions that run in the program's process, on every preview and
 * update: dynamic providers have no invoke.
 */
import * as pulumi from "@pulumi/pulumi";
import { Connection } from "../../settings/connection";
import { ProviderError, type ErrorKind } from "../../http/errors";
import { loadSettings, type Lookup } from "../../settings/settings";

/** Options of a look-up. */
export interface LookupOptions {
  /** Whose settings are used. Default: the stack's config, key by key else the environment. */
  readonly provider?: SettingsHolder | undefined;
}

/** What a look-up needs of an explicit provider: its settings under keys such as `huaweicloud:region`. */
export interface SettingsHolder {
  readonly settings: pulumi.Output<Readonly<Record<string, string>>>;
}

/** A look-up that failed. It ends the program with its message and no stack. */
export class LookupError extends pulumi.RunError {
  override readonly name = "LookupError";

  /** @param kind what went wrong: `not-found` and `forbidden` are different kinds */
  constructor(
    message: string,
    readonly kind: ErrorKind,
    cause?: Error,
  ) {
    super(message, cause && { cause });
  }
}

/** Connections of this process by their settings, so that look-ups share tokens, limits and queries under way. */
const connections = new Map<string, Connection>();

/**
 * Runs a look-up once its arguments and the provider's settings are known; until then the result is unknown and nothing
 * is called.
 *
 * @throws LookupError through the result
 *
 * @internal
 */
export function lookup<Args, Result>(
  args: pulumi.Output<Args>,
  options: LookupOptions | undefined,
  run: (args: Args, connection: Connection) => Promise<Result>,
): pulumi.Output<Result> {
  const ask = (config: Lookup) =>
    args.apply(async (known) => {
      try {
        return await run(known, connect(config));
      } catch (error) {
        throw error instanceof ProviderError ? new LookupError(error.message, error.kind, error) : error;
      }
    });
  const settings = options?.provider?.settings;
  // Settings hold credentials, the result does not: they must not make it secret.
  return settings ? pulumi.unsecret(settings).apply((flat) => ask((key) => flat[key])) : ask(stackConfig);
}

const stackConfig: Lookup = (key) => {
  const [section = "", name = ""] = key.split(":");
  return new pulumi.Config(section).get(name);
};

function connect(config: Lookup): Connection {
  const settings = loadSettings(config, process.env);
  const key = JSON.stringify(settings);
  const connection = connections.get(key) ?? new Connection(settings);
  connections.set(key, connection);
  return connection;
}
