/** Secrets as users see them, and as state keeps them. */
import { createHash, hash } from "node:crypto";
import type { Resource } from "../../clients/csms";

/** A secret as the tag query shows it: everything but its value. What the service leaves out is empty or null. */
export interface Secret {
  /** The name, unique in the project. */
  readonly name: string;
  /** Id of the secret. */
  readonly id: string;
  /** `ENABLED`, `DISABLED`, `PENDING_DELETE` or `FROZEN`. */
  readonly state: string;
  /** The KMS key that its values are encrypted with. */
  readonly kmsKeyId: string;
  readonly description: string;
  /** Epoch, unchanged from the service, like the other times. */
  readonly createTime: number | string | null;
  readonly updateTime: number | string | null;
  /** Null unless the secret waits for its deletion. */
  readonly scheduledDeleteTime: number | string | null;
  /** Ordered by key. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export const secretFields = [
  "id",
  "state",
  "kmsKeyId",
  "description",
  "createTime",
  "updateTime",
  "scheduledDeleteTime",
  "tags",
] as const satisfies readonly (keyof Secret)[];

/** What can be selected of a secret. The name is always there. */
export type SecretField = (typeof secretFields)[number];

/** A secret as far as it was selected. */
export type FoundSecret<Field extends SecretField = SecretField> = Pick<Secret, "name" | Field>;

/** The secret behind one entry of a page. */
export function secretOf({ resource_id, resource_name, resource_detail: detail, tags }: Resource): Secret {
  return {
    // The page lets the name be empty; an id is a name too.
    name: [resource_name, detail?.name].find((name) => name) ?? resource_id,
    id: resource_id,
    state: detail?.state ?? "",
    kmsKeyId: detail?.kms_key_id ?? "",
    description: detail?.description ?? "",
    createTime: detail?.create_time ?? null,
    updateTime: detail?.update_time ?? null,
    scheduledDeleteTime: detail?.scheduled_delete_time ?? null,
    tags: (tags ?? [])
      .map(({ key, value }) => ({ key, value: value ?? "" }))
      .sort((one, other) => compare(one.key, other.key)),
  };
}

/** The selected fields of a secret but its name, always in the same order. */
export function fieldsOf(secret: Secret, select: readonly SecretField[] = secretFields): Partial<Secret> {
  return Object.fromEntries(
    secretFields.filter((field) => select.includes(field)).map((field) => [field, secret[field]]),
  );
}

/** 48 bits of a hash. */
export function digestOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 8);
}

/** One value for a whole result, given in order of name. */
export function fingerprintOf(secrets: readonly { readonly name: string; readonly digest: string }[]): string {
  const sum = createHash("sha256");
  for (const { name, digest } of secrets) sum.update(JSON.stringify([name, digest]));
  return sum.digest("hex");
}

/** Ordered by name, because the service promises no order and a new order is no change. */
export function inOrder<Named extends { readonly name: string }>(secrets: readonly Named[]): Named[] {
  return secrets.toSorted((one, other) => compare(one.name, other.name));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
