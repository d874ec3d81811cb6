import { readFlags, sentence } from "./core/flags";
import { startSimulator } from "./core/simulator";

/** One line of JSON, then serves until stopped. */
async function main(): Promise<void> {
  const parent = process.ppid;
  const simulator = await startSimulator(readFlags(process.argv.slice(2)));
  const stop = (): void => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  if (process.env["npm_lifecycle_event"] !== undefined) stopWithout(parent, stop);
  console.log(JSON.stringify(simulator.info));
}

/** The shell that npm puts in between keeps a SIGTERM to itself: the simulator would be left behind with its ports. */
function stopWithout(parent: number, stop: () => void): void {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 100);
}

main().catch((error: unknown) => {
  console.error(sentence(error));
  process.exitCode = 1;
});
