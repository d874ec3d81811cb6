/** AppCodes: what a caller sends in `X-Apig-AppCode`. Seed page 004 (details) and `huawei` reference 1.3. */
import { z } from "zod";
import { call, listAll, listing, nothing, operation, type Instance } from "./instance";

const AppCode = z.looseObject({
  id: z.string().min(1),
  app_id: z.string().min(1),
  app_code: z.string(),
  create_time: z.string(),
});
export type AppCode = z.infer<typeof AppCode>;

const create = operation({
  name: "CreateAppCodeV2",
  action: "create an AppCode",
  method: "POST",
  path: "/apps/{app_id}/app-codes",
  success: [200, 201],
  idempotent: false,
  response: AppCode,
});

const list = listing(
  { name: "ListAppCodesV2", action: "list the AppCodes", path: "/apps/{app_id}/app-codes" },
  "app_codes",
  AppCode,
);

const show = operation({
  name: "ShowDetailsOfAppCodeV2",
  action: "read the AppCode",
  method: "GET",
  path: "/apps/{app_id}/app-codes/{app_code_id}",
  // The page says 201. Clients that are tested against the live service accept 200 only.
  success: [200, 201],
  idempotent: true,
  response: AppCode,
});

const remove = operation({
  name: "DeleteAppCodeV2",
  action: "delete the AppCode",
  method: "DELETE",
  path: "/apps/{app_id}/app-codes/{app_code_id}",
  success: [204],
  idempotent: true,
  response: nothing,
});

export function createAppCode(instance: Instance, appId: string, appCode: string): Promise<AppCode> {
  return call(instance, create, {
    path: { app_id: appId },
    body: { app_code: appCode },
    about: { app_id: appId, app_code: appCode },
    subject: `for app ${appId}`,
  });
}

export function listAppCodes(instance: Instance, appId: string): Promise<AppCode[]> {
  return listAll(instance, list, { path: { app_id: appId }, subject: `of app ${appId}` }, { app_id: appId });
}

export function showAppCode(instance: Instance, appId: string, appCodeId: string): Promise<AppCode> {
  return call(instance, show, {
    path: { app_id: appId, app_code_id: appCodeId },
    about: { id: appCodeId, app_id: appId },
    subject: `${appCodeId} of app ${appId}`,
  });
}

export async function deleteAppCode(instance: Instance, appId: string, appCodeId: string): Promise<void> {
  await call(instance, remove, {
    path: { app_id: appId, app_code_id: appCodeId },
    subject: `${appCodeId} of app ${appId}`,
  });
}
