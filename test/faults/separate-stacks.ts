/** Checks that no object at the services belongs to two stacks. */
import assert from "node:assert/strict";
import type { Recorded } from "./stack-runner";
import { theirGroup } from "./plan";
import type { Rows } from "./rows";

/** The services' own ids of everything that a state holds. */
export function idsIn(entries: readonly Recorded[]): ReadonlySet<string> {
  const own = entries.flatMap(({ id, outputs }) => [
    id.split("/").at(-1) ?? "",
    ...((outputs["apis"] ?? []) as { id: string }[]).map((api) => api.id),
  ]);
  return new Set(own.filter((id) => id !== theirGroup));
}

/** The rows of the objects that are in a state. */
export function partOf(rows: Rows, entries: readonly Recorded[]): Rows {
  const ids = idsIn(entries);
  const has = ({ id }: { readonly id: string }) => ids.has(id);
  const apis = rows.apis.filter((api) => has(api) || ids.has(api.definition.group_id));
  return {
    groups: rows.groups.filter(has),
    apis,
    environments: rows.environments.filter(has),
    published: rows.published.filter(({ environmentId }) => ids.has(environmentId)),
    apps: rows.apps.filter(has),
    codes: rows.codes.filter(({ appId }) => ids.has(appId)),
    authorizations: rows.authorizations.filter(({ appId }) => ids.has(appId)),
    credentials: rows.credentials.filter(has),
    secrets: rows.secrets,
  };
}

export function assertSeparate(one: readonly Recorded[], other: readonly Recorded[], rows: Rows): void {
  const there = new Set<unknown>(Object.values(rows).flatMap((table: readonly object[]) => table.map(idOf)));
  const others = idsIn(other);
  const both = [...idsIn(one)].filter((id) => others.has(id) && there.has(id));
  assert.deepEqual(both, [], "objects in two states");
}

const idOf = (row: object) => ("id" in row ? row.id : undefined);
