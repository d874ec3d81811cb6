/** Many AppCodes, compared with as many resources that do nothing. */
import type { TestSimulator } from "../simulator/open";
import type { Layout } from "./layout";
import type { Program } from "./programs/program";
import { BenchStack, type Run } from "./stack";

export type Kind = NonNullable<Program["codes"]>["of"];

/** The phases of one stack, in the order in which they are run. */
export const steps = ["preview", "up", "previewAgain", "upAgain", "refresh"] as const;
export type Step = (typeof steps)[number];

/** A stack of one kind, measured through all phases. */
export interface Measured extends Readonly<Record<Step, Run>> {
  readonly kind: Kind;
  readonly size: number;
  /** Mean length of a resource in the state file, in bytes. */
  readonly stateBytes: number;
}

/** AppCodes of each app: as many as the service allows. */
export const perApp = 5;

/** What the package adds to resources that do nothing. */
export const toNothing: readonly Kind[] = ["Bare", "SameShape", "AppCode"];

/** One host and the other. */
export const toPlugin: readonly Kind[] = ["AppCode", "PluginCode"];

/**
 * Measures stacks of these sizes several times. The kinds take turns, so a disturbance of the machine affects all of
 * them equally.
 */
export async function measureCodes(
  layout: Layout,
  simulator: TestSimulator,
  {
    kinds,
    sizes,
    times,
    say,
  }: { kinds: readonly Kind[]; sizes: readonly number[]; times: number; say: (line: string) => void },
): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const size of sizes) {
    for (let time = 1; time <= times; time += 1) {
      for (const kind of kinds) {
        const measured = await measureOnce(layout, simulator, kind, size);
        say(`${size} ${kind}, ${time} of ${times}: up in ${measured.up.seconds.toFixed(1)} s`);
        all.push(measured);
      }
    }
  }
  return all;
}

async function measureOnce(layout: Layout, simulator: TestSimulator, kind: Kind, size: number): Promise<Measured> {
  const apps = await seedApps(simulator, size / perApp);
  return BenchStack.use({ layout, simulator, program: { codes: { of: kind, apps, perApp } } }, async (stack) => {
    const preview = await stack.run("preview");
    const up = await stack.run("up");
    const resources = stack.stored().filter(({ type }) => !type.startsWith("pulumi:"));
    const bytes = resources.reduce((sum, resource) => sum + Buffer.byteLength(JSON.stringify(resource)), 0);
    return {
      kind,
      size,
      stateBytes: bytes / resources.length,
      preview,
      up,
      previewAgain: await stack.run("preview"),
      upAgain: await stack.run("up"),
      refresh: await stack.run("refresh"),
    };
  });
}

/** Makes apps without the client, so that the compared stacks have the same resources. */
export async function seedApps({ control }: TestSimulator, count: number): Promise<string[]> {
  await control.reset();
  await control.quotas({ apps: count });
  const apps = Array.from({ length: count }, (_, index) => ({ name: `app-${index}` }));
  const made = (await control.seed({ apps })) as { apps: { id: string }[] };
  return made.apps.map(({ id }) => id);
}
