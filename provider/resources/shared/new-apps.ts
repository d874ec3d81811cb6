/** Apps that this process has made. Nobody uses them yet, so there is no need to look what else is in them. */
import type { Connection } from "../../settings/connection";

const made = new WeakMap<Connection, Set<string>>();

export function noteNewApp(connection: Connection, appId: string): void {
  made.set(connection, (made.get(connection) ?? new Set()).add(appId));
}

export function isNewApp(connection: Connection, appId: string): boolean {
  return made.get(connection)?.has(appId) ?? false;
}
