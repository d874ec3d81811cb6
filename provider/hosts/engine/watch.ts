/** A killed engine ends nobody: its provider processes look for themselves whether it is still there. */
import { connect } from "node:net";

/** How often the engine is looked for, in milliseconds, and how often in a row it is missed before it counts as gone. */
const LOOK = 1_000;
const MISSED = 2;

/**
 * Calls back once when nobody listens at the engine's address any more.
 *
 * @param address `127.0.0.1:35791`; anything else is no engine's
 */
export function watchEngine(address: string, gone: () => void): void {
  const [, host, port] = /^([\w.-]+|\[[\da-f:]+\]):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return;
  let missed = 0;
  const timer = setInterval(() => {
    const socket = connect({ host: host.replaceAll(/[[\]]/g, ""), port: Number(port) });
    socket.unref();
    socket.once("connect", () => {
      missed = 0;
      socket.destroy();
    });
    socket.once("error", () => {
      missed += 1;
      if (missed === MISSED) gone();
    });
  }, LOOK);
  timer.unref();
}
