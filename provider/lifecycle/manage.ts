/**
 * What is the same for all resource types: checks inputs, computes differences, makes claims, makes states to record, and
 * words failures.
 */
import { isDeepStrictEqual } from "node:util";
import type { Connection } from "../settings/connection";
import { failedAs } from "../http/errors";
import { lookAtAdopted } from "./adoption";
import { lookAtConsequences } from "./consequences";
import { omit, pick, transmittable, without, type Properties } from "./properties";
import type { ManagedType, ResourceType, Result, Surroundings } from "./contract";
import { PartialCreateError, readable, WordedError } from "./errors";
import { containsUnknown, knownOnly } from "./unknown";
import { hideValue, validate, type CheckFailure } from "./validate";
import { warn } from "./warn";

/** Version of the state layout. It is written into every state, so that later versions know what they read. */
export const stateVersion = 1;

/** Marks the state of an object that was imported, until it is written. */
const imported = "imported";

/**
 * Makes the form of a resource type that hosts call.
 *
 * @internal
 */
export function manage<Args extends object, State extends object>(
  type: ResourceType<Args, State>,
  surroundings: Surroundings,
): ManagedType {
  const declared = Object.keys(type.inputs.shape);
  const compared = without(declared, type.notCompared);
  const undeclared = Object.fromEntries(declared.map((key) => [key, undefined]));

  const { claims } = surroundings;
  const wants = (inputs: Properties) => type.wants?.(knownOnly(inputs) as Partial<Args>) ?? [];
  const holds = (id: string, state: object) => type.holds?.(id, { ...fromId(id), ...state } as State) ?? [];
  const made = (state: object) => type.made?.(state as State) ?? [];
  /** The inputs that identify a resource in its program, without long ones such as a definition. */
  const about = (inputs: Properties) => pick(inputs, compared);

  const fromId = (id: string): Properties => ({ ...type.fromId?.(id) });
  const remembered = (id: string, state: Properties): Properties => ({ ...fromId(id), ...state });
  const record = (id: string, inputs: Properties, outputs: object): Properties =>
    omit(transmittable({ ...omit(inputs, type.notKept), ...outputs, stateVersion }), Object.keys(fromId(id)));

  const inWords = (error: unknown, call: string): string =>
    readable(error, call, (advice) => surroundings.connection().isNews(advice));

  /** The connection, which from now on masks the secrets of these values in texts of services. */
  function connect(handled: readonly Properties[]): Connection {
    const connection = surroundings.connection();
    const values = handled.flatMap((each) => Object.values(pick(each, type.secrets)));
    connection.keepSecrets(values.filter((value) => typeof value === "string"));
    return connection;
  }

  /** Runs a call of the host. Errors get a message for the user. */
  async function worded<Answer>(
    call: string,
    handled: readonly Properties[],
    run: (connection: Connection) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await run(connect(handled));
    } catch (error) {
      throw new WordedError(inWords(error, call), call, error);
    }
  }

  /** The same for a write. A half-made object is returned as a result, so that it is recorded and not lost. */
  function write(
    call: string,
    handled: readonly [inputs: Properties, ...others: Properties[]],
    run: (connection: Connection) => Promise<Result>,
  ): Promise<Result> {
    return worded(call, handled, async (connection) => {
      try {
        return await run(connection);
      } catch (error) {
        if (!(error instanceof PartialCreateError)) throw error;
        return { id: error.id, state: record(error.id, handled[0], error.state), failure: inWords(error, call) };
      }
    });
  }

  async function checked(
    given: Properties,
    connection: Connection,
  ): Promise<{ inputs: Properties; failures: readonly CheckFailure[] }> {
    const defaults = { ...type.defaults(connection) };
    const failures = validate(type, given, defaults);
    if (failures.length > 0) return { inputs: given, failures };
    const inputs: Properties = { ...defaults, ...given };
    const known = knownOnly(inputs);
    const unknown = new Set(Object.keys(inputs).filter((key) => containsUnknown(inputs[key])));
    const broken = type.rules?.(known as Partial<Args>, unknown) ?? [];
    if (broken.length > 0) return { inputs, failures: broken };
    const prepared = await type.prepare?.(known as Partial<Args>, connection, unknown);
    return { inputs: { ...inputs, ...prepared?.inputs }, failures: prepared?.failures ?? [] };
  }

  /** Claims the objects that valid inputs describe. */
  function claim(inputs: Properties, isNew: boolean): readonly CheckFailure[] {
    const twice = claims.checked(about(inputs), wants(inputs), isNew, type.deleteBeforeReplace !== undefined);
    return twice === undefined
      ? []
      : [{ property: "", reason: `another resource of this program is about ${twice}, too: declare it once` }];
  }

  /** @throws when a live resource of the program may want the object: then a later run deletes it */
  function demandUnwanted(id: string, old: Properties): void {
    const wanted = wants(old).find((key) => claims.isWanted(key));
    if (wanted !== undefined) {
      throw new Error(
        `${type.type} ${id} is kept: another resource of the program wants ${wanted}, and is not made yet. If that is ` +
          "this one under a new name, give it `aliases`.",
      );
    }
    if (surroundings.isTargeted() && !wants(old).some((key) => claims.isExpected(key))) {
      throw new Error(
        `${type.type} ${id} is kept, because what was not targeted may still use it: run \`pulumi up\` without --target.`,
      );
    }
  }

  return {
    async check(olds, news) {
      try {
        const connection = connect([news]);
        const found = await checked(news, connection);
        const inputs = transmittable(found.inputs);
        const isNew = Object.keys(olds).length === 0;
        // For a replacement its own old object would be found.
        const mayAdopt = isNew && !claims.isMade(about(inputs));
        let failures = found.failures.length > 0 ? found.failures : claim(inputs, isNew);
        if (failures.length === 0 && mayAdopt) {
          failures = await lookAtAdopted(type, inputs, connection, (key) => surroundings.isFirst(key));
        }
        return { inputs, failures: failures.map((failure) => hideValue(failure, type)) };
      } catch (error) {
        // Returned as a failure: of a thrown error hosts would print more than the message.
        return { inputs: news, failures: [{ property: "", reason: inWords(error, "check") }] };
      }
    },

    diff: (id, state, inputs) =>
      worded("compare", [inputs, state], async (connection) => {
        const old = remembered(id, state);
        const isProgram = claims.isChecked(about(inputs));
        const compare = claims.comparing(about(inputs), holds(id, { ...old, ...knownOnly(inputs) }), made(old));
        const unequal = compared.filter((key) => {
          const filledIn = inputs[key] === undefined && type.filledIn?.includes(key);
          const unseen = old[imported] === true && old[key] === undefined && type.unseen?.includes(key);
          return !filledIn && !unseen && !isDeepStrictEqual(old[key], inputs[key]);
        });
        const further = await type.differences?.(old as State, inputs as Args, connection);
        const changed = [...new Set([...unequal, ...(further ?? [])])];
        const replaces = changed.filter((key) => type.replaceOn.includes(key));
        compare(replaces.length > 0 ? "replaced" : changed.length > 0 ? "changed" : "same");
        const deleteBeforeReplace = replaces.length > 0 && type.deleteBeforeReplace?.(old as State, replaces) === true;
        if (isProgram && changed.length > 0) {
          const change = { id, old: old as State, inputs, replaces, about: about(inputs) };
          await lookAtConsequences(type, change, connection, (key) => surroundings.isFirst(key));
        }
        return { changed, replaces, deleteBeforeReplace };
      }),

    create: (inputs) =>
      write("create", [inputs], async (connection) => {
        claims.begun(about(inputs));
        const { id, outputs } = await type.create(inputs as Args, connection, claims).catch((error: unknown) => {
          if (error instanceof PartialCreateError)
            claims.made(about(inputs), holds(error.id, { ...inputs, ...error.state }));
          throw error;
        });
        claims.made(about(inputs), holds(id, { ...inputs, ...outputs }));
        return { id, state: record(id, inputs, outputs) };
      }),

    read(id, given) {
      // Only a state that this package wrote has a version. A `.get()` has only the constructor's properties.
      const isGet = given["stateVersion"] === undefined;
      return worded(isGet ? "get" : "read", [given], async (connection) => {
        const old = remembered(id, given);
        try {
          const outputs = await type.read(id, isGet ? undefined : (old as State), connection);
          const state = transmittable({ ...(isGet ? {} : old), ...outputs, stateVersion });
          const kept = omit(state, Object.keys(fromId(id)));
          if (isGet) claims.seen(holds(id, state));
          const drifted = compared.some((key) => !isDeepStrictEqual(old[key], state[key]));
          // Inputs that are not in the state, such as the project if its id is declared, come from the settings.
          const all = transmittable({ ...type.defaults(connection), ...state });
          const inputs = pick(all, without(declared, type.filledIn));
          return { state: kept, inputs, drifted: drifted && !isGet };
        } catch (error) {
          if (!failedAs(error, "not-found")) throw error;
          if (isGet) throw new Error(`${type.type} ${id} does not exist. ${error.message}`, { cause: error });
          return undefined;
        }
      });
    },

    import: (id) =>
      worded("import", [], async (connection) => {
        try {
          const more = (await type.imported?.(id, connection)) ?? {};
          const found = { ...(await type.read(id, undefined, connection)), ...more };
          // An empty text is what a service shows where nothing was said.
          const said = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ""));
          const all = transmittable({ ...type.defaults(connection), ...said });
          const state = {
            ...omit(all, [...Object.keys(fromId(id)), ...(type.notKept ?? [])]),
            stateVersion,
            [imported]: true,
          };
          const settable = without(declared, type.resolved);
          const inputs = { ...pick(all, without(settable, type.filledIn)), ...pick(more, settable) };
          return { state, inputs, drifted: false };
        } catch (error) {
          if (!failedAs(error, "not-found")) throw error;
          return undefined;
        }
      }),

    update: (id, state, inputs) =>
      write("update", [inputs, state], async (connection) => {
        const old = remembered(id, state);
        try {
          const outputs = await type.update(id, old as State, inputs as Args, connection, claims);
          claims.made(about(inputs), holds(id, { ...inputs, ...outputs }));
          return { id, state: record(id, inputs, outputs) };
        } catch (error) {
          if (error instanceof PartialCreateError) throw error;
          // It is unknown what the update did. As a half-made object the next update is not skipped, even if it has the
          // old inputs again. The old inputs stay recorded, not the new ones.
          throw new PartialCreateError(id, { ...undeclared, ...old }, error);
        }
      }),

    delete: (id, state) =>
      worded("delete", [state], async (connection) => {
        const old = remembered(id, state);
        // What an old state does not have, such as a server, comes from the settings.
        const held = holds(id, { ...type.defaults(connection), ...old });
        if (!type.isMany && held.length > 0 && held.every((key) => claims.isHeld(key))) {
          warn(`${type.type} ${id} stays, because the program has it elsewhere: only its older entry in state goes.`);
          return;
        }
        demandUnwanted(id, old);
        try {
          await type.delete(id, old as State, connection, claims);
        } catch (error) {
          if (!failedAs(error, "not-found")) throw error;
        }
      }),
  };
}
