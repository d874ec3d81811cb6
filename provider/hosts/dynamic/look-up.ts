/**
 * Runs look-ups. They are plain functions in the program's process, because dynamic providers have no invoke. They run
 * on every preview and update.
 */
import * as pulumi from "@pulumi/pulumi";
import { Connection } from "../../settings/connection";
import { ProviderError, type ErrorKind } from "../../http/errors";
import { loadSettings, type Lookup } from "../../settings/settings";

/** Options of a look-up. */
export interface LookupOptions {
  /** The provider whose settings are used. Default: for each key, the stack's config, else the environment. */
  readonly provider?: SettingsHolder | undefined;
}

/** The part of an explicit provider that a look-up needs: its settings, with keys such as `huaweicloud:region`. */
export interface SettingsHolder {
  readonly settings: pulumi.Output<Readonly<Record<string, string>>>;
}

/** A look-up that failed. It ends the program with its message and no stack. */
export class LookupError extends pulumi.RunError {
  override readonly name = "LookupError";

  /** @param kind what went wrong; `not-found` differs from `forbidden` */
  constructor(
    message: string,
    readonly kind: ErrorKind,
    cause?: Error,
  ) {
    super(message, cause && { cause });
  }
}

/** The connections of this process by their settings. Look-ups share their tokens, limits and running queries. */
const connections = new Map<string, Connection>();

/**
 * Runs a look-up when its arguments and the provider's settings are known. Until then the result is unknown, and
 * nothing is called.
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
  // The settings hold credentials and are secret. The result holds none, so it must not become secret, too.
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
