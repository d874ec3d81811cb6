/** Apps that this process has made. Nobody uses them yet, so there is no need to look what else is in them. */
import type { Connection } from "../../settings/connection";
import { ofConnection } from "./of-connection";

const made = ofConnection(() => new Set<string>());

export function noteNewApp(connection: Connection, appId: string): void {
  made(connection).add(appId);
}

export function isNewApp(connection: Connection, appId: string): boolean {
  return made(connection).has(appId);
}
