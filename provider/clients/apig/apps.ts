/** Apps: the callers of APIs, called credentials in the console. `huawei` reference 1.3. */
import { z } from "zod";
import { call, listAll, listing, nothing, operation, type Instance } from "./instance";

const App = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  remark: z.string().nullish(),
  app_key: z.string(),
  app_secret: z.string(),
  register_time: z.string().nullish(),
});
export type App = z.infer<typeof App>;

/** The fields of an app when it is created or changed. */
export interface AppBody {
  readonly name: string;
  readonly remark: string;
  readonly app_key?: string;
  readonly app_secret?: string;
}

const create = operation({
  name: "CreateAnAppV2",
  action: "create the app",
  method: "POST",
  path: "/apps",
  success: [201],
  idempotent: false,
  response: App,
});

const list = listing({ name: "ListAppsV2", action: "list the apps", path: "/apps" }, "apps", App);

const show = operation({
  name: "ShowDetailsOfAppV2",
  action: "read the app",
  method: "GET",
  path: "/apps/{app_id}",
  success: [200],
  idempotent: true,
  response: App,
});

const update = operation({
  name: "UpdateAppV2",
  action: "update the app",
  method: "PUT",
  path: "/apps/{app_id}",
  success: [200],
  idempotent: true,
  response: App,
});

const resetSecret = operation({
  name: "ResettingAppSecretV2",
  action: "reset the secret of the app",
  method: "PUT",
  path: "/apps/secret/{app_id}",
  success: [200],
  idempotent: true,
  response: App,
});

const remove = operation({
  name: "DeleteAppV2",
  action: "delete the app",
  method: "DELETE",
  path: "/apps/{app_id}",
  success: [204],
  idempotent: true,
  response: nothing,
});

export function createApp(instance: Instance, body: AppBody): Promise<App> {
  return call(instance, create, { body, about: { name: body.name }, subject: body.name });
}

/** All apps of the instance. */
export function listApps(instance: Instance): Promise<App[]> {
  return listAll(instance, list);
}

/** The app with exactly this name. Without `precise_search` the service also matches parts of names. */
export async function findApp(instance: Instance, name: string): Promise<App | undefined> {
  const apps = await listAll(instance, list, { query: { name, precise_search: "name" }, subject: name });
  return apps.find((app) => app.name === name);
}

export function showApp(instance: Instance, appId: string): Promise<App> {
  return call(instance, show, about(appId));
}

export function updateApp(instance: Instance, appId: string, body: AppBody): Promise<App> {
  return call(instance, update, { ...about(appId), body });
}

/** Gives the app a new secret, made by the service. */
export function resetAppSecret(instance: Instance, appId: string): Promise<App> {
  return call(instance, resetSecret, { ...about(appId), body: {} });
}

/** Deletes an app, after a look that it is there: a server that answers every call with success must not be believed. */
export async function deleteApp(instance: Instance, appId: string): Promise<void> {
  await showApp(instance, appId);
  await call(instance, remove, { path: { app_id: appId }, subject: appId });
}

function about(appId: string) {
  return { path: { app_id: appId }, about: { id: appId }, subject: appId };
}
