/** Secrets by tag: seed page 003 (ListResourceInstances) and `huawei` reference 1.4. CSMS is served by the `kms` host. */
import { z } from "zod";
import type { Caller, Operation } from "../http/operation";

/** What the tag query says about a secret, besides its name. Fields that the service leaves out are empty or null. */
export interface SecretFields {
  /** Id of the secret. */
  readonly id: string;
  /** `ENABLED`, `DISABLED`, `PENDING_DELETE` or `FROZEN`. */
  readonly state: string;
  /** The KMS key that its values are encrypted with. */
  readonly kmsKeyId: string;
  readonly description: string;
  /** Epoch time as the service sends it, like the other times: its page says seconds, its samples have milliseconds. */
  readonly createTime: number | string | null;
  readonly updateTime: number | string | null;
  /** Null, unless a deletion is scheduled. */
  readonly scheduledDeleteTime: number | string | null;
  /** Ordered by key. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

const time = z.union([z.number(), z.string()]).nullish();

const Resource = z.object({
  resource_id: z.string(),
  resource_name: z.string().nullish(),
  resource_detail: z
    .object({
      state: z.string().nullish(),
      kms_key_id: z.string().nullish(),
      description: z.string().nullish(),
      create_time: time,
      update_time: time,
      scheduled_delete_time: time,
    })
    .nullish(),
  tags: z.array(z.object({ key: z.string(), value: z.string().default("") })).nullish(),
});
type Resource = z.infer<typeof Resource>;

const total = z.union([z.number().int().min(0), z.string().regex(/^\d+$/).transform(Number)]);

/** Which secrets to find. They must have all tag keys, each with any of its values. Names match in part. */
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

const filter: Operation<{ total_count: number; resources?: Resource[] | null | undefined }> = {
  ...described,
  response: z.object({ total_count: total, resources: z.array(Resource).nullish() }),
};

const count: Operation<{ total_count: number }> = {
  ...described,
  action: "count the secrets by tag",
  response: z.object({ total_count: total }),
};

/**
 * One page, in the service's order. It skips `offset` secrets and has at most `limit` (1 to 1000).
 *
 * @param keep returns what to keep of a secret, given the total number of secrets. It is called for each secret, so that
 * the rest of a page with a thousand secrets does not stay in memory
 *
 * @internal
 */
export async function listSecrets<Kept>(
  caller: Caller,
  wanted: TagFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  keep: (name: string, fields: SecretFields, total: number) => Kept,
): Promise<{ total: number; items: Kept[] }> {
  // The page has both numbers as strings.
  const body = { action: "filter", limit: String(limit), offset: String(offset), ...bodyOf(wanted) };
  const { total_count, resources } = await caller.call(filter, { body });
  return {
    total: total_count,
    items: (resources ?? []).map((each) => keep(nameOf(each), fieldsOf(each), total_count)),
  };
}

/**
 * How many there are.
 *
 * @internal
 */
export async function countSecrets(caller: Caller, wanted: TagFilter): Promise<number> {
  const { total_count } = await caller.call(count, { body: { action: "count", ...bodyOf(wanted) } });
  return total_count;
}

function bodyOf({ tags, matches, sequence }: TagFilter): object {
  return { ...(tags && { tags }), ...(matches && { matches }), ...(sequence !== undefined && { sequence }) };
}

/** The API page allows an empty name. Then the id is used. */
function nameOf({ resource_id, resource_name }: Resource): string {
  const name = resource_name ?? "";
  return name === "" ? resource_id : name;
}

function fieldsOf({ resource_id, resource_detail: detail, tags }: Resource): SecretFields {
  return {
    id: resource_id,
    state: detail?.state ?? "",
    kmsKeyId: detail?.kms_key_id ?? "",
    description: detail?.description ?? "",
    createTime: detail?.create_time ?? null,
    updateTime: detail?.update_time ?? null,
    scheduledDeleteTime: detail?.scheduled_delete_time ?? null,
    tags: tags?.sort((one, other) => (one.key < other.key ? -1 : 1)) ?? [],
  };
}
