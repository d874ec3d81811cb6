/**
 * What the Pulumi host demands of a dynamic provider, done once for every resource type.
 *
 * A resource type is a {@link Definition}: its input schema and what create, read, update and delete mean. This file
 * turns it into the object that the host talks to. Together with `shells/` it is the only place that knows the host:
 * the `__provider` text in every bag, the placeholder for unknown values, how failures and half-made resources are
 * reported, and what a blank id means.
 */
import { isDeepStrictEqual } from "node:util";
import type { Connection } from "./connection";
import { hideSecret, knownOnly, validate, type CheckFailure, type InputRules } from "./lifecycle/check";
import { failedAs } from "./http/errors";
import type { Claims, Neighbours } from "./lifecycle/claims";
import { HostError, PartialCreateError, readable } from "./lifecycle/errors";
import { warn } from "./lifecycle/warn";

/** Version of the state layout, written into every state so that later packages can tell what they read. */
export const stateVersion = 1;

type Bag = Record<string, unknown>;

/** What `prepare` adds to the checked inputs, or the reasons why the service would refuse them. */
export interface Prepared {
  readonly inputs?: Bag;
  readonly failures?: readonly CheckFailure[];
}

/**
 * One resource type, free of everything that only the host cares about.
 *
 * @internal
 */
export interface Definition<Args extends object, State extends object> extends InputRules {
  /** The type's name in messages, for example `AppCode`. */
  readonly type: string;
  /** Inputs whose change needs a new object. */
  readonly replaceOn: readonly string[];
  /** Inputs that are no part of the object: a change of these alone does nothing. */
  readonly notCompared?: readonly string[];
  /** Inputs that the service or the package fills in when they are absent: absent then means "as it is". */
  readonly filledIn?: readonly string[];
  /** Inputs too large to repeat in the outputs. */
  readonly notKept?: readonly string[];
  /** Inputs that the id tells, so that the outputs need not repeat them: states are small where there are many. */
  fromId?(id: string): object;
  /** Whether old and new cannot exist side by side, so that a replacement deletes first. Default: new before old. */
  deleteBeforeReplace?(old: State, replaces: readonly string[]): boolean;
  /** Values for absent inputs, from the settings. */
  defaults(connection: Connection): object;
  /** Rules that span properties; gets the inputs that are valid and known, and the names of those not known yet. */
  rules?(inputs: Partial<Args>, unknown: ReadonlySet<string>): readonly CheckFailure[];
  /**
   * Computes inputs at preview, once everything known has been found valid. Gets the inputs that are known to the last
   * leaf, and the names of the others; what depends on those is answered as `unknownValue`.
   */
  prepare?(inputs: Partial<Args>, connection: Connection, unknown: ReadonlySet<string>): Promise<Prepared>;
  /** Properties that differ for other reasons than unequal inputs, such as another place. Inputs may be `unknownValue`. */
  differences?(old: State, inputs: Args, connection: Connection): Promise<readonly string[]>;
  /** Makes the object. The answered outputs are recorded beside the inputs. */
  create(inputs: Args, connection: Connection, neighbours: Neighbours): Promise<{ id: string; outputs: object }>;
  /**
   * What is there now, as outputs. Throws a not-found error when the object is gone.
   * `old` is undefined for `.get()`, where only the id is known.
   */
  read(id: string, old: State | undefined, connection: Connection): Promise<object>;
  /** Makes the object as `inputs` say; also called to finish a half-made create. */
  update(id: string, old: State, inputs: Args, connection: Connection, neighbours: Neighbours): Promise<object>;
  /** Removes the object, or what of it no neighbour holds. A not-found error counts as done. */
  delete(id: string, old: State, connection: Connection, neighbours: Neighbours): Promise<void>;
  /** Whether the object is many, of which `delete` looks at each: else one that a neighbour holds is not deleted at all. */
  readonly isMany?: boolean;
  /** Natural keys of what the resource is about, in words: in one program only one resource may want each. */
  wants?(inputs: Partial<Args>): readonly string[];
  /** Natural keys of what the object is at the service: a delete takes nothing that a live resource holds. */
  holds?(id: string, state: State): readonly string[];
  /** Keys of the very records that the resource made, where it may also live on those of others. */
  made?(state: State): readonly string[];
}

/** The request of the host's `configure`: all config of the stack, or the inputs of an explicit provider. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/** What the host calls, through a shell. */
export interface Handler {
  configure(request: ConfigureRequest): Promise<void>;
  check(olds: Bag, news: Bag): Promise<{ inputs: Bag; failures: CheckFailure[] }>;
  diff(
    id: string,
    olds: Bag,
    news: Bag,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Bag): Promise<{ id: string; outs: Bag }>;
  read(id: string, props: Bag): Promise<{ id: string; props: Bag; inputs?: Bag }>;
  update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }>;
  delete(id: string, props: Bag): Promise<void>;
}

/**
 * What the handlers of one provider process share.
 *
 * @internal
 */
export interface Host {
  configure(request: ConfigureRequest): void;
  /** Throws the settings error, each time it is asked, when the settings are wrong. */
  connection(): Connection;
  /** What the live resources of this engine run claim. */
  readonly claims: Claims;
  /** Whether this run updates only some resources of the program (`pulumi up --target`): nobody knows what the others claim. */
  isTargeted(): boolean;
}

/**
 * Makes the object that the host talks to.
 *
 * @internal
 */
export function implement<Args extends object, State extends object>(
  definition: Definition<Args, State>,
  host: Host,
): Handler {
  const declared = Object.keys(definition.inputs.shape);
  const compared = declared.filter((key) => !definition.notCompared?.includes(key));

  const undeclared = Object.fromEntries(declared.map((key) => [key, undefined]));

  const { claims } = host;
  const wants = (inputs: Bag) => definition.wants?.(knownOnly(inputs) as Partial<Args>) ?? [];
  const holds = (id: string, state: object) => definition.holds?.(id, { ...fromId(id), ...state } as State) ?? [];

  /** What tells one resource of a program from another: not what is as long as a book. */
  const about = (inputs: Bag) => pick(inputs, compared);

  const made = (state: object) => definition.made?.(state as State) ?? [];

  const fromId = (id: string): Bag => ({ ...definition.fromId?.(id) });
  const remembered = (id: string, olds: Bag): Bag => ({ ...fromId(id), ...withoutProvider(olds) });
  const record = (id: string, inputs: Bag, outputs: object): Bag =>
    omit(jsonSafe({ ...omit(inputs, definition.notKept), ...outputs, stateVersion }), Object.keys(fromId(id)));

  async function check(
    given: Bag,
    connection: Connection,
  ): Promise<{ inputs: Bag; failures: readonly CheckFailure[] }> {
    const defaults = { ...definition.defaults(connection) };
    const failures = validate(definition, given, defaults);
    if (failures.length > 0) return { inputs: given, failures };
    const inputs = { ...defaults, ...given };
    const known = knownOnly(inputs);
    const unknown = new Set(omitted(Object.keys(inputs), Object.keys(known)));
    const broken = definition.rules?.(known as Partial<Args>, unknown) ?? [];
    if (broken.length > 0) return { inputs, failures: broken };
    const prepared = await definition.prepare?.(known as Partial<Args>, connection, unknown);
    return { inputs: { ...inputs, ...prepared?.inputs }, failures: prepared?.failures ?? [] };
  }

  /** Claims what valid inputs are about. */
  function claim(inputs: Bag, isNew: boolean): readonly CheckFailure[] {
    const twice = claims.checked(about(inputs), wants(inputs), isNew, definition.deleteBeforeReplace !== undefined);
    return twice === undefined
      ? []
      : [{ property: "", reason: `another resource of this program is about ${twice}, too: declare it once` }];
  }

  const isNews = (advice: string): boolean => host.connection().isNews(advice);

  /** The secrets of the bags are masked in whatever a service says while they are handled. */
  function connect(bags: readonly Bag[]): Connection {
    const connection = host.connection();
    const keys = omitted(definition.secrets, definition.notKept);
    const values = bags.flatMap((bag) => Object.values(pick(bag, keys)));
    connection.keepSecrets(values.filter((value) => typeof value === "string"));
    return connection;
  }

  /**
   * Runs a call of the host. The host prints the stack of what is thrown at it, so that is none with a stack; and what is
   * half made is handed to the engine instead of being lost.
   *
   * @param bags what the host gave, the inputs first
   */
  async function told<Result>(
    call: string,
    bags: readonly [Bag, ...Bag[]],
    run: (connection: Connection) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await run(connect(bags));
    } catch (error) {
      const thrown = new HostError(readable(error, call, isNews), call);
      if (!(error instanceof PartialCreateError)) throw thrown;
      const [news] = bags;
      // The host merges nothing into these properties, and without `__provider` nobody could ever delete the object.
      const properties = {
        ...record(error.id, withoutProvider(news), error.state),
        __provider: news["__provider"],
      };
      throw Object.assign(thrown, { id: error.id, properties, reasons: [thrown.message] });
    }
  }

  /** @throws when it is not clear that no live resource of the program wants the object: it is then deleted by a later run */
  function mayGo(id: string, old: Bag): void {
    const wanted = wants(old).find((key) => claims.isWanted(key));
    if (wanted !== undefined) {
      throw new Error(
        `${definition.type} ${id} is kept: another resource of the program wants ${wanted}, and is not made yet.`,
      );
    }
    if (host.isTargeted() && !wants(old).some((key) => claims.isExpected(key))) {
      throw new Error(
        `${definition.type} ${id} is kept, because what was not targeted may still use it: run \`pulumi up\` without --target.`,
      );
    }
  }

  return {
    // Synchronous up to its end: the host lets other calls in before it has awaited this one.
    configure(request) {
      host.configure(request);
      return Promise.resolve();
    },

    async check(olds, news) {
      const given = withoutProvider(news);
      try {
        const checked = await check(given, connect([given]));
        const inputs = jsonSafe(checked.inputs);
        const isNew = Object.keys(withoutProvider(olds)).length === 0;
        const failures = checked.failures.length > 0 ? checked.failures : claim(inputs, isNew);
        return { inputs, failures: failures.map((failure) => hideSecret(failure, definition.secrets)) };
      } catch (error) {
        // A failure of the resource, because the host prints the stack of anything thrown here.
        return { inputs: given, failures: [{ property: "", reason: readable(error, "check", isNews) }] };
      }
    },

    diff: (id, olds, news) =>
      told("compare", [news, olds], async (connection) => {
        const old = remembered(id, olds);
        const inputs = withoutProvider(news);
        const claimed = claims.comparing(about(inputs), holds(id, { ...old, ...knownOnly(inputs) }), made(old));
        const unequal = compared.filter((key) => {
          const filledIn = inputs[key] === undefined && definition.filledIn?.includes(key);
          return !filledIn && !isDeepStrictEqual(old[key], inputs[key]);
        });
        const further = await definition.differences?.(old as State, inputs as Args, connection);
        const changed = [...new Set([...unequal, ...(further ?? [])])];
        const replaces = changed.filter((key) => definition.replaceOn.includes(key));
        claimed(replaces.length > 0 ? "replaced" : changed.length > 0 ? "changed" : "same");
        return {
          changes: changed.length > 0,
          replaces,
          deleteBeforeReplace:
            replaces.length > 0 && (definition.deleteBeforeReplace?.(old as State, replaces) ?? false),
        };
      }),

    create: (news) =>
      told("create", [news], async (connection) => {
        const inputs = withoutProvider(news);
        claims.begun(about(inputs));
        const { id, outputs } = await definition.create(inputs as Args, connection, claims).catch((error: unknown) => {
          if (error instanceof PartialCreateError)
            claims.made(about(inputs), holds(error.id, { ...inputs, ...error.state }));
          throw error;
        });
        claims.made(about(inputs), holds(id, { ...inputs, ...outputs }));
        return { id, outs: record(id, inputs, outputs) };
      }),

    read(id, props) {
      // Only a state written by this package has a version; a `.get()` brings just the constructor's properties.
      const isGet = props["stateVersion"] === undefined;
      return told(isGet ? "get" : "read", [props], async (connection) => {
        const old = remembered(id, props);
        try {
          const outputs = await definition.read(id, isGet ? undefined : (old as State), connection);
          const state = jsonSafe({ ...(isGet ? {} : old), ...outputs, stateVersion });
          const kept = omit(state, Object.keys(fromId(id)));
          if (isGet) claims.seen(holds(id, state));
          const drifted = compared.some((key) => !isDeepStrictEqual(old[key], state[key]));
          if (isGet || !drifted) return { id, props: kept };
          // The engine compares inputs, so drift shows in the next preview only if it is returned as inputs too.
          // What a state need not repeat, such as the project where its id is declared, is as the settings have it.
          const all = jsonSafe({ ...definition.defaults(connection), ...state });
          return { id, props: kept, inputs: pick(all, omitted(declared, definition.filledIn)) };
        } catch (error) {
          if (!failedAs(error, "not-found")) throw error;
          if (isGet) throw new Error(`${definition.type} ${id} does not exist. ${error.message}`, { cause: error });
          return { id: "", props: {} };
        }
      });
    },

    update: (id, olds, news) =>
      told("update", [news, olds], async (connection) => {
        const inputs = withoutProvider(news);
        const old = remembered(id, olds);
        try {
          const outputs = await definition.update(id, old as State, inputs as Args, connection, claims);
          claims.made(about(inputs), holds(id, { ...inputs, ...outputs }));
          return { outs: record(id, inputs, outputs) };
        } catch (error) {
          if (error instanceof PartialCreateError) throw error;
          // Nobody knows what it did. As something half made the next update is not skipped, also if that wants the old
          // inputs back; those stay recorded, without the new ones.
          throw new PartialCreateError(id, { ...undeclared, ...old }, error);
        }
      }),

    delete: (id, props) =>
      told("delete", [props], async (connection) => {
        const old = remembered(id, props);
        const held = holds(id, old);
        if (!definition.isMany && held.length > 0 && held.every((key) => claims.isHeld(key))) {
          warn(
            `${definition.type} ${id} stays, because the program has it elsewhere: only its older entry in state goes.`,
          );
          return;
        }
        mayGo(id, old);
        try {
          await definition.delete(id, old as State, connection, claims);
        } catch (error) {
          if (!failedAs(error, "not-found")) throw error;
        }
      }),
  };
}

function withoutProvider(bag: Bag): Bag {
  return omit(bag, ["__provider"]);
}

function omitted(keys: readonly string[], left: readonly string[] = []): string[] {
  return keys.filter((key) => !left.includes(key));
}

function omit(bag: Bag, left: readonly string[] = []): Bag {
  return pick(bag, omitted(Object.keys(bag), left));
}

function pick(bag: Bag, keys: readonly string[]): Bag {
  return Object.fromEntries(keys.filter((key) => key in bag).map((key) => [key, bag[key]]));
}

/** What the host can transmit: an `undefined` deep inside would fail the call after its effect. */
function jsonSafe(bag: object): Bag {
  return JSON.parse(JSON.stringify(bag)) as Bag;
}
