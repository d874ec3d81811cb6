/** APIs as the list call shows them: without backends and parameters. `huawei` reference 1.2. */
import { z } from "zod";
import { failedAs, ListMovedError } from "../../http/errors";
import { call, listAll, listing, nothing, operation, type Instance } from "./instance";

const ListedApi = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  group_id: z.string().min(1),
  req_method: z.string(),
  req_uri: z.string(),
  /** `HTTP`, `HTTPS`, `BOTH` or `GRPCS`. */
  req_protocol: z.string(),
  /** `NONE`, `APP`, `IAM` or `AUTHORIZER`. */
  auth_type: z.string(),
  /** Whether callers of an app may present an AppCode: `HEADER` or `DISABLE`. */
  auth_opt: z.looseObject({ app_code_auth_type: z.string().nullish() }).nullish(),
  backend_type: z.string(),
  /** 1 is public, 2 private. */
  type: z.number(),
  /** `SWA` is by prefix, `NORMAL` exact. */
  match_mode: z.string().nullish(),
  cors: z.boolean().nullish(),
  remark: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  version: z.string().nullish(),
  authorizer_id: z.string().nullish(),
  response_id: z.string().nullish(),
  register_time: z.string().nullish(),
  /** When the definition was changed, not when it was published. */
  update_time: z.string().nullish(),
  /** The environments it is published in, joined by `|`; the next two go with it, item by item. */
  run_env_id: z.string().nullish(),
  publish_id: z.string().nullish(),
  publish_time: z.string().nullish(),
});
export type ListedApi = z.infer<typeof ListedApi>;

/** One environment that an API is published in. */
export interface Publication {
  readonly envId: string;
  readonly publishId: string;
  readonly publishTime: string;
}

const list = listing({ name: "ListApisV2", action: "list the APIs", path: "/apis" }, "apis", ListedApi);

const show = operation({
  name: "ShowDetailsOfApiV2",
  action: "read the API",
  method: "GET",
  path: "/apis/{api_id}",
  success: [200],
  idempotent: true,
  response: z.looseObject({ id: z.string().min(1) }),
});

const remove = operation({
  name: "DeleteApiV2",
  action: "delete the API",
  method: "DELETE",
  path: "/apis/{api_id}",
  success: [204],
  idempotent: true,
  response: nothing,
});

/** The APIs of a group, of an environment (those published there), of both, or of the whole instance. */
export function listApis(
  instance: Instance,
  { groupId, envId }: { readonly groupId?: string; readonly envId?: string },
): Promise<ListedApi[]> {
  const about = [groupId && `of group ${groupId}`, envId && `published in environment ${envId}`];
  const query = { group_id: groupId, env_id: envId };
  const of = groupId === undefined ? {} : { group_id: groupId };
  return listAll(instance, list, { query, subject: about.filter(Boolean).join(" ") }, of);
}

/**
 * The APIs of a group that had some. An empty list is believed only if one of the known APIs is gone itself.
 *
 * @param known ids of the APIs that were seen in it
 */
export async function listKnownApis(
  instance: Instance,
  groupId: string,
  known: readonly string[],
): Promise<ListedApi[]> {
  const listed = await listApis(instance, { groupId });
  const [id] = known;
  if (listed.length > 0 || id === undefined) return listed;
  try {
    await call(instance, show, { path: { api_id: id }, about: { id }, subject: id });
  } catch (error) {
    if (failedAs(error, "not-found")) return listed;
    throw error;
  }
  throw new ListMovedError(
    `could not list the APIs of group ${groupId}: the service shows none, but API ${id} is there. Nothing is taken for deleted`,
  );
}

/** Deletes an API. The service refuses if it is published somewhere (APIG.3416). */
export async function deleteApi(instance: Instance, apiId: string): Promise<void> {
  await call(instance, remove, { path: { api_id: apiId }, subject: apiId });
}

/** How callers prove who they are: `NONE`, `APP`, `APP+AppCode`, `IAM`, or `AUTHORIZER` and its id. */
export function authenticationOf(api: ListedApi): string {
  const by = api.authorizer_id ? ` ${api.authorizer_id}` : "";
  return `${api.auth_type}${by}${takesAppCode(api) ? "+AppCode" : ""}`;
}

/** Whether a caller may present an AppCode instead of a signature. */
export function takesAppCode(api: ListedApi): boolean {
  return api.auth_opt?.app_code_auth_type === "HEADER";
}

/** Where an API is published. */
export function publicationsOf(api: ListedApi): Publication[] {
  const [envIds, publishIds, publishTimes] = [api.run_env_id, api.publish_id, api.publish_time].map(
    (joined) => joined?.split("|") ?? [],
  );
  return (envIds ?? [])
    .map((envId, index) => ({
      envId,
      publishId: publishIds?.[index] ?? "",
      publishTime: publishTimes?.[index] ?? "",
    }))
    .filter(({ envId }) => envId !== "");
}
