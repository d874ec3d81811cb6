import { Connection, type Runtime } from "../../provider/settings/connection";
import { makeHandlers, type Handlers } from "../../provider/hosts/dynamic/handlers";
import type { Host } from "../../provider/hosts/dynamic/handler";
import { Claims, ownBoard } from "../../provider/lifecycle/claims";
import { loadSettings } from "../../provider/settings/settings";
import type { TestSimulator } from "../simulator/open";

/**
 * A provider process that is alone in its engine run.
 *
 * @param notes the notes that such processes leave for processes of later runs
 */
export function hostOf(connection: Connection, notes?: Set<string>): Host {
  const claims = new Claims(ownBoard(notes));
  return { configure: () => undefined, connection: () => connection, claims, isTargeted: () => false };
}

/**
 * The handlers as the host calls them, without the engine: for tests that need many calls. Waits take no time.
 *
 * @param settings on top of the simulator's own, by key such as `huaweicloud:token`
 */
export function handlersFor(
  simulator: TestSimulator,
  settings: Readonly<Record<string, string>> = {},
  runtime: Partial<Runtime> = {},
): Handlers {
  const lookup = (key: string) => settings[key] ?? simulator.config[key]?.value;
  const connection = new Connection(loadSettings(lookup, {}), { sleep: () => Promise.resolve(), ...runtime });
  return makeHandlers(hostOf(connection));
}
