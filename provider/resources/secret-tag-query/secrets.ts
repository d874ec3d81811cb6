/** Which fields of secrets are kept, and how two results are compared. */
import { createHash, hash } from "node:crypto";
import type { SecretFields } from "../../clients/csms";

export const secretFields = [
  "id",
  "state",
  "kmsKeyId",
  "description",
  "createTime",
  "updateTime",
  "scheduledDeleteTime",
  "tags",
] as const satisfies readonly (keyof SecretFields)[];

/** The fields that can be selected. The name is always there. */
export type SecretField = (typeof secretFields)[number];

/** A secret with its selected fields. */
export type FoundSecret<Field extends SecretField = SecretField> = {
  /** The name, unique in the project. */
  readonly name: string;
} & Pick<SecretFields, Field>;

/** The selected fields, always in the same order. */
export function select(fields: SecretFields, selected: readonly SecretField[] | undefined): Partial<SecretFields> {
  if (selected === undefined) return fields;
  const chosen = secretFields.filter((field) => selected.includes(field));
  return Object.fromEntries(chosen.map((field) => [field, fields[field]]));
}

/** 48 bits of a hash. */
export function digestOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 8);
}

/** One value for a whole result. The secrets must be sorted by name. */
export function fingerprintOf(secrets: readonly { readonly name: string; readonly digest: string }[]): string {
  const sum = createHash("sha256");
  for (const { name, digest } of secrets) sum.update(`${name} ${digest}\n`);
  return sum.digest("hex");
}

/** Sorts them by name: the service promises no order, and a new order is no change. */
export function inOrder<Named extends { readonly name: string }>(secrets: Named[]): Named[] {
  return secrets.sort((one, other) => compare(one.name, other.name));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
