/** Asks the service, and converts its answer to what state keeps or what a program gets. */
import { countSecrets, listSecrets, type SecretFields } from "../../clients/csms";
import type { Connection, Place } from "../../settings/connection";
import { foundText, keepsFields } from "./found";
import type { Query } from "./inputs";
import { readPages } from "../../clients/pages";
import { digestOf, fingerprintOf, inOrder, select, type FoundSecret } from "./secrets";
import { ofConnection } from "../shared/of-connection";

/** The part of the answer that the resource and the function share. */
export interface Summary {
  readonly totalCount: number;
  readonly fingerprint: string;
}

/** The result as state keeps it. */
export interface KeptResult extends Summary {
  /** See `found.ts`. Absent when secrets are only counted. */
  readonly found?: string;
}

/** The result as a program gets it. */
export interface ListedResult extends Summary {
  readonly resources: readonly FoundSecret[];
}

const pageSize = 1000;

/**
 * Asks for what state keeps.
 *
 * @internal
 */
export function askForState(connection: Connection, place: Place, query: Query): Promise<KeptResult> {
  return shared(connection, ["state", place.region, place.projectId, query], async () => {
    if (query.action === "count") return count(connection, place, query);
    const kept = await readAll(connection, place, query, (name, all, total) => {
      const fields = JSON.stringify(select(all, query.select));
      return { name, digest: digestOf(fields), fields: keepsFields(total, query.select) ? fields : "" };
    });
    const found = foundText(kept, query.select);
    return { found, totalCount: kept.length, fingerprint: fingerprintOf(kept) };
  });
}

/**
 * Asks for what a program gets.
 *
 * @internal
 */
export function askForList(connection: Connection, place: Place, query: Query): Promise<ListedResult> {
  return shared(connection, ["list", place.region, place.projectId, query], async () => {
    if (query.action === "count") return { resources: [], ...(await count(connection, place, query)) };
    const kept = await readAll(connection, place, query, (name, all) => {
      const fields = select(all, query.select);
      return { name, digest: digestOf(JSON.stringify(fields)), secret: { name, ...fields } as FoundSecret };
    });
    const resources = kept.map(({ secret }) => secret);
    return { resources, totalCount: kept.length, fingerprint: fingerprintOf(kept) };
  });
}

async function count(connection: Connection, place: Place, query: Query): Promise<Summary> {
  const totalCount = await countSecrets(connection.huawei(place), query);
  return { totalCount, fingerprint: digestOf(String(totalCount)) };
}

/** Reads all pages. Of each secret only what is needed is kept, because the rest would take most of the memory. */
async function readAll<Kept extends { readonly name: string }>(
  connection: Connection,
  place: Place,
  query: Query,
  keep: (name: string, fields: SecretFields, total: number) => Kept,
): Promise<Kept[]> {
  const caller = connection.huawei(place);
  const limit = query.pageSize ?? pageSize;
  const page = (offset: number) => listSecrets(caller, query, { offset, limit }, keep);
  const parallel = connection.settings.http.maxConcurrency;
  const what = "query the secrets by tag";
  // A secret's name is unique like its id, and is kept in any case.
  return inOrder(await readPages(page, { keyOf: ({ name }) => name, what, pageSize: limit, parallel }));
}

/** Running queries by connection and arguments: equal queries share one. */
const underWay = ofConnection(() => new Map<string, Promise<unknown>>());

function shared<Result>(connection: Connection, question: unknown, ask: () => Promise<Result>): Promise<Result> {
  const asked = underWay(connection);
  const key = JSON.stringify(question);
  const answer = asked.get(key) ?? ask().finally(() => asked.delete(key));
  asked.set(key, answer);
  return answer as Promise<Result>;
}
