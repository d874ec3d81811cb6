/** What GET and list show instead of every value. If it is written, the old value stays. */
export const MASK = "******";

/** The four values of a credential, as written. */
export interface Values {
  v1?: string | null | undefined;
  v2?: string | null | undefined;
  v3?: string | null | undefined;
  v4?: string | null | undefined;
}

const headers = ["-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----"];

/** A key starts with one of two headers and ends with the matching footer. Nothing may follow it. */
const isPrivateKey = (value: string): boolean =>
  headers.some((header) => value.startsWith(header) && value.endsWith(header.replace("BEGIN", "END")));

const keyOrMask = (value: string | null | undefined): boolean => value === MASK || isPrivateKey(value ?? "");

/** All types, and the few checks that the service makes of their values. */
const types = {
  PASSWORD: () => true,
  MULTI_LINE_PASSWORD: () => true,
  ACCESSTOKEN: () => true,
  OAUTHTOKEN: () => true,
  SECRETKEY: () => true,
  USERNAME_PASSWORD: () => true,
  APPID_SECRETKEY: ({ v2 }: Values) => Boolean(v2),
  SSH_PRIVATEKEY: ({ v1 }: Values) => keyOrMask(v1),
  TOKEN_SSH_PRIVATEKEY: ({ v2 }: Values) => keyOrMask(v2),
  TOKEN_USERNAME_PASSWORD: () => true,
  COS_APPID_SECRETID_SECRETKEY_REGION: () => true,
} satisfies Record<string, (values: Values) => boolean>;

export type TypeName = keyof typeof types;

export const typeNames = Object.keys(types) as [TypeName, ...TypeName[]];

export const isTypeName = (name: string): name is TypeName => Object.hasOwn(types, name);

export const fits = (type: TypeName, values: Values): boolean => types[type](values);
