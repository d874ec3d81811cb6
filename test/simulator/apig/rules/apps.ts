import { missing, quota, taken } from "../errors";
import type { Instance } from "../instance";
import type { App, AppCode } from "../model";
import { begin, end, forget } from "../timeline";
import { revoke } from "./authorizations";

interface Fields {
  readonly name: string;
  readonly remark?: string | undefined;
  readonly app_key?: string | undefined;
  readonly app_secret?: string | undefined;
}

export function findApp(instance: Instance, id: string): App {
  const app = instance.apps.get(id);
  if (app === undefined) throw missing.app(id);
  return app;
}

export function createApp(instance: Instance, fields: Fields, id = instance.world.id()): App {
  claim(instance, fields);
  if (instance.apps.size >= instance.limit("apps")) throw quota.apps();
  const now = instance.time();
  return instance.apps.put({
    id,
    name: fields.name,
    remark: fields.remark ?? "",
    key: fields.app_key ?? instance.world.id(),
    secret: fields.app_secret ?? instance.world.id(),
    registered: now,
    updated: now,
  });
}

/** Absent fields stay. The remark also stays if an empty one is sent: the service does not clear it. */
export function updateApp(instance: Instance, id: string, fields: Fields): App {
  const app = findApp(instance, id);
  claim(instance, fields, id);
  return instance.apps.put({
    ...app,
    name: fields.name,
    remark: fields.remark === undefined || fields.remark === "" ? app.remark : fields.remark,
    key: fields.app_key ?? app.key,
    secret: fields.app_secret ?? app.secret,
    updated: instance.time(),
  });
}

export function resetSecret(instance: Instance, id: string, secret = instance.world.id()): App {
  return instance.apps.put({ ...findApp(instance, id), secret, updated: instance.time() });
}

/** Also deletes the app's codes and authorizations. */
export function deleteApp(instance: Instance, id: string): void {
  findApp(instance, id);
  for (const code of instance.appCodes.by("app", id)) drop(instance, code);
  for (const authorization of instance.authorizations.by("app", id)) revoke(instance, authorization.id);
  instance.apps.delete(id);
}

function claim(instance: Instance, { name, app_key }: Fields, owner?: string): void {
  const namesake = instance.apps.first("name", name);
  if (namesake !== undefined && namesake.id !== owner) throw taken.appName();
  const holder = app_key === undefined ? undefined : instance.apps.first("key", app_key);
  if (holder !== undefined && holder.id !== owner) throw taken.appKey();
}

/** Each call makes a code, even if the value exists already: no page documents a refusal of that. */
export function createAppCode(instance: Instance, appId: string, value: string, id = instance.world.id()): AppCode {
  findApp(instance, appId);
  if (instance.appCodes.countBy("app", appId) >= instance.limit("appCodesPerApp")) throw quota.appCodes();
  begin(instance.traffic.codes, value, { codeId: id, appId }, instance.effective());
  return instance.appCodes.put({ id, appId, value, created: instance.time() });
}

/** 64 hexadecimal digits, as in the samples. */
export const newCodeValue = (instance: Instance): string => instance.world.id() + instance.world.id();

/** A code is searched only in its own app. */
export function findAppCode(instance: Instance, appId: string, id: string): AppCode {
  findApp(instance, appId);
  const code = instance.appCodes.get(id);
  if (code?.appId !== appId) throw missing.appCode();
  return code;
}

export const deleteAppCode = (instance: Instance, appId: string, id: string): void =>
  drop(instance, findAppCode(instance, appId, id));

function drop(instance: Instance, code: AppCode): void {
  const { codes } = instance.traffic;
  forget(codes, instance.world.now());
  end(codes, code.value, instance.effective(), ({ codeId }) => codeId === code.id);
  instance.appCodes.delete(code.id);
}
