import { z } from "zod";
import { settable } from "../core/settable";
import type { Version } from "./model";
import { tagKey, tagValue, unique } from "./text";

const MAX_VALUE = 32 * 1024;

const description = z.string().max(2048);
const eventSubscriptions = z.array(z.string()).max(1);
const withinSize = (value: string): boolean => Buffer.byteLength(value) <= MAX_VALUE;

const expireTime = z.number().int().min(0);

/** The two ways to give a value; exactly one must be there. */
const values = {
  secret_string: z.string().min(1).refine(withinSize).optional(),
  secret_binary: z.base64().min(1).refine(withinSize).optional(),
};

interface Valued {
  secret_string?: string | undefined;
  secret_binary?: string | undefined;
}

const oneValue = ({ secret_string, secret_binary }: Valued): boolean =>
  (secret_string === undefined) !== (secret_binary === undefined);

export const valueOf = ({ secret_string, secret_binary = "" }: Valued): Version["value"] =>
  secret_string === undefined ? { secret_binary } : { secret_string };

const settings = {
  kms_key_id: z.string().optional(),
  description: description.optional(),
  auto_rotation: z.boolean().optional(),
  rotation_period: z.string().optional(),
  rotation_func_urn: z.string().optional(),
  event_subscriptions: eventSubscriptions.optional(),
};

const tag = z.strictObject({ key: tagKey, value: tagValue.default("") });

/** Request bodies of the operations on secrets, versions and tags; unknown fields are refused. */
export const bodies = {
  createSecret: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
      ...values,
      ...settings,
      rotation_config: z.string().optional(),
      secret_type: z.enum(["COMMON", "RDS", "RDS-FG", "GaussDB-FG"]).optional(),
      enterprise_project_id: z.string().optional(),
    })
    .refine(oneValue, { path: ["secret_string"] }),
  updateSecret: z.strictObject(settings),
  createVersion: z
    .strictObject({
      ...values,
      version_stages: unique(
        z
          .array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/))
          .min(1)
          .max(12),
        (stage) => stage,
      ).optional(),
      expire_time: settable(expireTime, 0),
    })
    .refine(oneValue, { path: ["secret_string"] }),
  updateVersion: z.strictObject({ expire_time: expireTime }),
  scheduleDeletion: z.strictObject({ recovery_window_in_days: settable(z.number().int().min(7).max(30), 0) }),
  batchTags: z.strictObject({
    action: z.enum(["create", "delete"]),
    tags: unique(z.array(tag).min(1).max(20), ({ key }) => key),
    sequence: z.string().length(36).optional(),
  }),
  addTag: z.strictObject({ tag }),
  nothing: z.strictObject({}),
};

/** Query of lists that go on after a marker. */
export const pageQuery = z.object({
  limit: z.string().regex(/^\d+$/).default("50").transform(Number).pipe(z.number().min(1).max(1000)),
  marker: z.string().optional(),
});

export const listQuery = pageQuery.extend({ event_name: z.string().optional() });
