/** Plans what has to change in a group so that it follows its definition. It only compares, and makes no calls. */
import type { ListedApi } from "../../clients/apig/apis";
import type { Operation } from "../../definition";
import type { Progress } from "./progress";
import { mayBeOurs } from "../shared/create-once";
import { describeApi, placeFor, placeOf } from "./view";

export interface Plan {
  /** Own APIs to delete before anything is imported. */
  readonly remove: readonly { readonly key: string; readonly api: ListedApi }[];
  /** Own operations that get a temporary name, because another operation (`waiting`) is to have their name. */
  readonly rename: readonly { readonly operation: Operation; readonly waiting: Operation }[];
  /** Own operations to overwrite. In a group of our own, also those to make again. */
  readonly change: readonly Operation[];
  /** New operations. In a group of others, also own ones to make again, because others may have taken their place. */
  readonly add: readonly Operation[];
  /** Own APIs that stay although the definition does not have them. */
  readonly leftovers: readonly string[];
  /** Operations that cannot be imported without changing an API that must not be changed: key to reason. */
  readonly blocked: ReadonlyMap<string, string>;
}

export interface PlanOptions {
  /** Whether to delete operations that are no longer in the definition. */
  readonly deleteRemoved: boolean;
  /** Whether the import may overwrite APIs of others. */
  readonly overwriteForeign: boolean;
}

/**
 * Makes the plan.
 *
 * @param desired the operations of the definition
 * @param fingerprints of the desired operations
 * @param progress the record of what is ours, already updated from `listed`
 * @param listed the APIs of the group
 */
export function makePlan(
  desired: readonly Operation[],
  fingerprints: Readonly<Record<string, string>>,
  progress: Progress,
  listed: readonly ListedApi[],
  options: PlanOptions,
): Plan {
  const own = ownApis(progress, listed);
  const strangerFor = inTheWay(progress.strangers(listed));
  const wanted = new Set(desired.map(({ key }) => key));
  const stale = desired.filter(({ key }) => progress.operations.get(key) !== fingerprints[key]);
  const holderOf = nameHolders(own);
  const blocked = findBlocked(stale, { own, wanted, strangerFor, holderOf, progress, options });

  const due = new Set(stale.filter(({ key }) => !blocked.has(key)));
  const remove = new Set(options.deleteRemoved ? [...own.keys()].filter((key) => !wanted.has(key)) : []);
  // The service identifies an API by method, path and match mode. If one of these differs, an import would add a second
  // API.
  for (const operation of due) {
    const api = own.get(operation.key);
    if (api !== undefined && placeOf(api) !== placeFor(operation)) remove.add(operation.key);
  }
  const stays = ({ key }: Operation) => own.has(key) && !remove.has(key);
  // Names are unique in a group, and an import may handle its operations in any order.
  const waiting = new Map([...due].map((one) => [holderOf(one), one]));
  const rename = desired.flatMap((operation) => {
    const one = waiting.get(operation.key);
    return one !== undefined && stays(operation) ? [{ operation, waiting: one }] : [];
  });
  // A renamed operation gets its own name in a later import.
  const renamed = new Set(rename.map(({ operation }) => operation));
  const send = desired.filter((one) => due.has(one) || renamed.has(one));
  // Only what is ours may be overwritten. An API to make again is gone: in a group of others, somebody may have taken
  // its place since the last look.
  const isOurPlace = (one: Operation) => progress.ownsGroup && strangerFor(one) === undefined;
  const overwrites = (one: Operation) =>
    stays(one) || ((own.has(one.key) || progress.vanished(one.key)) && isOurPlace(one));
  return {
    remove: [...own].filter(([key]) => remove.has(key)).map(([key, api]) => ({ key, api })),
    rename,
    change: send.filter(overwrites),
    add: send.filter((one) => !overwrites(one)),
    leftovers: [...own.keys()].filter((key) => !wanted.has(key) && !remove.has(key)),
    blocked,
  };
}

type OwnApis = ReadonlyMap<string, ListedApi>;

/** Own APIs by operation, in the order in which they became ours. */
function ownApis(progress: Progress, listed: readonly ListedApi[]): OwnApis {
  const byId = new Map(listed.map((api) => [api.id, api]));
  return new Map(
    [...progress.apis].flatMap(([key, { id }]) => {
      const api = byId.get(id);
      return api === undefined ? [] : [[key, api] as const];
    }),
  );
}

/** Finds the API of someone else that has the place or the name of an operation. */
function inTheWay(strangers: readonly ListedApi[]): (operation: Operation) => ListedApi | undefined {
  const byPlace = new Map(strangers.map((api) => [placeOf(api), api]));
  const byName = new Map(strangers.map((api) => [api.name, api]));
  return (operation) => byPlace.get(placeFor(operation)) ?? byName.get(operation.name);
}

/** Finds the other operation whose own API has the name that an operation is to have. */
function nameHolders(own: OwnApis): (operation: Operation) => string | undefined {
  const byName = new Map([...own].map(([key, api]) => [api.name, key]));
  return ({ key, name }) => {
    const holder = byName.get(name);
    return holder === key ? undefined : holder;
  };
}

interface Situation {
  readonly own: OwnApis;
  /** Keys of the operations of the definition. */
  readonly wanted: ReadonlySet<string>;
  readonly strangerFor: (operation: Operation) => ListedApi | undefined;
  readonly holderOf: (operation: Operation) => string | undefined;
  readonly progress: Progress;
  readonly options: PlanOptions;
}

/** Finds operations that would take the place or the name of an API that must stay. They keep their present state. */
function findBlocked(
  stale: readonly Operation[],
  { own, wanted, strangerFor, holderOf, progress, options }: Situation,
): ReadonlyMap<string, string> {
  const blocked = new Map<string, string>();

  const reasonFor = (operation: Operation): string | undefined => {
    const { key, name } = operation;
    const stranger = strangerFor(operation);
    if (stranger !== undefined && progress.isUnclear(stranger) && !options.overwriteForeign) {
      return `its import got no answer. ${mayBeOurs(describeApi(stranger))}`;
    }
    // A new operation is sent: the service knows whether to refuse or to ignore it.
    if (own.has(key) && stranger !== undefined && !options.overwriteForeign) {
      return `its ${stranger.name === name ? "name" : "place"} belongs to ${describeApi(stranger)}, which this resource did not make`;
    }
    const holder = holderOf(operation);
    if (holder === undefined) return undefined;
    if (!wanted.has(holder) && !options.deleteRemoved) {
      return `its name ${name} is kept by ${holder}, because deleteRemoved is false`;
    }
    return blocked.has(holder) ? `its name ${name} is kept by ${holder}, which cannot change yet` : undefined;
  };

  // An operation that waits for the name of a blocked operation is also blocked, and so on.
  for (let before = -1; before < blocked.size;) {
    before = blocked.size;
    for (const operation of stale) {
      const reason = blocked.has(operation.key) ? undefined : reasonFor(operation);
      if (reason !== undefined) blocked.set(operation.key, reason);
    }
  }
  return blocked;
}
