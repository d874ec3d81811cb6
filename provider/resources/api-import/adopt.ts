import type { ListedApi } from "../../clients/apig/apis";
import { warn } from "../../lifecycle/warn";
import { insideDifferences, type Inside, type Operation } from "../../definition";
import type { Document } from "./document";
import { ownApi } from "./own-api";
import type { Progress } from "./progress";
import { keyOf, placeFor, placeOf, visibleDifferences } from "./view";

/**
 * Takes over the APIs of others that the definition has too, by method and path. Those that look as the definition
 * says are taken as they are; the others are ours now, but still to be overwritten. What a lost import may have made is
 * taken wherever it keeps a name that the definition gives to an operation.
 */
export function adoptExisting(
  progress: Progress,
  document: Document,
  listed: readonly ListedApi[],
  inside: Inside | undefined,
): void {
  const strangers = progress.strangers(listed);
  const byKey = new Map(strangers.map((api) => [keyOf(api), api]));
  const byPlace = new Map(strangers.map((api) => [placeOf(api), api]));
  const adopted: string[] = [];
  for (const operation of document.definition.operations) {
    const { key } = operation;
    const api = byPlace.get(placeFor(operation)) ?? byKey.get(key);
    if (api === undefined || progress.apis.has(key)) continue;
    const differences = [...visibleDifferences(operation, api), ...differencesInside(operation, inside)];
    progress.own(key, ownApi(api, "adopt"), differences.length === 0 ? document.operations[key] : undefined);
    adopted.push(differences.length === 0 ? key : `${key} (other ${differences.join(", ")})`);
  }
  const names = new Set(document.definition.operations.map(({ name }) => name));
  for (const api of progress.strangers(listed)) {
    const key = keyOf(api);
    if (!progress.isUnclear(api) || !names.has(api.name) || progress.apis.has(key)) continue;
    progress.own(key, ownApi(api, "adopt"), undefined);
    adopted.push(`${key} (in the way of another)`);
  }
  if (adopted.length > 0) warn(`Adopted from group ${progress.groupId}: ${adopted.join(", ")}.`);
}

/** What nobody can see may be anything. */
function differencesInside(operation: Operation, inside: Inside | undefined): string[] {
  const exported = inside?.get(operation.key);
  return exported === undefined ? ["back end, perhaps"] : insideDifferences(operation, exported);
}
