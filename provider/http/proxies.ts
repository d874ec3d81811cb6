import { SettingsError } from "./errors";

/**
 * The error for a proxy variable that is no address, if a request was not sent because of that: the transport only says
 * "Invalid URL". The value is not shown, because it may hold a password.
 *
 * @param url of the request: its scheme decides which variable the transport uses
 */
export function proxyProblem(url: string): SettingsError | undefined {
  const names = [`${new URL(url).protocol.slice(0, -1)}_proxy`, "all_proxy"];
  const name = names.flatMap((each) => [each, each.toUpperCase()]).find((each) => process.env[each]);
  if (name === undefined) return undefined;
  const value = process.env[name] ?? "";
  const proxy = URL.parse(value.includes("://") ? value : `http://${value}`);
  if (proxy?.protocol === "http:" || proxy?.protocol === "https:") return undefined;
  return new SettingsError(
    `the environment variable ${name} is no address of a proxy, such as http://proxy.example.com:8080. ` +
      "Correct it, or list hosts that need no proxy in NO_PROXY",
  );
}
