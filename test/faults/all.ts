/**
 * `npm run test:faults`: 5,000 schedules on the handlers, 2,000 of two stacks and 100 on the engine, in slices with a seed
 * of their own, a crash at every call, and mistakes that the tests must notice. `SCHEDULES`, `TWO_STACK_SCHEDULES`,
 * `ENGINE_SCHEDULES` and `SEED` change how many, and which.
 */
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../support/temporary";
import { allNoticed } from "./mutants";
import { sum } from "./totals";

type Counts = "SCHEDULES" | "TWO_STACK_SCHEDULES" | "ENGINE_SCHEDULES";

interface Run {
  readonly spec: string;
  readonly env: Readonly<Record<string, string>>;
}

/** So many runs of a spec that the environment's number of schedules gets its turn, from one seed up. */
function slices(spec: string, count: Counts, usual: number, size: number): Run[] {
  const total = Number(process.env[count] ?? usual);
  const first = Number(process.env["SEED"] ?? 1);
  return Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    spec,
    env: { [count]: String(Math.min(size, total - index * size)), SEED: String(first + index) },
  }));
}

/** Runs one spec and answers whether it passed. */
function mocha({ spec, env }: Run, totals: string): Promise<boolean> {
  const program = resolve(require.resolve("mocha/package.json"), "../bin/mocha.js");
  const options = ["--no-config", "--require", "ts-node/register", "--timeout", "120000", `test/${spec}.spec.ts`];
  const child = spawn(process.execPath, [program, ...options], {
    cwd: resolve(__dirname, "../.."),
    env: { ...process.env, TOTALS: totals, ...env },
    stdio: "inherit",
  });
  return new Promise((resolved) => child.once("close", (code) => resolved(code === 0)));
}

/** Runs all, as many at a time as there are cores, and prints what they did together. */
async function all(what: string, runs: readonly Run[]): Promise<boolean> {
  const folder = temporaryFolder();
  const totals = join(folder.path, "totals");
  appendFileSync(totals, "");
  const waiting = [...runs];
  let passed = true;
  const work = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) passed = (await mocha(run, totals)) && passed;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${what}: ${JSON.stringify(sum(readFileSync(totals, "utf8")))}`);
  folder.remove();
  return passed;
}

async function main(): Promise<void> {
  const passed = [
    await all("On the handlers", slices("faults/schedules", "SCHEDULES", 5000, 250)),
    await all("Two stacks", slices("faults/two-stack-schedules", "TWO_STACK_SCHEDULES", 2000, 100)),
    await all("On the engine", slices("faults/on-engine", "ENGINE_SCHEDULES", 100, 10)),
    await all("Crashes", [
      { spec: "faults/cases", env: {} },
      { spec: "lifecycle/crashes", env: { CRASHES: "all" } },
    ]),
    await allNoticed(),
  ];
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}

void main();
