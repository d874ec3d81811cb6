import { Mutex } from "async-mutex";
import type { Connection } from "../../settings/connection";

const turns = new WeakMap<Connection, Map<string, Mutex>>();

/**
 * Runs a look and the writes that follow from it when nobody else of this process is between those two for the same
 * thing: one resource would else build on what another one is just taking away.
 */
export function inTurn<Result>(connection: Connection, about: string, run: () => Promise<Result>): Promise<Result> {
  const mutexes = turns.get(connection) ?? new Map<string, Mutex>();
  turns.set(connection, mutexes);
  const mutex = mutexes.get(about) ?? new Mutex();
  mutexes.set(about, mutex);
  return mutex.runExclusive(run);
}
