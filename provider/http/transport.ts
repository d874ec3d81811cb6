import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { SettingsError } from "./errors";

/** The settings that the transport needs. */
export interface TransportSettings {
  readonly insecure: boolean;
  readonly caCertFile?: string;
}

/**
 * The HTTP client of a connection. It keeps connections alive, follows no redirect (a token must not go to another host),
 * and returns bodies as bytes. Its retry loop is axios-retry; `caller.ts` decides for each call whether to retry.
 */
export function createTransport({ insecure, caCertFile }: TransportSettings): AxiosInstance {
  const instance = axios.create({
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, rejectUnauthorized: !insecure, ...authorities(caCertFile) }),
    maxRedirects: 0,
    responseType: "arraybuffer",
    // Bodies are encoded already.
    transformRequest: (body: unknown) => body,
    transformResponse: (body: unknown) => body,
  });
  axiosRetry(instance, { retries: 0 });
  return instance;
}

/** The private certificate authority, which replaces the well-known ones, as users expect. */
function authorities(file: string | undefined): { ca?: Buffer } {
  if (file === undefined) return {};
  try {
    return { ca: readFileSync(file) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new SettingsError(`huaweicloud:caCertFile (HW_CACERT_FILE) cannot be read: ${code}`);
  }
}
