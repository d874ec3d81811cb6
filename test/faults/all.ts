/**
 * `npm run test:faults`: 5,000 schedules on the handlers, shared by as many processes as there are cores, then what
 * needs the engine. `SCHEDULES` and `SEED` change how many, and which.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

const total = Number(process.env["SCHEDULES"] ?? 5000);
const seed = Number(process.env["SEED"] ?? 1);
const processes = availableParallelism();

/** Runs one spec and answers its exit code. */
function mocha(spec: string, env: Readonly<Record<string, string>>): Promise<number> {
  const program = resolve(require.resolve("mocha/package.json"), "../bin/mocha.js");
  const options = ["--no-config", "--require", "ts-node/register", "--timeout", "120000", spec];
  const child = spawn(process.execPath, [program, ...options], {
    cwd: resolve(__dirname, "../.."),
    env: { ...process.env, TALLY: "1", ...env },
    stdio: "inherit",
  });
  return new Promise((resolved) => child.once("close", (code) => resolved(code ?? 1)));
}

async function main(): Promise<void> {
  const shares = Array.from({ length: processes }, (_, index) => ({
    SCHEDULES: String(Math.ceil(total / processes)),
    SEED: String(seed + index),
  }));
  const codes = await Promise.all(shares.map((share) => mocha("test/faults/schedules.spec.ts", share)));
  codes.push(await mocha("test/faults/cases.spec.ts", {}));
  codes.push(await mocha("test/lifecycle/crashes.spec.ts", { CRASHES: "all" }));
  process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
}

void main();
