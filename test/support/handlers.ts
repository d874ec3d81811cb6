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
  return {
    configure: () => undefined,
    connection: () => connection,
    claims,
    isTargeted: () => false,
    isFirst: () => true,
  };
}

/**
 * A provider process that is configured for a simulator. Waits take no time.
 *
 * @param settings on top of the simulator's own, by key such as `huaweicloud:token`
 */
export function hostFor(
  simulator: TestSimulator,
  settings: Readonly<Record<string, string>> = {},
  runtime: Partial<Runtime> = {},
): Host {
  const lookup = (key: string) => settings[key] ?? simulator.config[key]?.value;
  return hostOf(new Connection(loadSettings(lookup, {}), { sleep: () => Promise.resolve(), ...runtime }));
}

/** The handlers of such a process as the host calls them, without the engine: for tests that need many calls. */
export function handlersFor(...process: Parameters<typeof hostFor>): Handlers {
  return makeHandlers(hostFor(...process));
}
