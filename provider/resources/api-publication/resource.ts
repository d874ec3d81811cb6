/**
 * ApiPublication: APIs that can be called in an environment; either all of a group, whichever those are at the moment,
 * or given ones.
 *
 * Publishing copies an API as it is then, so a change of an API needs another publication: `triggers` says when. An
 * update publishes what is not as this resource left it, and takes offline what it published and is not wanted any more.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { authenticationOf, listApis, publicationsOf } from "../../clients/apig/apis";
import { mayHaveWorked } from "../../clients/apig/batches";
import { seeInstance } from "../../clients/apig/instance";
import { showGroup } from "../../clients/apig/groups";
import { offlineApis, publishApis } from "../../clients/apig/publications";
import type { ResourceType } from "../../lifecycle/contract";
import type { Neighbours } from "../../lifecycle/claims";
import { GoneError, PartialCreateError } from "../../lifecycle/errors";
import { warn } from "../../lifecycle/warn";
import { inputs, type Args, type PublishedApi, type State } from "./inputs";
import { mayPublishOthers } from "./same-apis";
import { driftKey, noDrift } from "../shared/drift";
import { inIdOrder } from "../shared/id-list";
import { formatId, parseId } from "../shared/ids";
import { leave } from "../shared/leave";
import { anyEnvironment, keysIn, publicationPart } from "../shared/natural-keys";
import { inTurn } from "../shared/one-at-a-time";
import {
  declareInstance,
  openInstance,
  placeDifferences,
  placeKeys,
  recordPlace,
  type PlacedInstance,
} from "../shared/place";

/** @internal */
export const apiPublication: ResourceType<Args, State> = {
  type: "ApiPublication",
  inputs,
  resolved: [...placeKeys, driftKey],
  secrets: [],
  idOutputs: ["instanceId", "envId"],
  computed: ["published", "publishedApiIds"],
  updated: (changed, old, args) => ["published", ...(mayPublishOthers(changed, old, args) ? ["publishedApiIds"] : [])],
  replaceOn: [...placeKeys, "instanceId", "envId", "groupId"],
  notCompared: placeKeys,
  unseen: ["triggers"],

  wants: (args) => {
    const groups =
      args.groupId === undefined ? [] : [["the publication of API group", args.groupId, "in environment", args.envId]];
    return keysIn(args, ...groups, ...(args.apiIds ?? []).map((apiId) => publicationPart(apiId, args.envId)));
  },
  holds: (_id, state) => {
    const apiIds = state.apiIds ?? state.published.map(({ apiId }) => apiId);
    return keysIn(state, ...apiIds.map((apiId) => publicationPart(apiId, state.envId)));
  },
  made: (state) =>
    state.published.flatMap(({ apiId, publishId, stoodBefore }) =>
      publishId === undefined || stoodBefore !== undefined ? [] : recordKeys(state, apiId, publishId),
    ),
  isMany: true,

  defaults: (connection) => ({ ...declareInstance(connection), ...noDrift }),
  differences: placeDifferences,

  prepare({ groupId, apiIds }, _connection, unknown) {
    const group = groupId !== undefined || unknown.has("groupId");
    const list = apiIds !== undefined || unknown.has("apiIds");
    if (group && list) {
      return Promise.resolve({ failures: [{ property: "apiIds", reason: "give either groupId or apiIds, not both" }] });
    }
    if (!group && !list) return Promise.resolve({ failures: [{ property: "", reason: "give groupId or apiIds" }] });
    return Promise.resolve(apiIds ? { inputs: { apiIds: inIdOrder(apiIds) } } : {});
  },

  async create(args, connection, neighbours) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const target = args.groupId ?? `apis-${digest(args.apiIds ?? [])}`;
    const id = formatId(args.instanceId, args.envId, target);
    const outputs = await inTurn(connection, turnOf(args), () => publish(id, instance, args, [], true, neighbours));
    return { id, outputs };
  },

  async read(id, old, connection) {
    const { instance: instanceId, environment: envId, group: groupId } = parseId(id, idParts);
    const instance = await openInstance(connection, old, instanceId);
    if (!old) {
      if (groupId.startsWith("apis-")) throw new Error(`Only a publication of a group can be looked up, not "${id}".`);
      const published = publishedOf((await survey(instance, { envId, groupId })).wanted);
      if (published.length === 0) throw new GoneError(`Nothing of group ${groupId} is published there.`);
      return { ...instance.place, instanceId, envId, groupId, published, ...noDrift };
    }
    const found = await survey(instance, old);
    const published = old.published.filter(({ apiId }) => found.here.get(apiId)?.publishId !== undefined);
    if (published.length === 0 && old.published.length > 0) {
      await seeInstance(instance);
      throw new GoneError(`None of these APIs is published in environment ${envId} any more.`);
    }
    return { published, drift: driftOf(old.published, found) };
  },

  async update(id, old, args, connection, neighbours) {
    const instance = await openInstance(connection, old, old.instanceId);
    const again = !isDeepStrictEqual(old.triggers, args.triggers);
    return inTurn(connection, turnOf(old), () => publish(id, instance, args, old.published, again, neighbours));
  },

  async delete(_id, old, connection, neighbours) {
    const instance = await openInstance(connection, old, old.instanceId);
    await inTurn(connection, turnOf(old), async () => {
      const { here } = await survey(instance, { envId: old.envId });
      await takeOffline(instance, old, here, old.published, neighbours);
    });
  },
};

const idParts = ["instance", "environment", "group"] as const;

/** An API; `publishId` is of its publication in the environment now, if there is one. */
interface Found {
  readonly name: string | undefined;
  readonly publishId: string | undefined;
  readonly authentication?: string;
}

const nowhere: Found = { name: undefined, publishId: undefined };

type FoundById = ReadonlyMap<string, Found>;

/** The APIs that are to be published, and all that were listed to find that out: of the group, or published there. */
async function survey(
  instance: PlacedInstance,
  { envId, groupId, apiIds = [] }: { envId: string; groupId?: string | undefined; apiIds?: string[] | undefined },
): Promise<{ wanted: FoundById; here: FoundById }> {
  const listed = await listApis(instance, groupId === undefined ? { envId } : { groupId });
  const here = new Map(
    listed.map((api): [string, Found] => {
      const publication = publicationsOf(api).find((each) => each.envId === envId);
      return [api.id, { name: api.name, publishId: publication?.publishId, authentication: authenticationOf(api) }];
    }),
  );
  if (groupId !== undefined) return { wanted: here, here };
  return { wanted: new Map(apiIds.map((apiId) => [apiId, here.get(apiId) ?? nowhere])), here };
}

/**
 * Publishes what is due and takes offline what is not wanted any more.
 *
 * @param before what this resource published so far
 * @param again whether also what is published as this resource left it is due
 */
async function publish(
  id: string,
  instance: PlacedInstance,
  args: Args,
  before: readonly PublishedApi[],
  again: boolean,
  neighbours: Neighbours,
): Promise<object> {
  const { wanted, here } = await survey(instance, args);
  // The list of a group that does not exist is empty, too.
  if (wanted.size === 0 && args.groupId !== undefined) {
    const { name } = await showGroup(instance, args.groupId);
    warn(`Nothing is published: the API group ${name} has no APIs yet. Let the publication depend on what makes them.`);
  }
  const recorded = new Map(before.map((each) => [each.apiId, each]));
  const untouched = ([apiId, { publishId }]: [string, Found]) =>
    publishId !== undefined && publishId === recorded.get(apiId)?.publishId;
  const due = [...wanted].filter((each) => again || !untouched(each)).map(([apiId]) => apiId);
  const left = before.filter(({ apiId }) => !wanted.has(apiId));
  /** With what others had published there, when this resource first looked. */
  const own = (api: PublishedApi): PublishedApi => {
    const published = wanted.get(api.apiId)?.publishId;
    const known = recorded.get(api.apiId);
    const stoodBefore = published && (known ? known.stoodBefore : published);
    const isOurs = stoodBefore && recordKeys(args, api.apiId, stoodBefore).some((key) => neighbours.isOurs(key));
    return { ...api, ...(stoodBefore && !isOurs && { stoodBefore }) };
  };
  let begun = false;
  try {
    await publishApis(instance, args.envId, due);
    begun = due.length > 0;
    await takeOffline(instance, args, here, left, neighbours);
    const after = (await survey(instance, args)).wanted;
    const refused = due.filter((apiId) => after.has(apiId) && after.get(apiId)?.publishId === undefined);
    if (refused.length > 0)
      throw new Error(`The service said yes, but does not show as published: ${refused.join(", ")}.`);
    for (const apiId of due) for (const key of doneKeys(args, apiId)) neighbours.undone.done(key);
    return { ...instance.place, published: publishedOf(after).map(own) };
  } catch (error) {
    if (!begun && !mayHaveWorked(error)) throw error;
    // What has no publish id is ours all the same, and due next time.
    const tried = due.map((apiId) => own({ apiId }));
    const rest = before.filter(({ apiId }) => !due.includes(apiId));
    throw new PartialCreateError(id, { ...instance.place, published: [...rest, ...tried] }, error);
  }
}

/**
 * Takes offline what this resource published and nobody replaced: not what others had published before, nor what somebody
 * else published since, nor what another resource of the program publishes.
 *
 * @param here what is published there now
 */
async function takeOffline(
  instance: PlacedInstance,
  at: Pick<Args, "envId" | "region" | "instanceId">,
  here: FoundById,
  left: readonly PublishedApi[],
  neighbours: Neighbours,
): Promise<void> {
  const there = left.flatMap((each) => {
    const now = here.get(each.apiId)?.publishId;
    return now === undefined ? [] : [{ ...each, now }];
  });
  const { going, staying } = leave(
    there,
    ({ apiId, publishId, stoodBefore, now }) => ({
      holders: keysIn(at, publicationPart(apiId, at.envId)),
      records: [publishId ?? now, now].flatMap((record) => recordKeys(at, apiId, record)),
      isOurs: stoodBefore === undefined || recordKeys(at, apiId, stoodBefore).some((key) => neighbours.isOurs(key)),
      isReplaced: publishId !== undefined && publishId !== now,
    }),
    neighbours,
  );
  if (staying.length > 0) {
    warn(
      `Still published in environment ${at.envId}, because others published them there: APIs ${idsOf(staying).join(", ")}.`,
    );
  }
  await offlineApis(instance, at.envId, idsOf(going));
}

function idsOf(publications: readonly PublishedApi[]): string[] {
  return publications.map(({ apiId }) => apiId);
}

/** One publication, of the many that an API may have had in an environment one after the other. */
function recordKeys(at: Pick<Args, "envId" | "region" | "instanceId">, apiId: string, publishId: string): string[] {
  return keysIn(at, [...publicationPart(apiId, at.envId), "as", publishId]);
}

/** What other resources may have left to do: to publish an API in this environment, or in any. */
function doneKeys(at: Pick<Args, "envId" | "region" | "instanceId">, apiId: string): string[] {
  return keysIn(at, ...[at.envId, anyEnvironment].map((envId) => publicationPart(apiId, envId)));
}

function turnOf({ envId, instanceId }: Pick<Args, "envId" | "instanceId">): string {
  return `publications ${instanceId} ${envId}`;
}

function publishedOf(found: FoundById): PublishedApi[] {
  return [...found]
    .flatMap(([apiId, { publishId, authentication }]) =>
      publishId === undefined ? [] : [{ apiId, publishId, ...(authentication && { authentication }) }],
    )
    .sort((one, other) => (one.apiId < other.apiId ? -1 : 1));
}

/** In words, what is not as this resource left it, or what an update that failed left undone. */
function driftOf(before: readonly PublishedApi[], { wanted, here }: Awaited<ReturnType<typeof survey>>): string[] {
  const recorded = new Map(before.map(({ apiId, publishId }) => [apiId, publishId]));
  const problem = (apiId: string, { publishId }: Found) => {
    if (publishId === undefined) return "is not published";
    const ours = recorded.get(apiId);
    if (!recorded.has(apiId) || ours === publishId) return undefined;
    return ours === undefined ? "may be published as it was before" : "was published by someone else";
  };
  const lost = [...recorded.keys()].filter((apiId) => !here.has(apiId) && !wanted.has(apiId));
  const left = [...here].filter(([apiId, { publishId }]) => publishId && recorded.has(apiId) && !wanted.has(apiId));
  return [
    ...[...wanted].map(([apiId, found]) => [apiId, found, problem(apiId, found)] as const),
    ...left.map(([apiId, found]) => [apiId, found, "is still published"] as const),
    // What comes in its place, perhaps in the same update, is published too.
    ...lost.map((apiId) => [apiId, nowhere, "is gone"] as const),
  ].flatMap(([apiId, { name }, what]) => {
    const who = name === undefined ? apiId : `${name} (${apiId})`;
    return what === undefined ? [] : [`API ${who} ${what}`];
  });
}

function digest(apiIds: readonly string[]): string {
  return createHash("sha256").update(apiIds.join()).digest("hex").slice(0, 16);
}
