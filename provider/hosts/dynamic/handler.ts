/**
 * Adapts resource types to `pulumi.dynamic`: its requests and answers, the errors that it expects for failures and
 * half-made resources, and the blank id that means "gone".
 */
import type { Properties } from "../../lifecycle/properties";
import type { ResourceType, Result, Surroundings } from "../../lifecycle/contract";
import { WordedError } from "../../lifecycle/errors";
import { manage } from "../../lifecycle/manage";
import type { Lookup } from "../../settings/settings";
import type { CheckFailure } from "../../lifecycle/validate";
import { comesFromPlugin, fromHost, toHost, withProviderText } from "./translate";

/** The request of the host's `configure`: all config of the stack, or the inputs of an explicit provider. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/** The calls of the host. They come through a shell. */
export interface Handler {
  configure(request: ConfigureRequest): Promise<void>;
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id: string; props: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/**
 * What the handlers of one provider process share.
 *
 * @internal
 */
export interface Host extends Surroundings {
  configure(config: Lookup): void;
}

/**
 * Makes the object that the host calls.
 *
 * @internal
 */
export function implement<Args extends object, State extends object>(
  type: ResourceType<Args, State>,
  host: Host,
): Handler {
  const managed = manage(type, host);
  return {
    // Does all its work before it returns: the host does not wait for it before other calls.
    configure({ config }) {
      host.configure((key) => config.get(key));
      return Promise.resolve();
    },

    async check(olds, news) {
      const { inputs, failures } = await managed.check(fromHost(olds), fromHost(news));
      return { inputs: toHost(inputs), failures: [...failures] };
    },

    diff: (id, olds, news) =>
      thrown(async () => {
        const { changed, replaces, ...order } = await managed.diff(id, fromHost(olds), fromHost(news));
        return { ...order, replaces: [...replaces], changes: changed.length > 0 || comesFromPlugin(olds, news) };
      }),

    create: (news) =>
      thrown(async () => {
        const { id, outs } = finished("create", await managed.create(fromHost(news)), news);
        return { id, outs };
      }),

    read: (id, props) =>
      thrown(async () => {
        const seen = await managed.read(id, fromHost(props));
        if (seen === undefined) return { id: "", props: {} };
        // The engine compares inputs, so the next preview shows drift only if inputs are returned, too.
        return { id, props: toHost(seen.state), ...(seen.drifted && { inputs: toHost(seen.inputs) }) };
      }),

    update: (id, olds, news) =>
      thrown(async () => {
        const [old, inputs] = [fromHost(olds), fromHost(news)];
        const moves = comesFromPlugin(olds, news) && (await managed.diff(id, old, inputs)).changed.length === 0;
        if (moves) return { outs: toHost(old) };
        const { outs } = finished("update", await managed.update(id, old, inputs), news);
        return { outs };
      }),

    delete: (id, props) => thrown(() => managed.delete(id, fromHost(props))),
  };
}

/**
 * The error that the host gets. The engine shows its message. For some calls the host also prints `${error}: ${stack}`;
 * name and stack are chosen so that this is one harmless line.
 */
class HostError extends Error {
  constructor(message: string, call: string) {
    super(message);
    this.name = "pulumi-apig";
    this.stack = `${call} failed, the reason follows`;
  }

  override toString(): string {
    return this.name;
  }
}

async function thrown<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof WordedError ? new HostError(error.message, error.call) : error;
  }
}

/**
 * Returns a finished object.
 *
 * @throws an error that makes the engine record a half-made object
 */
function finished(call: string, { id, state, failure }: Result, inputs: Properties): { id: string; outs: Properties } {
  const outs = toHost(state);
  if (failure === undefined) return { id, outs };
  const properties = withProviderText(outs, inputs);
  throw Object.assign(new HostError(failure, call), { id, properties, reasons: [failure] });
}
