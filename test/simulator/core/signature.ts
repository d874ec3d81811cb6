import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { Denied, type Presented } from "./authenticator";

/** The secrets for checking a signature. A temporary key also needs its security token. */
export interface KnownKey {
  readonly secretKey: string;
  readonly securityToken?: string;
}

const ALGORITHM = "SDK-HMAC-SHA256";
const MAX_SKEW = 15 * 60 * 1000;

const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");

/** RFC 3986: `encodeURIComponent` leaves five marks alone that must be encoded. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalPath(path: string): string {
  const encoded = path.split("/").map((segment) => encode(decodeURIComponent(segment)));
  // The trailing slash is part of the signature only, not of the request line.
  return encoded.at(-1) === "" ? encoded.join("/") : `${encoded.join("/")}/`;
}

function canonicalQuery(search: string): string {
  const pairs = [...new URLSearchParams(search)].map(([key, value]) => [encode(key), encode(value)] as const);
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return pairs
    .sort(([keyA, valueA], [keyB, valueB]) => order(keyA, keyB) || order(valueA, valueB))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
}

function headerValue(request: Presented, name: string): string {
  const value = request.headers[name];
  if (value === undefined) throw new Denied(401, `signed header ${name} was not sent`);
  return (Array.isArray(value) ? value.join(",") : value).trim();
}

function payloadHash(request: Presented, signed: readonly string[]): string {
  const declared = request.headers["x-sdk-content-sha256"];
  if (declared === undefined) return sha256(request.body);
  if (declared !== "UNSIGNED-PAYLOAD") {
    if (declared !== sha256(request.body)) throw new Denied(401, "X-Sdk-Content-Sha256 is not the body's hash");
    return declared;
  }
  // Only streamed bodies, such as forms, may be unsigned.
  if (
    /\b(json|bson)\b/i.test(String(request.headers["content-type"] ?? "json")) ||
    !signed.includes("x-sdk-content-sha256")
  )
    throw new Denied(401, "UNSIGNED-PAYLOAD is not allowed here");
  return declared;
}

function checkDate(text: string, now: number): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined) throw new Denied(401, "X-Sdk-Date is not YYYYMMDDTHHMMSSZ");
  const sent = Date.UTC(year, month - 1, day, hour, minute, second);
  if (Math.abs(sent - now) > MAX_SKEW) throw new Denied(401, "X-Sdk-Date is more than 15 minutes off");
}

/**
 * Verifies `Authorization: SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…` over the bytes that arrived and
 * returns the access key. Clients sign different headers, so the request's own list decides, not a fixed one.
 *
 * @param find the key pair of an access key, undefined when there is none
 * @param now milliseconds since 1970 on the simulator's clock
 */
export function verifySignature(
  request: Presented,
  find: (accessKey: string) => KnownKey | undefined,
  now: number,
): string {
  const [, access, names, signature] =
    /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(
      headerValue(request, "authorization"),
    ) ?? [];
  if (access === undefined || names === undefined || signature === undefined)
    throw new Denied(401, "Authorization is not SDK-HMAC-SHA256 with Access, SignedHeaders and Signature");
  const key = find(access);
  if (key === undefined) throw new Denied(401, "unknown access key");
  if (key.securityToken !== undefined && request.headers["x-security-token"] !== key.securityToken)
    throw new Denied(401, "a temporary key needs its X-Security-Token");

  const signed = names.split(";");
  if (!signed.includes("x-sdk-date")) throw new Denied(401, "x-sdk-date is not signed");
  const date = headerValue(request, "x-sdk-date");
  checkDate(date, now);

  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.search),
    ...signed.map((name) => `${name}:${headerValue(request, name)}`),
    "",
    names,
    payloadHash(request, signed),
  ].join("\n");
  const expected = createHmac("sha256", key.secretKey)
    .update([ALGORITHM, date, sha256(canonical)].join("\n"))
    .digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) throw new Denied(401, "signature mismatch");
  return access;
}
