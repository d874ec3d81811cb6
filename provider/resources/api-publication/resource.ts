/**
 * ApiPublication: publishes APIs in an environment, so that they can be called. Either a list of APIs, or all APIs that
 * a group has at the moment.
 *
 * A publication is a copy of an API. If the API changes, it must be published again: `triggers` says when. An update
 * publishes what is not as this resource left it, and takes offline what this resource published and does not want any
 * more.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
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
import { nowhere, publicationsIn, publishedOf, survey, whoIs, type Found, type FoundById } from "./survey";
import { adoptable, demandAll } from "../shared/adopt-many";
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
  notCompared: [...placeKeys, "adopt"],
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

  async adoption({ envId, groupId, apiIds, instanceId, adopt }, connection, unknown) {
    const isOpen = ["envId", "groupId", "apiIds"].some((key) => unknown.has(key));
    if (envId === undefined || instanceId === undefined || isOpen) return undefined;
    const { wanted } = await survey(await openInstance(connection, undefined, instanceId), { envId, groupId, apiIds });
    const [missing, standing] = publicationsIn(wanted);
    return adoptable(`ApiPublication in environment ${envId}`, "published", standing, missing, adopt);
  },

  async create(args, connection, neighbours) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const target = args.groupId ?? `apis-${digest(args.apiIds ?? [])}`;
    const id = formatId(args.instanceId, args.envId, target);
    const outputs = await inTurn(connection, turnOf(args), async () => {
      if (args.adopt === "only") demandAll("published", ...publicationsIn((await survey(instance, args)).wanted));
      return publish(id, instance, args, [], true, neighbours);
    });
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

/**
 * Publishes what is due, and takes offline what is not wanted any more.
 *
 * @param before what this resource has published so far
 * @param again whether to publish also what is still as this resource left it
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
  // The list is also empty for a group that does not exist.
  if (wanted.size === 0 && args.groupId !== undefined) {
    const { name } = await showGroup(instance, args.groupId);
    warn(`Nothing is published: the API group ${name} has no APIs yet. Let the publication depend on what makes them.`);
  }
  const recorded = new Map(before.map((each) => [each.apiId, each]));
  /** One that stands there as somebody else published it, and whose API this run did not change since. */
  const adopts = (apiId: string) =>
    Boolean(args.adopt) && !recorded.has(apiId) && !doneKeys(args, apiId).some((key) => neighbours.undone.isOpen(key));
  const isDue = ([apiId, { publishId }]: [string, Found]) => {
    if (publishId === undefined) return true;
    return !adopts(apiId) && (again || publishId !== recorded.get(apiId)?.publishId);
  };
  const due = [...wanted].filter(isDue).map(([apiId]) => apiId);
  const left = before.filter(({ apiId }) => !wanted.has(apiId));
  /** Adds `stoodBefore`: the publication of others that was there when this resource first looked. */
  const own = (api: PublishedApi): PublishedApi => {
    const published = wanted.get(api.apiId)?.publishId;
    const known = recorded.get(api.apiId);
    const others = args.adopt ? undefined : published;
    const stoodBefore = published && (known ? known.stoodBefore : others);
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
    // An API without publish id belongs to this resource, too. The next update publishes it.
    const tried = due.map((apiId) => own({ apiId }));
    const adopted = publishedOf(new Map([...wanted].filter(([apiId]) => !due.includes(apiId) && !recorded.has(apiId))));
    const rest = [...before.filter(({ apiId }) => !due.includes(apiId)), ...adopted];
    throw new PartialCreateError(id, { ...instance.place, published: [...rest, ...tried] }, error);
  }
}

/**
 * Takes offline what this resource published. Leaves what others had published before, what somebody else published
 * since, and what another resource of the program publishes.
 *
 * @param here what is published in the environment now
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

/** Keys of one publication. An API may have many in an environment, one after the other. */
function recordKeys(at: Pick<Args, "envId" | "region" | "instanceId">, apiId: string, publishId: string): string[] {
  return keysIn(at, [...publicationPart(apiId, at.envId), "as", publishId]);
}

/** Keys of work that other resources left: to publish this API in this environment, or in any. */
function doneKeys(at: Pick<Args, "envId" | "region" | "instanceId">, apiId: string): string[] {
  return keysIn(at, ...[at.envId, anyEnvironment].map((envId) => publicationPart(apiId, envId)));
}

function turnOf({ envId, instanceId }: Pick<Args, "envId" | "instanceId">): string {
  return `publications ${instanceId} ${envId}`;
}

/** Says what is not as this resource left it, and what a failed update did not finish. */
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
    // The API that replaces it, perhaps in the same update, must be published, too.
    ...lost.map((apiId) => [apiId, nowhere, "is gone"] as const),
  ].flatMap(([apiId, { name }, what]) => (what === undefined ? [] : [`API ${whoIs(apiId, name)} ${what}`]));
}

function digest(apiIds: readonly string[]): string {
  return createHash("sha256").update(apiIds.join()).digest("hex").slice(0, 16);
}
