/** Budgets that are numbers of calls. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { definition, specs } from "../support/definitions";
import { at, byPassword, environmentOf, identityOf } from "../support/identities";
import type { TestSimulator } from "../simulator/open";
import { temporaryFolder } from "../support/temporary";
import { perApp, seedApps } from "./codes";
import type { Layout } from "./layout";
import { BenchStack, type Phase, type Run } from "./stack";

/** Operations of the imported definition: the maximum for one import. */
export const operations = 300;

/** Secrets of each query in {@link measureMixed}. */
export const queried = 2500;

/** Numbers of operations in each import of an `up`. */
export interface ImportMeasured {
  readonly first: readonly number[];
  /** The same after one operation has changed. */
  readonly change: readonly number[];
}

/** An import of 300 operations, and of one that has changed. */
export async function measureImport(layout: Layout, simulator: TestSimulator): Promise<ImportMeasured> {
  const { control } = simulator;
  await control.reset();
  await control.quotas({ apis: operations });
  const folder = temporaryFolder();
  const file = join(folder.path, "openapi.json");
  const all = specs(operations);
  const [changed, ...others] = all;
  const write = (of: typeof all) => writeFile(file, JSON.stringify(definition(of)));
  try {
    await write(all);
    return await BenchStack.use({ layout, simulator, program: { definition: file } }, async (stack) => {
      const first = await importsDuring(simulator, () => stack.run("up"));
      await write(changed === undefined ? others : [{ ...changed, remark: "changed" }, ...others]);
      return { first, change: await importsDuring(simulator, () => stack.run("up")) };
    });
  } finally {
    folder.remove();
  }
}

/** The number of operations in each import of a step. */
async function importsDuring({ control }: TestSimulator, step: () => Promise<unknown>): Promise<number[]> {
  const before = (await control.journal()).at(-1)?.n ?? 0;
  await step();
  const imports = (await control.journal(before)).filter(({ operation }) => operation === "ImportApiDefinitionsV2");
  return imports.map(({ note = "" }) => Number(/operations=(\d+)/.exec(note)?.[1]));
}

export interface PhaseCalls {
  readonly phase: Phase;
  readonly what: string;
  readonly calls: Run["calls"];
}

/** Codes of 12 apps and two queries. Settings: a user with a password, and only the name of the project. */
export async function measureMixed(layout: Layout, simulator: TestSimulator): Promise<PhaseCalls[]> {
  const { control } = simulator;
  const apps = await seedApps(simulator, 12);
  await control.seed({ secrets: { count: queried, tags: { app: "shop" } } });
  await control.seed({ secrets: { count: queried, prefix: "other-", tags: { app: "other" } } });
  const identity = await identityOf(simulator);
  const [user] = identity.users;
  const [place] = identity.places;
  if (user === undefined || place === undefined) throw new Error("the simulator has no user or no place");
  const settings = environmentOf({ ...at(simulator, place), ...byPassword(user, identity) });
  const program = {
    codes: { of: "AppCode" as const, apps, perApp },
    queries: ["shop", "other"].map((app) => ({ action: "filter" as const, tags: [{ key: "app", values: [app] }] })),
  };
  return BenchStack.use({ layout, simulator, program, settings }, async (stack) => {
    const all: PhaseCalls[] = [];
    const steps = [
      ["preview", "first preview"],
      ["up", "first up"],
      ["preview", "preview, nothing changed"],
      ["up", "up, nothing changed"],
      ["refresh", "refresh"],
    ] as const;
    for (const [phase, what] of steps) all.push({ phase, what, calls: (await stack.run(phase)).calls });
    return all;
  });
}
