/**
 * The end of a run: the engine interrupts its provider processes, and kills them some seconds later. But a killed engine ends
 * nobody: so they look for themselves whether it is still there.
 */
import { connect } from "node:net";

/** How often the engine is looked for, in milliseconds, and how often in a row it is missed before it counts as gone. */
const LOOK = 1_000;
const MISSED = 2;

/**
 * Calls back once when nobody listens at the engine's address any more, and once when the engine ends its run.
 *
 * @param address `127.0.0.1:35791`; anything else is no engine's
 */
export function watchEngine(address: string, { gone, ended }: { gone: () => void; ended: () => void }): void {
  const [, host, port] = /^([\w.-]+|\[[\da-f:]+\]):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return;
  // The second one is for Windows.
  for (const signal of ["SIGINT", "SIGBREAK"] as const) process.once(signal, ended);
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
