import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { SettingsError } from "./errors";

/** What of the settings concerns the transport. */
export interface TransportSettings {
  readonly insecure: boolean;
  readonly caCertFile?: string;
}

/**
 * The HTTP client of a connection. It keeps connections alive, follows no redirect (a token must not travel to another
 * host), and hands bodies on as bytes. Its retry loop is axios-retry; each call brings its own decisions.
 */
export function createTransport({ insecure, caCertFile }: TransportSettings): AxiosInstance {
  const instance = axios.create({
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, rejectUnauthorized: !insecure, ...authorities(caCertFile) }),
    maxRedirects: 0,
    responseType: "arraybuffer",
    // Bodies are ready for the wire when they get here.
    transformRequest: (body: unknown) => body,
    transformResponse: (body: unknown) => body,
  });
  axiosRetry(instance, { retries: 0 });
  return instance;
}

/** A private authority in addition to the known ones would need all of them repeated; alone it is what users expect. */
function authorities(file: string | undefined): { ca?: Buffer } {
  if (file === undefined) return {};
  try {
    return { ca: readFileSync(file) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new SettingsError(`huaweicloud:caCertFile (HW_CACERT_FILE) cannot be read: ${code}`);
  }
}
