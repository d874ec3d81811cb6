/** Decides what has to happen to a group so that it follows its definition. Pure: it only compares. */
import type { ListedApi } from "../../clients/apig/apis";
import type { Operation } from "../../openapi";
import type { Progress } from "./progress";
import { keyOf, matchMode } from "./view";

export interface Plan {
  /** Own APIs that go, before anything is imported. */
  readonly remove: readonly { readonly key: string; readonly api: ListedApi }[];
  /** Own operations to overwrite. */
  readonly change: readonly Operation[];
  /** Operations that are not there yet. */
  readonly add: readonly Operation[];
  /** Own APIs that the definition does not have, and that stay all the same. */
  readonly leftovers: readonly string[];
  /** Operations that cannot be imported without touching what is not to be touched, with the reason. */
  readonly blocked: readonly { readonly key: string; readonly reason: string }[];
}

export interface PlanOptions {
  /** Whether operations that vanished from the definition are deleted. */
  readonly deleteRemoved: boolean;
  /** Whether APIs of others may be overwritten. */
  readonly overwriteForeign: boolean;
}

/**
 * @param desired the operations of the definition
 * @param fingerprints of the desired operations
 * @param progress what is ours, already brought up to date with `listed`
 * @param listed the APIs of the group
 */
export function makePlan(
  desired: readonly Operation[],
  fingerprints: Readonly<Record<string, string>>,
  progress: Progress,
  listed: readonly ListedApi[],
  options: PlanOptions,
): Plan {
  const ownIds = new Map([...progress.apis].map(([key, api]) => [api.id, key]));
  const own = new Map(
    listed.flatMap((api) => {
      const key = ownIds.get(api.id);
      return key === undefined ? [] : [[key, api] as const];
    }),
  );
  const foreignNames = new Map(listed.filter((api) => !ownIds.has(api.id)).map((api) => [api.name, api]));
  const ownByName = new Map([...own].map(([key, api]) => [api.name, key]));
  const wanted = new Map(desired.map((operation) => [operation.key, operation]));

  const stale = desired.filter(({ key }) => progress.operations.get(key) !== fingerprints[key]);
  const remove = new Set<string>();
  const blocked: { key: string; reason: string }[] = [];

  if (options.deleteRemoved) for (const key of own.keys()) if (!wanted.has(key)) remove.add(key);

  for (const operation of stale) {
    const current = own.get(operation.key);
    // The match mode is part of an API's identity: with another one, an import would add a second API.
    if (current && matchMode(current) !== operation.matchMode) remove.add(operation.key);
    // Names are unique in a group. The own API that has this name moves or changes its name, so it makes room first.
    const holder = operation.name === undefined ? undefined : ownByName.get(operation.name);
    if (holder === undefined || holder === operation.key) continue;
    if (wanted.has(holder) || options.deleteRemoved) remove.add(holder);
    else
      blocked.push({
        key: operation.key,
        reason: `its name ${String(operation.name)} is kept by ${holder}, because deleteRemoved is false`,
      });
  }

  const isBlocked = new Set(blocked.map(({ key }) => key));
  // An operation whose API makes room for another one has to come back, even if it did not change itself.
  const send = desired.filter(
    ({ key }) => !isBlocked.has(key) && (remove.has(key) || progress.operations.get(key) !== fingerprints[key]),
  );
  const stays = (key: string) => own.has(key) && !remove.has(key);
  const change: Operation[] = [];
  for (const operation of send.filter(({ key }) => stays(key))) {
    // Own operations are sent to overwrite, which would also overwrite an API of someone else with the same name.
    const foreign = operation.name === undefined ? undefined : foreignNames.get(operation.name);
    if (foreign === undefined || options.overwriteForeign) change.push(operation);
    else
      blocked.push({
        key: operation.key,
        reason: `its name ${String(operation.name)} belongs to ${keyOf(foreign)}, which this resource did not make`,
      });
  }

  return {
    remove: [...remove].flatMap((key) => {
      const api = own.get(key);
      return api ? [{ key, api }] : [];
    }),
    change,
    add: send.filter(({ key }) => !stays(key)),
    leftovers: [...own.keys()].filter((key) => !wanted.has(key) && !remove.has(key)),
    blocked,
  };
}
