import { openSimulator, type TestSimulator } from "../simulator/open";
import { configOf } from "./plugin";
import { TestStack } from "./stack";

/** A stack whose programs may name resources of both hosts. */
export function openServedStack({ config }: Pick<TestSimulator, "config">): Promise<TestStack> {
  const settings = { ...config, ...configOf(config) };
  return TestStack.open({ program: () => Promise.resolve(), usesPlugin: true, config: settings });
}

/** A simulator, and such a stack on it. */
export interface Served {
  readonly simulator: TestSimulator;
  readonly stack: TestStack;
  close(): Promise<void>;
}

export async function openServed(): Promise<Served> {
  const simulator = await openSimulator();
  try {
    const stack = await openServedStack(simulator);
    const close = async (): Promise<void> => {
      await stack.close();
      await simulator.close();
    };
    return { simulator, stack, close };
  } catch (error) {
    await simulator.close();
    throw error;
  }
}
