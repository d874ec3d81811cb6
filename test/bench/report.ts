/** Makes the page and the picture of a benchmark run. */
import { budgetsOf, type Row } from "./budgets";
import { perApp, steps, type Kind, type Step } from "./codes";
import {
  callsOf,
  chosen,
  cpu,
  largest,
  megabyte,
  pluginRatio,
  ratio,
  seconds,
  sizesOf,
  typical,
  type Results,
} from "./results";
import { pageLatency } from "./secrets";
import { spreadOf, spreadText } from "./spread";

/** Where and when a run was made. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly versions: string;
  readonly command: string;
  readonly minutes: number;
  readonly times: number;
}

const stepNames: Readonly<Record<Step, string>> = {
  preview: "preview",
  up: "up",
  previewAgain: "preview, nothing changed",
  upAgain: "up, nothing changed",
  refresh: "refresh",
};

export function pageOf(results: Results, circumstances: Circumstances): string {
  const { date, machine, versions, command, minutes, times } = circumstances;
  return `# Results of the benchmark

Written by \`${command}\` on ${date}, in ${minutes.toFixed(0)} minutes.

| | |
| --- | --- |
| machine | ${machine} |
| versions | ${versions} |
| engine | the real one, file backend, passphrase; services from the simulator, on the same machine |
| package | installed from its tarball |
| times | ratios of measurements made one right after the other; median (least to most) of ${times} |

Repeat it with \`npm run bench\`; \`npm run bench -- --size small\` takes a few minutes, prints its page and writes nothing.
Seconds say something about this machine only; ratios and counts hold anywhere.

## Budgets

${budgetTable(budgetsOf(results))}

## What is compared

**Same shape** is a dynamic resource that does nothing and keeps what an AppCode keeps: an id of three parts, the place, a
secret of 64 digits, a time. **Bare** does nothing and keeps nothing but its input. All three get one input, an app id, and
are loaded by name from an installed package. Apps are made past the client, quotas are raised.

What a stack of many resources takes is mostly the engine's: it encrypts each secret and writes the whole state twice for
every resource. The ratio to **bare** shows what it costs to keep something at all, the one to **same shape** what this
package adds.

${comparisonTables(results)}

## The plugin

The same AppCodes by the plugin, to the dynamic provider:

${hostsTable(results)}

## What else decides

One \`up\` of ${results.levers.size} AppCodes each, to the first:

${leversTable(results)}

## Calls

A stack of ${results.mixed.length === 0 ? 0 : 12 * perApp} AppCodes in 12 apps and two tag queries, by a user with a password who knows the project by its name:

${callsTable(results)}

## Growth

![Growth](growth.svg)

${growthTable(results)}

${secretsTable(results)}

## Where the time goes

${shareTables(results)}
`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function budgetTable(rows: readonly Row[]): string {
  return table(
    ["what", "budget", "measured", ""],
    rows.map(({ what, budget, measured, met }) => [what, budget, measured, met ? "met" : "**missed**"]),
  );
}

function comparisonTables(results: Results): string {
  const size = largest(sizesOf(results.codes));
  const bytes = (kind: Kind) => typical(results, kind, size, ({ stateBytes }) => stateBytes).toFixed(0);
  const state = table(
    ["", "bare", "same shape", "AppCode"],
    [["bytes of a resource in the state file", bytes("Bare"), bytes("SameShape"), bytes("AppCode")]],
  );
  const times = table(
    [`${size} AppCodes, time to`, "same shape", "bare", "processor time to same shape"],
    steps.map((step) => [
      stepNames[step],
      spreadText(ratio(results, size, "SameShape", seconds(step)), 2, "x"),
      spreadText(ratio(results, size, "Bare", seconds(step)), 2, "x"),
      spreadText(ratio(results, size, "SameShape", cpu(step)), 2, "x"),
    ]),
  );
  return `${state}\n\n${times}`;
}

function hostsTable(results: Results): string {
  const { hosts } = results;
  const row = (what: string, value: Parameters<typeof pluginRatio>[1]) => {
    const of = (kind: Kind) => spreadOf(hosts.filter((each) => each.kind === kind).map(value)).median;
    const digits = of("AppCode") < 100 ? 1 : 0;
    const both = (["AppCode", "PluginCode"] as const).map((kind) => of(kind).toFixed(digits));
    return [what, ...both, spreadText(pluginRatio(results, value), 2, "x")];
  };
  return table(
    [`${largest(sizesOf(hosts))} AppCodes`, "dynamic provider", "plugin", "ratio"],
    [
      ...steps.map((step) => row(`${stepNames[step]}, s`, seconds(step))),
      row("up, processor s of all processes", cpu("up")),
      row("up, processor s of the provider", ({ up }) => up.provider.cpu),
      row("up, MB of the provider", ({ up }) => up.provider.memory / megabyte),
      row("bytes of a resource in the state file", ({ stateBytes }) => stateBytes),
    ],
  );
}

function leversTable({ levers }: Results): string {
  const [first] = levers.all;
  if (first === undefined) return "";
  return table(
    ["", "time", "processor time"],
    levers.all.map(({ what, run }) => [
      what,
      `${(run.seconds / first.run.seconds).toFixed(2)}x`,
      `${(run.cpu / first.run.cpu).toFixed(2)}x`,
    ]),
  );
}

function callsTable({ mixed }: Results): string {
  const operations = [...new Set(mixed.flatMap(({ calls }) => Object.keys(calls)))];
  return table(
    ["phase", ...operations],
    mixed.map(({ what, calls }) => [what, ...operations.map((operation) => calls[operation] ?? 0)]),
  );
}

function growthTable(results: Results): string {
  return table(
    [
      "AppCodes",
      "up, s",
      "same shape, s",
      "provider, processor s",
      "provider, MB",
      "same shape, MB",
      "calls of up",
      "calls of refresh",
    ],
    sizesOf(results.codes).map((size) => {
      const [first] = chosen(results, "AppCode", size);
      return [
        size,
        typical(results, "AppCode", size, seconds("up")).toFixed(1),
        typical(results, "SameShape", size, seconds("up")).toFixed(1),
        typical(results, "AppCode", size, ({ up }) => up.provider.cpu).toFixed(1),
        ...(["AppCode", "SameShape"] as const).map((kind) =>
          typical(results, kind, size, ({ up }) => up.provider.memory / megabyte).toFixed(0),
        ),
        first === undefined ? "" : callsOf(first.up),
        first === undefined ? "" : callsOf(first.refresh),
      ];
    }),
  );
}

function secretsTable({ queries }: Results): string {
  const sizes = [...new Set(queries.map(({ secrets }) => secrets))];
  const head = [
    `secrets, ${pageLatency} ms a page`,
    "query, s",
    "reading the pages, s",
    "provider, MB",
    "none found, MB",
    "calls",
  ];
  return table(
    head,
    sizes.map((size) => {
      const measured = queries.filter(({ secrets }) => secrets === size);
      const of = (value: (each: (typeof measured)[number]) => number) => spreadOf(measured.map(value));
      return [
        size,
        spreadText(
          of(({ query }) => query),
          2,
        ),
        spreadText(
          of(({ pages }) => pages),
          2,
        ),
        spreadText(
          of(({ preview }) => preview.provider.memory / megabyte),
          0,
        ),
        spreadText(
          of(({ none }) => none.provider.memory / megabyte),
          0,
        ),
        measured[0] === undefined ? "" : callsOf(measured[0].preview),
      ];
    }),
  );
}

function shareTables(results: Results): string {
  const { size, run, shares } = results.profile;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const bare = typical(results, "Bare", size, ({ up }) => up.provider.cpu);
  const ours = typical(results, "AppCode", size, ({ up }) => up.provider.cpu);
  return `Of the ${run.cpu.toFixed(0)} processor seconds of an \`up\` of ${size} AppCodes, the provider process takes ${ours.toFixed(1)} (the profile itself not
counted), ${bare.toFixed(1)} of them also if its resources do nothing. The engine takes most of the others.

By the code that ran, in a profile of that process:

${table(
  ["package", "share"],
  shares.packages.map(({ name, share }) => [name, percent(share)]),
)}

Functions of this package with all they called, as far as it was not waited for:

${table(
  ["function", "share"],
  shares.own.map(({ name, share }) => [name, percent(share)]),
)}

What \`http/caller.js\` takes is the request itself: axios and the HTTP client of Node.js are below it. \`configure\` is
where this package and its libraries are loaded, once a process and whatever the number of resources.`;
}
