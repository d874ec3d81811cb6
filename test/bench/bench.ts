/**
 * `npm run bench`: measures the package on the real engine against the simulator, and compares it with its budgets. Writes
 * `RESULTS.md` and `growth.svg` next to this file. With `-- --size small` it is quick, prints its page and writes nothing.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";
import { parseArgs } from "node:util";
import { ensureEngine } from "../engine/engine";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { temporaryFolder } from "../support/temporary";
import { chartsOf } from "./charts";
import { measureCodes, perApp, seedApps, toNothing, toPlugin } from "./codes";
import { measureImport, measureMixed } from "./counts";
import { layOut, type Layout } from "./layout";
import { measureLevers } from "./levers";
import { svgOf } from "./plot";
import { sharesOf } from "./profile";
import { pageOf } from "./report";
import { largest, type Results } from "./results";
import { measureQuery, type QueryMeasured } from "./secrets";
import { BenchStack } from "./stack";
import { measureStart } from "./start";
import { longestTexts } from "./texts";
import { measureWaiting } from "./waiting";

interface Size {
  /** Numbers of AppCodes. */
  readonly codes: readonly number[];
  /** A number of AppCodes, for the comparison of the plugin with the dynamic provider. */
  readonly hosts: number;
  /** A number of AppCodes, for the measurements of settings outside the package. */
  readonly levers: number;
  /** Numbers of secrets. */
  readonly secrets: readonly number[];
  /** How many times each time is measured. */
  readonly times: number;
}

const sizes: Readonly<Record<string, Size>> = {
  small: { codes: [10, 50], hosts: 50, levers: 50, secrets: [1000, 10_000], times: 1 },
  full: { codes: [10, 100, 1000], hosts: 200, levers: 400, secrets: [1000, 10_000, 100_000], times: 3 },
};

async function main(): Promise<void> {
  const { size: name } = parseArgs({ options: { size: { type: "string", default: "full" } } }).values;
  const size = sizes[name];
  if (size === undefined) throw new Error(`--size is ${Object.keys(sizes).join(" or ")}, not ${name}.`);
  const began = performance.now();
  const engine = await ensureEngine(say);
  const folder = temporaryFolder();
  const simulator = await openSimulator();
  try {
    const layout = await layOut(folder.path);
    const results = await measure(layout, simulator, size);
    const page = pageOf(results, {
      date: new Date().toISOString().slice(0, 10),
      machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB`,
      versions: `Pulumi ${engine.version}, SDK ${sdkVersion}, Node.js ${process.versions.node}`,
      command: "npm run bench",
      minutes: (performance.now() - began) / 60_000,
      times: size.times,
    });
    if (name === "full") {
      writeFileSync(join(__dirname, "RESULTS.md"), page);
      writeFileSync(join(__dirname, "growth.svg"), svgOf(chartsOf(results)));
    }
    console.log(page);
  } finally {
    await simulator.close();
    folder.remove();
  }
}

async function measure(layout: Layout, simulator: TestSimulator, size: Size): Promise<Results> {
  const texts = await longestTexts(layout);
  const mixed = await measureMixed(layout, simulator);
  const imported = await measureImport(layout, simulator);
  say("calls are counted");
  const waiting = await measureWaiting(layout, simulator, size.times);
  say("an up of slow calls is compared");
  const queries: QueryMeasured[] = [];
  for (const secrets of size.secrets) {
    for (let time = 1; time <= size.times; time += 1) {
      queries.push(await measureQuery(layout, simulator, secrets));
      say(`${secrets} secrets, ${time} of ${size.times}: ${queries.at(-1)?.query.toFixed(1) ?? ""} s`);
    }
  }
  const { times } = size;
  const codes = await measureCodes(layout, simulator, { kinds: toNothing, sizes: size.codes, times, say });
  const hosts = await measureCodes(layout, simulator, { kinds: toPlugin, sizes: [size.hosts], times, say });
  const starts: number[] = [];
  for (let time = 1; time <= times; time += 1) starts.push(await measureStart(layout));
  const profile = await profileCodes(layout, simulator, largest(size.codes));
  const levers = { size: size.levers, all: await measureLevers(layout, simulator, size.levers) };
  return { texts, mixed, imported, waiting, queries, codes, hosts, starts, profile, levers };
}

async function profileCodes(layout: Layout, simulator: TestSimulator, size: number): Promise<Results["profile"]> {
  const apps = await seedApps(simulator, size / perApp);
  const program = { codes: { of: "AppCode" as const, apps, perApp } };
  return BenchStack.use({ layout, simulator, program }, async (stack) => {
    const { run, profile } = await stack.profile("up");
    return { size, run, shares: sharesOf(profile) };
  });
}

/** Progress goes to stderr, so that the page alone can be redirected. */
function say(line: string): void {
  console.error(line);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
