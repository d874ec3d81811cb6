import type { ListedApi } from "../../clients/apig/apis";
import { warn } from "../../lifecycle/warn";
import type { Document } from "./document";
import type { Progress } from "./progress";
import { keyOf, visibleDifferences } from "./view";

/**
 * Takes over the APIs of a group that the definition has too, by method and path. Those that look as the definition
 * says are taken as they are; the others are ours now, but still to be overwritten.
 */
export function adoptExisting(progress: Progress, document: Document, listed: readonly ListedApi[]): void {
  const byKey = new Map(listed.map((api) => [keyOf(api), api]));
  const adopted: string[] = [];
  for (const operation of document.definition.operations) {
    const api = byKey.get(operation.key);
    if (api === undefined) continue;
    const differences = visibleDifferences(operation, api);
    const own = { id: api.id, method: operation.method, path: operation.path, action: "adopt", name: api.name };
    progress.own(operation.key, own, differences.length === 0 ? document.operations[operation.key] : undefined);
    adopted.push(differences.length === 0 ? operation.key : `${operation.key} (other ${differences.join(", ")})`);
  }
  if (adopted.length > 0) warn(`Adopted from group ${progress.groupId}: ${adopted.join(", ")}.`);
}
