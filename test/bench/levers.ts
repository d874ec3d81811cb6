/** Measures settings outside the package that make an `up` of many AppCodes faster or slower. */
import type { TestSimulator } from "../simulator/open";
import { perApp, seedApps } from "./codes";
import type { Layout } from "./layout";
import { BenchStack, type Run } from "./stack";

export interface Lever {
  readonly what: string;
  readonly run: Run;
}

interface Setup {
  readonly settings?: Readonly<Record<string, string>>;
  readonly installed?: "linked";
  /** Milliseconds that the services take for a call. */
  readonly latency?: number;
}

/** Every setup is compared with the first one. */
const setups: Readonly<Record<string, Setup>> = {
  "as it is": {},
  "the package linked instead of installed": { installed: "linked" },
  "services that take 50 ms a call": { latency: 50 },
  "`PULUMI_DIY_BACKEND_GZIP=true`": { settings: { PULUMI_DIY_BACKEND_GZIP: "true" } },
  "`PULUMI_SKIP_CHECKPOINTS=true`": { settings: { PULUMI_SKIP_CHECKPOINTS: "true" } },
};

/** One `up` of `size` AppCodes for each. */
export async function measureLevers(layout: Layout, simulator: TestSimulator, size: number): Promise<Lever[]> {
  const levers: Lever[] = [];
  for (const [what, { settings = {}, installed = "packed", latency = 0 }] of Object.entries(setups)) {
    const apps = await seedApps(simulator, size / perApp);
    await simulator.control.latency({ all: latency });
    const program = { codes: { of: "AppCode" as const, apps, perApp } };
    const run = await BenchStack.use({ layout, simulator, program, installed }, (stack) => stack.run("up", settings));
    levers.push({ what, run });
  }
  return levers;
}
