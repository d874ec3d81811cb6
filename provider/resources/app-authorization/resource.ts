/**
 * AppAuthorization: each of some apps may call each of some APIs in an environment.
 *
 * The service keeps one record for each pair of app and API. A pair that existed when this resource first looked belongs
 * to somebody else, and stays when the resource is deleted. All other declared pairs belong to the resource.
 */
import { listApis, takesAppCode } from "../../clients/apig/apis";
import * as client from "../../clients/apig/authorizations";
import { seeInstance } from "../../clients/apig/instance";
import { mayHaveWorked } from "../../clients/apig/batches";
import { failedAs } from "../../http/errors";
import type { ResourceType } from "../../lifecycle/contract";
import type { Neighbours } from "../../lifecycle/claims";
import { GoneError, PartialCreateError } from "../../lifecycle/errors";
import { warn } from "../../lifecycle/warn";
import { inputs, type Args, type GrantedAuthorization, type State } from "./inputs";
import { adoptable, demandAll } from "../shared/adopt-many";
import { driftKey, noDrift } from "../shared/drift";
import { inIdOrder } from "../shared/id-list";
import { formatId, parseId } from "../shared/ids";
import { leave } from "../shared/leave";
import { keysIn } from "../shared/natural-keys";
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
export const appAuthorization: ResourceType<Args, State> = {
  type: "AppAuthorization",
  inputs,
  resolved: [...placeKeys, driftKey],
  secrets: [],
  idOutputs: ["instanceId", "envId"],
  computed: ["authorizations", "skipped"],
  updated: () => ["authorizations", "skipped"],
  replaceOn: [...placeKeys, "instanceId", "envId"],
  notCompared: [...placeKeys, "adopt"],
  wants: ({ appIds = [], apiIds = [], ...at }) =>
    keysIn(at, ...declared({ appIds, apiIds }).map((pair) => pairPart(at.envId, pair))),
  holds: (_id, state) => keysIn(state, ...declared(state).map((pair) => pairPart(state.envId, pair))),
  made: (state) => state.authorizations.filter(isOwn).flatMap((each) => recordKeys(state, each)),
  isMany: true,

  defaults: (connection) => ({ ...declareInstance(connection), ...noDrift }),
  differences: placeDifferences,

  prepare({ appIds, apiIds }) {
    return Promise.resolve({
      inputs: { ...(appIds && { appIds: inIdOrder(appIds) }), ...(apiIds && { apiIds: inIdOrder(apiIds) }) },
    });
  },

  async adoption({ envId, appIds, apiIds, skipOpen, instanceId, adopt }, connection) {
    if (envId === undefined || appIds === undefined || apiIds === undefined || instanceId === undefined)
      return undefined;
    const instance = await openInstance(connection, undefined, instanceId);
    const { open } = skipOpen ? await authenticationsOf(instance, { envId, apiIds }) : { open: [] };
    const wanted = grantable({ appIds, apiIds }, open);
    const standing = await grantedOf(instance, envId, wanted);
    const missing = named(without(wanted, standing));
    return adoptable(`AppAuthorization in environment ${envId}`, "authorized", named(standing), missing, adopt);
  },

  async create(args, connection, neighbours) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const id = formatId(args.instanceId, args.envId, args.appIds.join());
    const outputs = await inTurn(connection, turnOf(args), () => authorize(id, instance, args, undefined, neighbours));
    return { id, outputs };
  },

  async read(id, old, connection) {
    const { instance: instanceId, environment: envId, apps } = parseId(id, ["instance", "environment", "apps"]);
    const instance = await openInstance(connection, old, instanceId);
    if (!old) {
      const appIds = inIdOrder(apps.split(","));
      const authorizations = await granted(instance, envId, appIds);
      if (authorizations.length === 0) throw new GoneError(`These apps may call nothing in environment ${envId}.`);
      const apiIds = inIdOrder(authorizations.map(({ apiId }) => apiId));
      return { ...instance.place, instanceId, envId, appIds, apiIds, authorizations, ...noDrift };
    }
    const authorizations = marked(await grantedOf(instance, envId, known(old)), old);
    if (authorizations.length === 0) await seeInstance(instance);
    if (authorizations.length === 0) throw new GoneError(`None of it is left in environment ${envId}.`);
    const missing = without(grantable(old, old.skipped), authorizations);
    // Pairs that a failed update should have cancelled: after a refresh the engine does not know that it failed.
    const left = without(authorizations, declared(old)).filter(isOwn);
    const drift = [
      ...missing.map(({ appId, apiId }) => `app ${appId} may not call API ${apiId}`),
      ...left.map(({ appId, apiId }) => `app ${appId} may still call API ${apiId}`),
    ];
    return { authorizations, drift };
  },

  async update(id, old, args, connection, neighbours) {
    const instance = await openInstance(connection, old, old.instanceId);
    return inTurn(connection, turnOf(old), () => authorize(id, instance, args, old, neighbours));
  },

  async delete(_id, old, connection, neighbours) {
    const instance = await openInstance(connection, old, old.instanceId);
    await inTurn(connection, turnOf(old), async () => {
      const there = marked(await grantedOf(instance, old.envId, known(old)), old);
      await cancel(instance, old, there, neighbours);
    });
  },
};

/** Keys of one authorization record. A pair may get another record later. */
function recordKeys(at: Pick<Args, "envId" | "region" | "instanceId">, authorization: GrantedAuthorization): string[] {
  return keysIn(at, [...pairPart(at.envId, authorization), "as", authorization.id]);
}

const pairPart = (envId: string | undefined, { appId, apiId }: Pair) => [
  "app",
  appId,
  "for API",
  apiId,
  "in environment",
  envId,
];

function turnOf({ envId, instanceId }: Pick<Args, "envId" | "instanceId">): string {
  return `authorizations ${instanceId} ${envId}`;
}

type Pair = Omit<GrantedAuthorization, "id">;

/** The pairs that the inputs ask for. */
function declared({ appIds, apiIds }: Pick<Args, "appIds" | "apiIds">): Pair[] {
  return appIds.flatMap((appId) => apiIds.map((apiId) => ({ appId, apiId })));
}

/** The same without APIs that are left out. */
function grantable(inputs: Pick<Args, "appIds" | "apiIds">, skipped: readonly string[] = []): Pair[] {
  return declared(inputs).filter(({ apiId }) => !skipped.includes(apiId));
}

/** Ids of the APIs without app authentication, for which apps cannot be authorized, and names of those that take no AppCode. */
async function authenticationsOf(instance: PlacedInstance, { envId, apiIds }: Pick<Args, "envId" | "apiIds">) {
  const listed = await listApis(instance, { envId });
  const asked = listed.filter(({ id }) => apiIds.includes(id));
  const signed = asked.filter((api) => api.auth_type === "APP" && !takesAppCode(api)).map(({ name }) => name);
  return { open: inIdOrder(asked.filter((api) => api.auth_type !== "APP").map(({ id }) => id)), signed };
}

/** Ids of the APIs that are left out. */
async function skippedOf(instance: PlacedInstance, args: Args): Promise<string[]> {
  const { open, signed } = await authenticationsOf(instance, args);
  if (signed.length > 0) {
    warn(
      `Callers have to sign their calls of ${signed.join(", ")}: these APIs take no AppCode. Import them with ` +
        '`auth: "APP+AppCode"`, or an `appcode-auth-type` in the definition, where they are to.',
    );
  }
  return open;
}

/** All pairs of a state, also those that a failed update should have cancelled. */
function known(state: State): Pair[] {
  return [...declared(state), ...state.authorizations];
}

/** The present authorizations, marked with what the state says about each. */
function marked(
  there: readonly GrantedAuthorization[],
  { authorizations }: Pick<State, "authorizations">,
): GrantedAuthorization[] {
  const others = new Set(authorizations.flatMap(({ id, stoodBefore }) => (stoodBefore ? [id] : [])));
  return there.map((each) => (others.has(each.id) ? { ...each, stoodBefore: true } : each));
}

const isOwn = ({ stoodBefore }: GrantedAuthorization) => stoodBefore !== true;

const keyOf = ({ appId, apiId }: Pair) => `${appId}/${apiId}`;

/** As messages name them. */
function named(pairs: readonly Pair[]): string[] {
  return pairs.map(({ appId, apiId }) => `app ${appId} for API ${apiId}`);
}

/** The first pairs without the second ones. */
function without<Some extends Pair>(pairs: readonly Some[], others: readonly Pair[]): Some[] {
  const keys = new Set(others.map(keyOf));
  return pairs.filter((pair) => !keys.has(keyOf(pair)));
}

/** The present authorizations of these apps in the environment, sorted. None for an app that is gone. */
async function granted(
  instance: PlacedInstance,
  envId: string,
  appIds: readonly string[],
): Promise<GrantedAuthorization[]> {
  const lists = await Promise.all(
    appIds.map((appId) =>
      client.listAuthorizations(instance, envId, appId).catch((error: unknown) => {
        if (failedAs(error, "not-found")) return [];
        throw error;
      }),
    ),
  );
  return lists
    .flat()
    .map(({ id, app_id: appId, api_id: apiId }) => ({ id, appId, apiId }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** The present authorizations of these pairs. */
async function grantedOf(
  instance: PlacedInstance,
  envId: string,
  pairs: readonly Pair[],
): Promise<GrantedAuthorization[]> {
  const all = await granted(instance, envId, inIdOrder(pairs.map(({ appId }) => appId)));
  const keys = new Set(pairs.map(keyOf));
  return all.filter((each) => keys.has(keyOf(each)));
}

/** Grants what is missing, and cancels what is ours and not declared any more. */
async function authorize(
  id: string,
  instance: PlacedInstance,
  args: Args,
  old: State | undefined,
  neighbours: Neighbours,
): Promise<object> {
  const skipped = args.skipOpen ? await skippedOf(instance, args) : undefined;
  const wanted = grantable(args, skipped);
  const found = await grantedOf(instance, args.envId, old ? [...wanted, ...known(old)] : wanted);
  if (args.adopt === "only" && old === undefined) demandAll("authorized", named(without(wanted, found)), named(found));
  const isNew = (each: GrantedAuthorization) => old === undefined || without([each], known(old)).length > 0;
  const there = (old ? marked(found, old) : found).map((each) => {
    const isOthers = !args.adopt && isNew(each) && !recordKeys(args, each).some((key) => neighbours.isOurs(key));
    return isOthers ? { ...each, stoodBefore: true } : each;
  });
  const missing = without(wanted, there);
  let begun = false;
  try {
    const appIds = inIdOrder(missing.map(({ appId }) => appId));
    const apiIds = inIdOrder(missing.map(({ apiId }) => apiId));
    await client.authorizeApps(instance, args.envId, appIds, apiIds);
    begun = missing.length > 0;
    await cancel(instance, args, without(there, wanted), neighbours);
    const authorizations = await grantedOf(instance, args.envId, wanted);
    const refused = named(without(wanted, authorizations));
    if (refused.length > 0) throw new Error(`The service said yes, but does not show: ${refused.join(", ")}.`);
    return { ...instance.place, authorizations: marked(authorizations, { authorizations: there }), skipped };
  } catch (error) {
    if (!begun && !mayHaveWorked(error)) throw error;
    // Recorded with the pairs that existed before; the other declared pairs count as ours.
    throw new PartialCreateError(id, { ...instance.place, authorizations: there }, error);
  }
}

/** Cancels what this resource granted, except for pairs that another resource of the program declares. */
async function cancel(
  instance: PlacedInstance,
  at: Pick<Args, "envId" | "region" | "instanceId">,
  left: readonly GrantedAuthorization[],
  neighbours: Neighbours,
): Promise<void> {
  const { going, staying } = leave(
    left,
    (each) => {
      const records = recordKeys(at, each);
      const isOurs = isOwn(each) || records.some((key) => neighbours.isOurs(key));
      return { holders: keysIn(at, pairPart(at.envId, each)), records, isOurs };
    },
    neighbours,
  );
  for (const { id } of going) await cancelOne(instance, at.envId, id);
  if (staying.length > 0) {
    warn(`Still authorized in environment ${at.envId}, because others did that before: ${named(staying).join(", ")}.`);
  }
}

async function cancelOne(instance: PlacedInstance, envId: string, authorizationId: string): Promise<void> {
  try {
    await client.cancelAuthorization(instance, envId, authorizationId);
  } catch (error) {
    if (!failedAs(error, "not-found")) throw error;
  }
}
