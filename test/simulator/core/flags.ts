import { parseArgs } from "node:util";
import type { Settings } from "./simulator";

const usage = "npm run simulator -- [--port N] [--gateway-port N] [--data DIR]";

/** Reads the command line. Throws an error with a sentence that says what is wrong with it. */
export function readFlags(args: readonly string[]): Settings {
  const { port, "gateway-port": gatewayPort, data } = parse(args);
  return {
    port: portOf("port", port),
    gatewayPort: portOf("gateway-port", gatewayPort),
    ...(data !== undefined && { data }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        "gateway-port": { type: "string", default: "0" },
        data: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new Error(`${sentence(error)}\nUsage: ${usage}`, { cause: error });
  }
}

function portOf(flag: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new Error(`--${flag} takes a number from 0 to 65535, not "${text}".`);
  }
  return Number(text);
}

/** The message when the simulator cannot start. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  return code === "EADDRINUSE" ? `Port ${port} is in use: name another one.` : error.message;
}
