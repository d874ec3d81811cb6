import { createHash, createHmac } from "node:crypto";
import { encode } from "../http/encoding";
import type { WireRequest } from "../http/request";

/** An access key pair; with a security token it is a temporary one. */
export interface KeyPair {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string;
}

const ALGORITHM = "SDK-HMAC-SHA256";

/**
 * Signs a request with AK/SK (`SDK-HMAC-SHA256`).
 *
 * The signature covers host, date, project, security token, and for JSON the content type and the body. It does not cover
 * the body of a form, because the transport chooses its boundary: the service has `UNSIGNED-PAYLOAD` for that.
 *
 * @param projectId the project the call is for; absent for IAM's global calls
 * @param date epoch milliseconds; the service accepts 15 minutes of difference
 */
export function sign(request: WireRequest, keys: KeyPair, projectId: string | undefined, date: number): WireRequest {
  const url = new URL(request.url);
  const contentType = request.headers["Content-Type"];
  const isForm = request.body instanceof FormData;
  const signed: Record<string, string> = {
    Host: url.host,
    "X-Sdk-Date": basicDate(date),
    ...(projectId === undefined ? {} : { "X-Project-Id": projectId }),
    ...(keys.securityToken === undefined ? {} : { "X-Security-Token": keys.securityToken }),
    ...(contentType === undefined ? {} : { "Content-Type": contentType }),
    ...(isForm ? { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" } : {}),
  };
  const payload = typeof request.body === "string" ? request.body : "";
  const headers = Object.entries(signed)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const names = headers.map(([name]) => name).join(";");
  const canonical = [
    request.method,
    canonicalPath(url.pathname),
    url.search.slice(1),
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    isForm ? "UNSIGNED-PAYLOAD" : sha256(payload),
  ].join("\n");
  const text = [ALGORITHM, signed["X-Sdk-Date"], sha256(canonical)].join("\n");
  const signature = createHmac("sha256", keys.secretKey).update(text).digest("hex");
  const authorization = `${ALGORITHM} Access=${keys.accessKey}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...request, headers: { ...request.headers, ...signed, Authorization: authorization } };
}

/** The path with each segment encoded, and a slash at the end. That slash is only in the signature. */
function canonicalPath(path: string): string {
  const encoded = path
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

/** `YYYYMMDDTHHMMSSZ` */
function basicDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
