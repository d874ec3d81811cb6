import type { Connection } from "../../settings/connection";
import { ofConnection } from "./of-connection";

const lookedUp = ofConnection(() => new Map<string, Promise<unknown>>());

/**
 * Runs a look of a preview once for all resources of a process, also if it fails: a hundred apps are compared with one list.
 * Not for looks that a write depends on.
 */
export function lookedUpOnce<Found>(connection: Connection, about: string, look: () => Promise<Found>): Promise<Found> {
  const looks = lookedUp(connection);
  const known = looks.get(about);
  if (known !== undefined) return known as Promise<Found>;
  const found = look();
  looks.set(about, found);
  return found;
}
