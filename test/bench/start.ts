import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import type { Layout } from "./layout";
import type { Observation } from "./observer";

/** Starts the plugin until it listens. @returns seconds of processor time */
export async function measureStart({ packed, observer }: Layout): Promise<number> {
  const folder = join(packed, "observations");
  mkdirSync(folder);
  try {
    const plugin = join(packed, "node_modules/pulumi-apig/plugin/pulumi-resource-apig");
    const env = { ...process.env, BENCH_OBSERVE: folder };
    const child = spawn(process.execPath, ["--require", observer, plugin], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data"); // its port
    child.kill("SIGINT");
    await once(child, "exit");
    return (JSON.parse(readFileSync(join(folder, `${child.pid}.json`), "utf8")) as Observation).cpu;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
