/** What is kept of secrets, and how two results are told apart. */
import { createHash, hash } from "node:crypto";
import type { Secret } from "../../clients/csms";

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

/** The selected fields of a secret but its name, always in the same order. */
export function fieldsOf(secret: Secret, select: readonly SecretField[] = secretFields): Partial<Secret> {
  const fields: Partial<Record<SecretField, unknown>> = {};
  for (const field of secretFields) if (select.includes(field)) fields[field] = secret[field];
  return fields as Partial<Secret>;
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
