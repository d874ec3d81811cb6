/**
 * Lists of the AppCodes of each app, and the waits that keep callers from being locked out in a rotation.
 *
 * One list for each process and app answers all reads of a refresh. Preview and update are separate processes. A create
 * in the app drops its list. A delete takes its code out of the list.
 */
import { deleteAppCode, listAppCodes, type AppCode } from "../../clients/apig/app-codes";
import type { Connection } from "../../settings/connection";
import { isNewApp } from "../shared/new-apps";
import { ofConnection } from "../shared/of-connection";
import type { PlacedInstance } from "../shared/place";

interface Known {
  /** The codes, as soon as the call for them ends. */
  codes?: Promise<readonly AppCode[]>;
  /** The same, still with the codes that this process has deleted or is deleting. */
  listed?: Promise<readonly AppCode[]>;
  /** The codes that existed before this process made or deleted any. */
  before?: readonly AppCode[];
  /** When this process last created a code. */
  created?: () => number;
}

const known = ofConnection(() => new Map<string, Known>());

function knownOf(connection: Connection, instance: PlacedInstance, appId: string): Known {
  const apps = known(connection);
  const key = `${instance.place.projectId}/${instance.instanceId}/${appId}`;
  const app = apps.get(key) ?? {};
  apps.set(key, app);
  return app;
}

/** All codes of an app: one call for each process, until it creates a code. */
export async function cachedAppCodes(
  connection: Connection,
  instance: PlacedInstance,
  appId: string,
): Promise<readonly AppCode[]> {
  const app = knownOf(connection, instance, appId);
  if (!app.codes) app.listed = app.codes = listAppCodes(instance, appId);
  try {
    return await app.codes;
  } catch (error) {
    // A failure is not kept: the next read asks again.
    delete app.codes;
    delete app.listed;
    throw error;
  }
}

/** All codes that an app may still have, for a delete that searches its own code. Parallel deletes share one call. */
export async function possibleAppCodes(
  connection: Connection,
  instance: PlacedInstance,
  appId: string,
): Promise<readonly AppCode[]> {
  const { listed } = knownOf(connection, instance, appId);
  return listed ? await listed : await cachedAppCodes(connection, instance, appId);
}

/** The codes that an app had before this process made or deleted any: one call for each process, none for a new app. */
async function codesBefore(
  connection: Connection,
  instance: PlacedInstance,
  appId: string,
): Promise<readonly AppCode[]> {
  const app = knownOf(connection, instance, appId);
  return (app.before ??= isNewApp(connection, appId) ? [] : await cachedAppCodes(connection, instance, appId));
}

/** Whether callers may use a code of the app already, and get the new one instead. */
export async function hasCallers(connection: Connection, instance: PlacedInstance, appId: string): Promise<boolean> {
  return (await codesBefore(connection, instance, appId)).length > 0;
}

/** Called after each attempt to create a code of the app. A failed one may also have taken effect. */
export function noteCreated(connection: Connection, instance: PlacedInstance, appId: string): void {
  const app = knownOf(connection, instance, appId);
  delete app.codes;
  delete app.listed;
  app.created = instance.caller.moment("apig");
}

/** Deletes a code of the app. */
export async function deleteListed(
  connection: Connection,
  instance: PlacedInstance,
  appId: string,
  codeId: string,
): Promise<void> {
  const app = knownOf(connection, instance, appId);
  const { codes } = app;
  // The list is not used while the result of this delete is unknown.
  delete app.codes;
  await deleteAppCode(instance, appId, codeId);
  if (codes) app.codes ??= codes.then((known) => known.filter(({ id }) => id !== codeId));
}

/**
 * Called before a code is deleted. Waits until the newest other code of the app is `seconds` old, so that the gateway
 * knows it. Never waits longer than `seconds`, even if the clocks differ.
 */
export async function untilOthersSettled(
  connection: Connection,
  instance: PlacedInstance,
  appId: string,
  appCodeId: string,
  seconds: number,
): Promise<void> {
  if (seconds === 0) return;
  const app = knownOf(connection, instance, appId);
  const before = await codesBefore(connection, instance, appId);
  const others = before.filter((code) => code.id !== appCodeId).map((code) => Date.parse(code.create_time));
  const newest = others
    .filter(Number.isFinite)
    .reduce((one, other) => Math.max(one, other), app.created?.() ?? -Infinity);
  const now = instance.caller.moment("apig")();
  const wait = Math.min(seconds * 1000, newest + seconds * 1000 - now);
  if (wait > 0) await connection.runtime.sleep(wait);
}
