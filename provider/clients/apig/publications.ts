/**
 * Publishing APIs in an environment and taking them offline there. `huawei` reference 1.2.
 *
 * One call takes up to 1,000 APIs, and answers 200 also when it failed for some of them: those are errors here.
 */
import { z } from "zod";
import { ProviderError } from "../../http/errors";
import { call, operation, type Instance } from "./instance";

/** The most APIs that one call takes. */
const batchSize = 1000;

const Failure = z.looseObject({
  api_id: z.string(),
  api_name: z.string().nullish(),
  error_code: z.string().nullish(),
  error_msg: z.string().nullish(),
});
type Failure = z.infer<typeof Failure>;

const Answer = z.looseObject({
  success: z
    .array(z.looseObject({ api_id: z.string(), publish_id: z.string().nullish() }))
    .nullish()
    .transform((items) => items ?? []),
  failure: z
    .array(Failure)
    .nullish()
    .transform((items) => items ?? []),
});

const described = {
  name: "BatchPublishOrOfflineApiV2",
  method: "POST",
  path: "/apis/publish",
  success: [200],
  // What is published twice is published; only the history of versions gets one entry more.
  idempotent: true,
  response: Answer,
} as const;
const publish = operation({ ...described, action: "publish the APIs" });
const offline = operation({ ...described, action: "take the APIs offline" });

/** Codes of an API that is not published there (any more) or does not exist: to be offline is what was wanted. */
const alreadyOffline = ["APIG.3002", "APIG.3015"];

/** A batch of which some APIs failed. The others took effect. */
export class BatchError extends ProviderError {
  override readonly name = "BatchError";
  readonly kind = "invalid";

  constructor(
    action: string,
    envId: string,
    /** The APIs that failed, with the service's reasons. */
    readonly failures: readonly Failure[],
    /** Ids of the APIs for which it worked. */
    readonly succeeded: readonly string[],
  ) {
    const all = failures.length + succeeded.length;
    const list = failures.map(describeFailure).join("; ");
    super(`could not ${action} ${failures.length} of ${all} APIs in environment ${envId}: ${list}`);
  }
}

/** Publishes APIs as they are now, also those that are published already. @throws BatchError when some could not be */
export async function publishApis(instance: Instance, envId: string, apiIds: readonly string[]): Promise<void> {
  const { succeeded, failures } = await inBatches(instance, publish, "online", envId, apiIds);
  if (failures.length > 0) throw new BatchError("publish", envId, failures, succeeded);
}

/**
 * Takes APIs offline in one environment; that some are so already, or do not exist, is no failure.
 *
 * @throws BatchError when some could not be
 */
export async function offlineApis(instance: Instance, envId: string, apiIds: readonly string[]): Promise<void> {
  const { succeeded, failures } = await inBatches(instance, offline, "offline", envId, apiIds);
  const real = failures.filter(({ error_code }) => !alreadyOffline.includes(error_code ?? ""));
  if (real.length > 0) throw new BatchError("take offline", envId, real, succeeded);
}

async function inBatches(
  instance: Instance,
  operation: typeof publish,
  action: "online" | "offline",
  envId: string,
  apiIds: readonly string[],
): Promise<{ succeeded: string[]; failures: Failure[] }> {
  const succeeded: string[] = [];
  const failures: Failure[] = [];
  for (let start = 0; start < apiIds.length; start += batchSize) {
    const apis = apiIds.slice(start, start + batchSize);
    const answer = await call(instance, operation, {
      query: { action },
      body: { env_id: envId, apis },
      subject: `in environment ${envId}`,
    });
    succeeded.push(...answer.success.map((item) => item.api_id));
    failures.push(...answer.failure);
  }
  return { succeeded, failures };
}

function describeFailure({ api_id, api_name, error_code, error_msg }: Failure): string {
  const who = api_name ? `${api_name} (${api_id})` : api_id;
  const reason = (error_msg ?? "").replace(/\.$/, "");
  return `${who}: ${reason || "refused without a reason"}${error_code ? ` (${error_code})` : ""}`;
}
