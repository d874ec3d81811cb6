import { parseArgs } from "node:util";
import { startSimulator } from "./core/simulator";

/** `npm run simulator -- --port N [--gateway-port N] [--data DIR]`: one line of JSON, then serves until stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      "gateway-port": { type: "string", default: "0" },
      data: { type: "string" },
    },
  });
  const simulator = await startSimulator({
    port: Number(values.port),
    gatewayPort: Number(values["gateway-port"]),
    ...(values.data !== undefined && { data: values.data }),
  });
  console.log(JSON.stringify(simulator.info));
  const stop = (): void => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
