import { readFlags, sentence } from "./core/flags";
import { startSimulator } from "./core/simulator";

/** Prints one line of JSON, then serves until it is stopped. */
async function main(): Promise<void> {
  const parent = process.ppid;
  const simulator = await startSimulator(readFlags(process.argv.slice(2)));
  const stop = (): void => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  if (process.env["npm_lifecycle_event"] !== undefined) stopWithout(parent, stop);
  console.log(JSON.stringify(simulator.info));
}

/** npm starts a shell that does not pass on a SIGTERM: without this the simulator would keep running with its ports. */
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
