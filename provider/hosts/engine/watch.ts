/**
 * Notices the end of a run. The engine interrupts its provider processes, and kills them some seconds later. A killed
 * engine cannot do that, so the processes check whether it is still there.
 */
import { connect } from "node:net";

/** Milliseconds between two checks, and how many must fail in a row before the engine counts as gone. */
const LOOK = 1_000;
const MISSED = 2;

/**
 * Calls `gone` once when nobody listens at the engine's address any more, and `ended` once when the engine ends its
 * run.
 *
 * @param address such as `127.0.0.1:35791`; with any other text, nothing is watched
 */
export function watchEngine(address: string, { gone, ended }: { gone: () => void; ended: () => void }): void {
  const [, host, port] = /^([\w.-]+|\[[\da-f:]+\]):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return;
  // SIGBREAK is for Windows.
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
