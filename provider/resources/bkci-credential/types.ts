/**
 * The credential types of BK-CI: the values of each, in the order of their numbers in the API, and the rules that can be
 * checked before anything is sent. `bk-ci` reference 3.
 */
import type { CheckFailure } from "../../lifecycle/validate";

/** The values of each type. All but `passphrase` are required. */
export const slots = {
  PASSWORD: ["password"],
  MULTI_LINE_PASSWORD: ["password"],
  ACCESSTOKEN: ["accessToken"],
  OAUTHTOKEN: ["oauthToken"],
  SECRETKEY: ["secretKey"],
  USERNAME_PASSWORD: ["username", "password"],
  APPID_SECRETKEY: ["appId", "secretKey"],
  SSH_PRIVATEKEY: ["privateKey", "passphrase"],
  TOKEN_SSH_PRIVATEKEY: ["token", "privateKey", "passphrase"],
  TOKEN_USERNAME_PASSWORD: ["token", "username", "password"],
  COS_APPID_SECRETID_SECRETKEY_REGION: ["cosAppId", "secretId", "secretKey", "region"],
} as const;

/** Type of a BK-CI credential. */
export type BkciCredentialType = keyof typeof slots;

export const typeNames = Object.keys(slots) as BkciCredentialType[];

/** Name of a value, as an input of the resource. */
export type Slot = (typeof slots)[BkciCredentialType][number];

export const slotNames = [...new Set(Object.values(slots).flat())] as Slot[];

export const secretSlots = slotNames.filter((slot) => slot !== "username");

/** The only value that may be left out. */
export const optionalSlot = "passphrase" satisfies Slot;

/** What BK-CI shows instead of a value. If it is written, the old value stays. */
const mask = "******";

export type Values = Partial<Record<Slot, string | undefined>>;

/** Whether any value is given. If none is, a credential keeps those it has. */
export function hasValues(values: Values): boolean {
  return slotNames.some((slot) => values[slot] !== undefined);
}

/** The values of a type under the numbers that the API uses. */
export function numbered(
  type: BkciCredentialType,
  values: Values,
): { v1: string; v2?: string; v3?: string; v4?: string } {
  const [v1 = mask, v2, v3, v4] = slots[type].map((slot) => values[slot]);
  return { v1, ...(v2 !== undefined && { v2 }), ...(v3 !== undefined && { v3 }), ...(v4 !== undefined && { v4 }) };
}

/** Why BK-CI would keep the old value, or none, instead of this one; undefined for a good one. */
export function problemOfValue(value: string): string | undefined {
  if (value.trim() === "") return "must not be blank: BK-CI takes blank for no value";
  if (value === mask) return "must not be ******: BK-CI takes its own mask for no value";
  return undefined;
}

const keyKinds = ["RSA", "OPENSSH"];

/** Why BK-CI would refuse a private key; undefined for a good one. Never shows a part of the key. */
export function problemOfPrivateKey(key: string): string | undefined {
  const kind = keyKinds.find((each) => key.startsWith(`-----BEGIN ${each} PRIVATE KEY-----`));
  if (kind === undefined) {
    return `must start with -----BEGIN RSA PRIVATE KEY----- or -----BEGIN OPENSSH PRIVATE KEY-----, and nothing before it`;
  }
  const footer = `-----END ${kind} PRIVATE KEY-----`;
  if (key.endsWith(footer)) return undefined;
  return key.trimEnd().endsWith(footer)
    ? "ends with a line break or space, and BK-CI takes nothing after the last dash: give it without, for example with .trimEnd()"
    : `must end with ${footer}`;
}

/**
 * Failures for values that the type needs but are missing, and for values that it does not have.
 *
 * @param given names of the values that are given, known or not
 */
export function wrongSlots(type: BkciCredentialType, given: ReadonlySet<Slot>): CheckFailure[] {
  const own: readonly Slot[] = slots[type];
  const missing = own.filter((slot) => slot !== optionalSlot && !given.has(slot));
  const foreign = slotNames.filter((slot) => given.has(slot) && !own.includes(slot));
  return [
    ...missing.map((slot) => ({ property: slot, reason: `required for type ${type}, but missing` })),
    ...foreign.map((slot) => ({ property: slot, reason: `type ${type} has no such value, only ${own.join(", ")}` })),
  ];
}
