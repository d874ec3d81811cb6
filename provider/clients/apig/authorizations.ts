/**
 * Authorizations: which app may call which API in which environment. `huawei` reference 1.3.
 *
 * One call authorizes each of several apps for each of several APIs. It answers 201 even if it failed for some pairs.
 */
import { z } from "zod";
import { chunks, sendBatches, type Failure } from "./batches";
import { call, listAll, listing, nothing, operation, type Instance } from "./instance";

/** Most pairs of app and API in one call. The service has no documented limit; this keeps calls short. */
const batchSize = 500;

const Result = z.looseObject({
  api_id: z.string().nullish(),
  app_id: z.string().nullish(),
  auth_result: z
    .looseObject({
      /** `SUCCESS`, `SKIPPED` (there already) or `FAILED`. */
      status: z.string().nullish(),
      error_code: z.string().nullish(),
      error_msg: z.string().nullish(),
      api_name: z.string().nullish(),
      app_name: z.string().nullish(),
    })
    .nullish(),
});

const Authorization = z.looseObject({ id: z.string().min(1), api_id: z.string().min(1), app_id: z.string().min(1) });
export type Authorization = z.infer<typeof Authorization>;

/** One of any environment. */
const PlacedAuthorization = Authorization.extend({ env_id: z.string().min(1) });
export type PlacedAuthorization = z.infer<typeof PlacedAuthorization>;

const authorize = operation({
  name: "CreateAuthorizingAppsV2",
  action: "authorize apps for APIs",
  method: "POST",
  path: "/app-auths",
  success: [201],
  // The service skips pairs that are authorized already.
  idempotent: true,
  collidesIn: "environment",
  response: z.looseObject({ auths: z.array(Result).nullish() }),
});

const bound = {
  name: "ListApisBindedToAppV2",
  action: "list the APIs that the app may call",
  path: "/app-auths/binded-apis",
} as const;
const listBound = listing(bound, "auths", Authorization);
const listBoundAnywhere = listing(bound, "auths", PlacedAuthorization);

const cancel = operation({
  name: "CancelingAuthorizationV2",
  action: "cancel the authorization",
  method: "DELETE",
  path: "/app-auths/{app_auth_id}",
  success: [204],
  idempotent: true,
  collidesIn: "environment",
  response: nothing,
});

const advice =
  "Before apps can be authorized for it, an API must be published in the environment and have app authentication (`skipOpen: true` leaves out those that have none)";

/**
 * Lets each app call each API in the environment. Pairs that are authorized already stay unchanged.
 *
 * @throws BatchError when some pairs were refused
 */
export function authorizeApps(
  instance: Instance,
  envId: string,
  appIds: readonly string[],
  apiIds: readonly string[],
): Promise<void> {
  const subject = `in environment ${envId}`;
  const batches = chunks(appIds, batchSize).flatMap((apps) =>
    chunks(apiIds, Math.floor(batchSize / apps.length)).map((apis) => ({ apps, apis })),
  );
  const send = async ({ apps, apis }: { apps: string[]; apis: string[] }) => {
    const body = { env_id: envId, app_ids: apps, api_ids: apis };
    const { auths } = await call(instance, authorize, { body, subject, scope: envId });
    const results = auths ?? [];
    const failed = results.filter((auth) => auth.auth_result?.status === "FAILED");
    return { succeeded: results.length - failed.length, failures: failed.map(failureOf) };
  };
  return sendBatches(`authorize apps for APIs ${subject}`, batches, send, advice);
}

function failureOf({ app_id, api_id, auth_result: result }: z.infer<typeof Result>): Failure {
  const app = result?.app_name ?? app_id ?? "of no name";
  const api = result?.api_name ?? api_id ?? "of no name";
  return { who: `app ${app} for API ${api}`, message: result?.error_msg, code: result?.error_code };
}

/** What an app may call in an environment. */
export function listAuthorizations(instance: Instance, envId: string, appId: string): Promise<Authorization[]> {
  const query = { app_id: appId, env_id: envId };
  return listAll(instance, listBound, { query, subject: `${appId} in environment ${envId}` }, { app_id: appId });
}

/** What an app may call, in all environments. */
export function listAuthorizationsOf(instance: Instance, appId: string): Promise<PlacedAuthorization[]> {
  return listAll(instance, listBoundAnywhere, { query: { app_id: appId }, subject: appId }, { app_id: appId });
}

export async function cancelAuthorization(instance: Instance, envId: string, authorizationId: string): Promise<void> {
  await call(instance, cancel, { path: { app_auth_id: authorizationId }, subject: authorizationId, scope: envId });
}
