import type { ListedApi } from "../../clients/apig/apis";
import { insideDifferences, type Inside, type Operation } from "../../definition";
import type { Document } from "./document";
import { ownApi } from "./own-api";
import type { Progress } from "./progress";
import { keyOf, placeFor, placeOf, visibleDifferences } from "./view";

/**
 * Takes over the APIs of others that the definition has too, by method and path. Those that look as the definition
 * says are taken as they are; the others are ours now, but still to be overwritten. What a lost import may have made is
 * taken wherever it keeps a name that the definition gives to an operation.
 *
 * @returns the key of each, and where it differs
 */
export function adoptExisting(
  progress: Progress,
  document: Document,
  listed: readonly ListedApi[],
  inside: Inside | undefined,
): Map<string, readonly string[]> {
  const strangers = progress.strangers(listed);
  const byKey = new Map(strangers.map((api) => [keyOf(api), api]));
  const byPlace = new Map(strangers.map((api) => [placeOf(api), api]));
  const adopted = new Map<string, readonly string[]>();
  for (const operation of document.definition.operations) {
    const { key } = operation;
    const api = byPlace.get(placeFor(operation)) ?? byKey.get(key);
    if (api === undefined || progress.apis.has(key)) continue;
    const differences = [...visibleDifferences(operation, api), ...differencesInside(operation, inside)];
    progress.own(key, ownApi(api, "adopt"), differences.length === 0 ? document.operations[key] : undefined);
    adopted.set(key, differences);
  }
  const names = new Set(document.definition.operations.map(({ name }) => name));
  for (const api of progress.strangers(listed)) {
    const key = keyOf(api);
    if (!progress.isUnclear(api) || !names.has(api.name) || progress.apis.has(key)) continue;
    progress.own(key, ownApi(api, "adopt"), undefined);
    adopted.set(key, [inTheWay]);
  }
  return adopted;
}

/** An API that was taken over, as messages name it. */
export function describeAdopted(key: string, differences: readonly string[]): string {
  if (differences.length === 0) return key;
  return differences[0] === inTheWay ? `${key} (${inTheWay})` : `${key} (other ${differences.join(", ")})`;
}

const inTheWay = "in the way of another";

/** What nobody can see may be anything. */
function differencesInside(operation: Operation, inside: Inside | undefined): string[] {
  const exported = inside?.get(operation.key);
  return exported === undefined ? ["back end, perhaps"] : insideDifferences(operation, exported);
}
