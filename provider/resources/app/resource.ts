/**
 * App: a caller of APIs. AppCodes belong to an app, and authorizations let an app call an API. The console calls it
 * a credential.
 */
import { isDeepStrictEqual } from "node:util";
import * as apps from "../../clients/apig/apps";
import type { ResourceType } from "../../lifecycle/contract";
import { inputs, type Args, type State } from "./inputs";
import { demandMaking, foundToAdopt, nothingToAdopt, textChange } from "../shared/adopt";
import { createOnce } from "../shared/create-once";
import { formatId, idPart, parseId } from "../shared/ids";
import { lookedUpOnce } from "../shared/looked-up";
import { keysIn } from "../shared/natural-keys";
import { noteNewApp } from "../shared/new-apps";
import {
  declareInstance,
  openInstance,
  placeDifferences,
  placeKeys,
  recordPlace,
  type PlacedInstance,
} from "../shared/place";
import { remarkChange, remarkKept, remarkSeen } from "../shared/remark";

/** @internal */
export const app: ResourceType<Args, State> = {
  type: "App",
  inputs,
  resolved: placeKeys,
  secrets: ["appSecret"],
  idOutputs: ["instanceId", "appId"],
  computed: ["appKey", "appSecret"],
  updated: (changed) => (changed.includes("rotateSecret") ? ["appSecret"] : []),
  replaceOn: [...placeKeys, "instanceId"],
  notCompared: [...placeKeys, "adopt"],
  filledIn: ["appKey", "appSecret"],
  unseen: ["rotateSecret"],
  fromId: (id) => ({ instanceId: idPart(id, 0) }),

  wants: (args) => keysIn(args, ["the app named", args.name]),
  holds: (id, state) => keysIn(state, ["app", idPart(id, 1)]),

  defaults: declareInstance,
  differences: placeDifferences,

  async adoption(args, connection) {
    if (args.name === undefined || args.instanceId === undefined) return undefined;
    const instance = await openInstance(connection, undefined, args.instanceId);
    const all = await lookedUpOnce(connection, `apps ${args.instanceId}`, () => apps.listApps(instance));
    const found = all.find(({ name }) => name === args.name);
    return found
      ? foundToAdopt(nameOf(args), found.id, changes(found, args))
      : nothingToAdopt(nameOf(args), args.adopt);
  },

  async create(args, connection) {
    const place = await recordPlace(args, connection);
    const instance = await openInstance(connection, place, args.instanceId);
    const existing = args.adopt ? await apps.findApp(instance, args.name) : undefined;
    const made = existing ? await takeOver(existing, args, instance) : await createApp(args, instance);
    if (existing === undefined) noteNewApp(connection, made.id);
    return { id: formatId(args.instanceId, made.id), outputs: { ...place, ...keys(made) } };
  },

  async read(id, old, connection) {
    const { instance: instanceId, app: appId } = parseId(id, ["instance", "app"]);
    const instance = await openInstance(connection, old, instanceId);
    const found = await apps.showApp(instance, appId);
    return { ...instance.place, instanceId, name: found.name, remark: remarkSeen(found.remark, old), ...keys(found) };
  },

  async update(id, old, args, connection) {
    const { app: appId } = parseId(id, ["instance", "app"]);
    const instance = await openInstance(connection, old, old.instanceId);
    let updated = await apps.updateApp(instance, appId, body(args));
    if (args.appSecret === undefined && !isDeepStrictEqual(old.rotateSecret, args.rotateSecret)) {
      updated = await apps.resetAppSecret(instance, appId);
    }
    return { ...instance.place, ...keys(updated) };
  },

  async delete(id, old, connection) {
    const { app: appId } = parseId(id, ["instance", "app"]);
    await apps.deleteApp(await openInstance(connection, old, old.instanceId), appId);
  },
};

/** Writes only what differs. */
async function takeOver(existing: apps.App, args: Args, instance: PlacedInstance): Promise<apps.App> {
  if (changes(existing, args).length === 0) return existing;
  return apps.updateApp(instance, existing.id, body({ ...args, remark: remarkKept(existing.remark, args) }));
}

/** Where an app is not as the program says, in words. */
function changes(found: apps.App, { remark, appKey, appSecret }: Partial<Args>): string[] {
  return [
    ...remarkChange(found.remark, remark),
    ...(appKey === undefined ? [] : textChange("AppKey", found.app_key, appKey)),
    ...(appSecret === undefined || appSecret === found.app_secret ? [] : ["its AppSecret changes"]),
  ];
}

function nameOf({ name, instanceId }: Partial<Args>): string {
  return `App ${JSON.stringify(name)} in instance ${instanceId}`;
}

async function createApp(args: Args, instance: PlacedInstance): Promise<apps.App> {
  demandMaking(nameOf(args), args.adopt);
  return createOnce(
    instance.caller,
    () => apps.createApp(instance, body(args)),
    () => apps.findApp(instance, args.name),
    ({ id, name }) => `an app named ${name} (${id})`,
  );
}

function body(args: Args): apps.AppBody {
  const { name, remark = "", appKey, appSecret } = args;
  return { name, remark, ...(appKey && { app_key: appKey }), ...(appSecret && { app_secret: appSecret }) };
}

function keys(found: apps.App) {
  return { appKey: found.app_key, appSecret: found.app_secret };
}
