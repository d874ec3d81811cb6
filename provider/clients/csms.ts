/** Secrets by tag: seed page 003 (ListResourceInstances) and `huawei` reference 1.4. CSMS lives on the `kms` host. */
import { z } from "zod";
import type { Caller, Operation } from "../http/operation";

/** Epoch, as the service gives it: the page says seconds, the live service answers milliseconds. */
const time = z.union([z.number(), z.string()]).nullish();

const Resource = z.looseObject({
  resource_id: z.string(),
  resource_name: z.string().nullish(),
  resource_detail: z
    .looseObject({
      name: z.string().nullish(),
      state: z.string().nullish(),
      kms_key_id: z.string().nullish(),
      description: z.string().nullish(),
      create_time: time,
      update_time: time,
      scheduled_delete_time: time,
    })
    .nullish(),
  tags: z.array(z.looseObject({ key: z.string(), value: z.string().nullish() })).nullish(),
});
/** A secret without its value. */
export type Resource = z.infer<typeof Resource>;

const total = z.union([z.number().int().min(0), z.string().regex(/^\d+$/).transform(Number)]);

/** What secrets are asked for. Tag keys are AND-ed, the values of a key OR-ed; names match in part. */
export interface TagFilter {
  readonly tags?: readonly { readonly key: string; readonly values?: readonly string[] | undefined }[] | undefined;
  readonly matches?: readonly { readonly key: string; readonly value: string }[] | undefined;
  /** 36 characters that name the request in the service's logs. */
  readonly sequence?: string | undefined;
}

const described = {
  name: "ListResourceInstances",
  action: "query the secrets by tag",
  service: "kms",
  method: "POST",
  path: "/v1/{project_id}/csms/resource_instances/action",
  success: [200],
  idempotent: true,
} as const;

const filter: Operation<{ total_count: number; resources: Resource[] }> = {
  ...described,
  response: z.looseObject({
    total_count: total,
    resources: z
      .array(Resource)
      .nullish()
      .transform((resources) => resources ?? []),
  }),
};

const count: Operation<{ total_count: number }> = {
  ...described,
  action: "count the secrets by tag",
  response: z.looseObject({ total_count: total }),
};

/** One page, in the service's order: from the secret after the first `offset` ones, at most `limit` (1 to 1000). */
export async function listSecrets(
  caller: Caller,
  wanted: TagFilter,
  offset: number,
  limit: number,
): Promise<{ total: number; resources: Resource[] }> {
  // The page has both numbers as strings.
  const body = { action: "filter", limit: String(limit), offset: String(offset), ...bodyOf(wanted) };
  const { total_count, resources } = await caller.call(filter, { body });
  return { total: total_count, resources };
}

/** How many there are. */
export async function countSecrets(caller: Caller, wanted: TagFilter): Promise<number> {
  const { total_count } = await caller.call(count, { body: { action: "count", ...bodyOf(wanted) } });
  return total_count;
}

function bodyOf({ tags, matches, sequence }: TagFilter): object {
  return { ...(tags && { tags }), ...(matches && { matches }), ...(sequence !== undefined && { sequence }) };
}
