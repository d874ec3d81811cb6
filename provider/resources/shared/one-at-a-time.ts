import { Mutex } from "async-mutex";
import type { Connection } from "../../settings/connection";
import { ofConnection } from "./of-connection";

const turns = ofConnection(() => new Map<string, Mutex>());

/**
 * Runs a look and the writes that depend on it as one step: in this process no other such step about the same thing runs
 * at the same time. Else a resource could rely on an object that another resource is deleting.
 */
export function inTurn<Result>(connection: Connection, about: string, run: () => Promise<Result>): Promise<Result> {
  const mutexes = turns(connection);
  const mutex = mutexes.get(about) ?? new Mutex();
  mutexes.set(about, mutex);
  return mutex.runExclusive(run);
}
