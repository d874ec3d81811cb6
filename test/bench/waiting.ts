/** What slow calls cost: a stack that makes its apps and their codes, with and without a latency of the service. */
import type { TestSimulator } from "../simulator/open";
import { perApp } from "./codes";
import type { Layout } from "./layout";
import { BenchStack, type Run } from "./stack";

export const tenants = 40;

/** Of each call, in milliseconds. */
export const latency = 100;

/** Two first updates, directly one after the other. */
export interface WaitingMeasured {
  readonly atOnce: Run;
  readonly late: Run;
}

export async function measureWaiting(
  layout: Layout,
  simulator: TestSimulator,
  times: number,
): Promise<WaitingMeasured[]> {
  const all: WaitingMeasured[] = [];
  for (let time = 1; time <= times; time += 1) {
    all.push({ atOnce: await firstUp(layout, simulator, 0), late: await firstUp(layout, simulator, latency) });
  }
  return all;
}

async function firstUp(layout: Layout, simulator: TestSimulator, milliseconds: number): Promise<Run> {
  const { control } = simulator;
  await control.reset();
  await control.quotas({ apps: tenants });
  await control.latency({ all: milliseconds });
  try {
    const program = { tenants: { count: tenants, perApp } };
    return await BenchStack.use({ layout, simulator, program }, (stack) => stack.run("up"));
  } finally {
    await control.latency({});
  }
}
