/**
 * Publishing APIs in an environment and taking them offline there. `huawei` reference 1.2.
 *
 * One call takes up to 1,000 APIs. It answers 200 even if it failed for some of them: here that is an error.
 */
import { z } from "zod";
import { chunks, sendBatches } from "./batches";
import { call, operation, type Instance } from "./instance";

/** Most APIs in one call. */
const batchSize = 1000;

const Failure = z.looseObject({
  api_id: z.string().min(1),
  api_name: z.string().nullish(),
  error_code: z.string().nullish(),
  error_msg: z.string().nullish(),
});
type Failure = z.infer<typeof Failure>;

const described = {
  name: "BatchPublishOrOfflineApiV2",
  method: "POST",
  path: "/apis/publish",
  success: [200],
  // To publish again changes nothing, except for one more entry in the history of versions.
  idempotent: true,
  collidesIn: "environment",
  response: z.looseObject({
    success: z.array(z.looseObject({ api_id: z.string().min(1) })).nullish(),
    failure: z.array(Failure).nullish(),
  }),
} as const;
const publish = operation({ ...described, action: "publish APIs" });
const offline = operation({ ...described, action: "take APIs offline" });

/** Error codes that are no failure when APIs are taken offline: the API does not exist, or is not published there. */
const alreadyOffline = ["APIG.3002", "APIG.3015"];

/**
 * Publishes APIs as they are now, also those that are published already.
 *
 * @throws BatchError when some could not be
 */
export async function publishApis(instance: Instance, envId: string, apiIds: readonly string[]): Promise<void> {
  await inBatches(instance, publish, "online", envId, apiIds, () => true);
}

/**
 * Takes APIs offline in one environment. It is no failure if some are offline already, or do not exist.
 *
 * @throws BatchError when some could not be
 */
export async function offlineApis(instance: Instance, envId: string, apiIds: readonly string[]): Promise<void> {
  const counts = ({ error_code }: Failure) => !alreadyOffline.includes(error_code ?? "");
  await inBatches(instance, offline, "offline", envId, apiIds, counts);
}

/** Reason of a failure when the answer lists an API neither as done nor as failed. */
const unmentioned = "the service's answer does not mention it";

function inBatches(
  instance: Instance,
  described: typeof publish,
  action: "online" | "offline",
  envId: string,
  apiIds: readonly string[],
  counts: (failure: Failure) => boolean,
): Promise<void> {
  const subject = `in environment ${envId}`;
  return sendBatches(`${described.action} ${subject}`, chunks(apiIds, batchSize), async (apis) => {
    const answer = await call(instance, described, {
      query: { action },
      body: { env_id: envId, apis },
      subject,
      scope: envId,
    });
    const listed = answer.failure ?? [];
    const mentioned = new Set([...(answer.success ?? []), ...listed].map(({ api_id }) => api_id));
    const failures = [
      ...listed.filter(counts).map(({ api_id, api_name, error_code, error_msg }) => {
        return { who: api_name ? `${api_name} (${api_id})` : api_id, message: error_msg, code: error_code };
      }),
      ...apis
        .filter((id) => !mentioned.has(id))
        .map((id) => ({ who: id, message: unmentioned, code: undefined, unclear: true })),
    ];
    return { succeeded: apis.length - failures.length, failures };
  });
}
