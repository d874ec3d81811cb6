import { SettingsError } from "./errors";

/** The Huawei Cloud services that have a host. CSMS is served by the `kms` host. */
export type HuaweiService = "apig" | "kms" | "iam";

/** `https://{service}.{region}.{cloud}/`. The default of `cloud` depends on the region: the European cloud has its own domain. */
export function regionalEndpoint(service: HuaweiService, region: string, cloud: string | undefined): string {
  const domain = cloud ?? (/^eu-west-1\d\d$/.test(region) ? "myhuaweicloud.eu" : "myhuaweicloud.com");
  return `https://${service}.${region}.${domain}/`;
}

/**
 * Returns an address as `scheme://host[:port][/prefix]/`. A missing scheme means https. Plain http is refused, unless
 * the host is this machine or the user allows it, because tokens would not be encrypted.
 */
export function normalizeEndpoint(text: string, setting: string, insecure: boolean): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.parse(withScheme);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new SettingsError(`${setting} must be an address like https://host.example.com/`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new SettingsError(`${setting} must be a plain address: no user, password, query or fragment`);
  }
  if (url.protocol === "http:" && !insecure && !isLoopback(url.hostname)) {
    throw new SettingsError(
      `${setting} is a plain http:// address of another machine, which would send credentials unencrypted. ` +
        "Use https://, or set huaweicloud:insecure (HW_INSECURE) to true to accept that",
    );
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
