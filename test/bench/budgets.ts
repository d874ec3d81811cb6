/** The package's limits for size, time and calls, each compared with the measurement. */
import { perApp } from "./codes";
import { operations, queried } from "./counts";
import {
  callsOf,
  chosen,
  largest,
  megabyte,
  pluginRatio,
  ratio,
  seconds,
  sizesOf,
  typical,
  type Results,
} from "./results";
import { concurrency, pageLatency, pageSize } from "./secrets";
import { latency, tenants } from "./waiting";
import { spreadOf, spreadText, type Spread } from "./spread";

export interface Row {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  readonly met: boolean;
}

const number = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 0 });

/** A budget with an upper limit. If a measurement was repeated, the median counts. */
function atMost(what: string, most: number, measured: number | Spread, unit: string, digits = 0): Row {
  const spread = typeof measured === "number" ? spreadOf([measured]) : measured;
  return {
    what,
    budget: `at most ${most.toLocaleString("en-US")}${unit}`,
    measured: spreadText(spread, digits, unit),
    met: spread.median <= most,
  };
}

function exactly(what: string, wanted: readonly number[], measured: readonly number[], of: string): Row {
  const same = wanted.length === measured.length && wanted.every((value, index) => value === measured[index]);
  const words = (values: readonly number[]) => (values.length === 0 ? "none" : values.map(number).join(", "));
  return { what, budget: `${words(wanted)} ${of}`, measured: words(measured), met: same };
}

export function budgetsOf(results: Results): Row[] {
  const { texts, mixed, imported } = results;
  const size = largest(sizesOf(results.codes));
  const [ours] = chosen(results, "AppCode", size);
  if (ours === undefined) throw new Error("no AppCodes were measured");
  const stateBytes = ({ stateBytes: bytes }: { stateBytes: number }) => bytes;
  const beyond = typical(results, "AppCode", size, stateBytes) - typical(results, "Bare", size, stateBytes);
  const codes = `${number(size)} AppCodes`;
  const rest = mixed.filter(({ what }) => what.includes("nothing changed"));
  const queries = 2;
  const oneQuery = queries * Math.ceil(queried / pageSize);
  return [
    atMost("`__provider` text per copy, installed from a tarball", 400, texts.packed, " bytes"),
    atMost("the same, linked", 2500, texts.linked, " bytes"),
    atMost("state per AppCode beyond that of a resource that does nothing", 1000, beyond, " bytes"),
    ...upRows(results, size, codes),
    ...waitingRows(results),
    exactly(
      `refresh of ${codes} in ${number(size / perApp)} apps`,
      [size / perApp, 0],
      [
        callsOf(ours.refresh, (name) => name === "ListAppCodesV2"),
        callsOf(ours.refresh, (name) => name !== "ListAppCodesV2"),
      ],
      "lists and other calls",
    ),
    exactly(`up of ${codes}, nothing changed`, [0], [callsOf(ours.upAgain)], "calls"),
    exactly(
      `${queries} queries of ${number(queried)} secrets, nothing changed: preview, up`,
      [oneQuery, oneQuery],
      rest.map((each) => callsOf(each, (name) => name === "ListResourceInstances")),
      "pages",
    ),
    ...queryRows(results),
    ...pluginRows(results),
    exactly(`changing 1 of ${operations} operations`, [1], imported.change, "operation in one import"),
    exactly(
      `tokens for a user with a password: ${mixed.map(({ what }) => what).join("; ")}`,
      mixed.map(() => 1),
      mixed.map((each) => callsOf(each, (name) => name === "KeystoneCreateUserTokenByPassword")),
      "requests",
    ),
  ];
}

/** The engine writes the whole state at each step, so a resource that keeps nothing is faster for this reason alone. */
function upRows(results: Results, size: number, codes: string): Row[] {
  const others = { SameShape: "the same", Bare: "nothing" } as const;
  return (["SameShape", "Bare"] as const).map((kind) =>
    atMost(
      `up of ${codes}, to as many resources that do nothing and keep ${others[kind]}`,
      1.15,
      ratio(results, size, kind, seconds("up")),
      "x",
      2,
    ),
  );
}

function waitingRows({ waiting }: Results): Row[] {
  const what = `first up of ${number(tenants)} apps and ${number(tenants * perApp)} AppCodes`;
  return [
    exactly(
      what,
      waiting.map(() => tenants * (1 + perApp)),
      waiting.map(({ late }) => callsOf(late)),
      "calls",
    ),
    atMost(
      `${what}, ${latency} ms a call, to none`,
      1.5,
      spreadOf(waiting.map(({ atOnce, late }) => late.seconds / atOnce.seconds)),
      "x",
      2,
    ),
  ];
}

function pluginRows(results: Results): Row[] {
  const codes = `${number(largest(sizesOf(results.hosts)))} AppCodes`;
  const to = (value: Parameters<typeof pluginRatio>[1]) => pluginRatio(results, value);
  return [
    atMost(`up of ${codes} by the plugin, to the dynamic provider`, 1, to(seconds("up")), "x", 2),
    atMost(
      "state of each of them, to the dynamic provider's",
      1,
      to(({ stateBytes }) => stateBytes),
      "x",
      2,
    ),
    atMost(
      "memory of the plugin in that, to the dynamic provider's",
      1,
      to(({ up }) => up.provider.memory),
      "x",
      2,
    ),
    atMost(
      "processor time of the plugin until it listens",
      400,
      spreadOf(results.starts.map((each) => each * 1000)),
      " ms",
    ),
  ];
}

function queryRows({ queries }: Results): Row[] {
  const secrets = largest(queries.map((each) => each.secrets));
  const measured = queries.filter((each) => each.secrets === secrets);
  const pages = Math.ceil(secrets / pageSize);
  const more = measured.map(({ preview, none }) => (preview.provider.memory - none.provider.memory) / megabyte);
  return [
    atMost(
      `${number(secrets)} secrets, ${pageLatency} ms a page, to reading ${number(pages)} pages, ${concurrency} at a time`,
      1.5,
      spreadOf(measured.map(({ query, pages: reading }) => query / reading)),
      "x",
      2,
    ),
    atMost(
      `memory of the provider process for ${number(secrets)} secrets, more than for none`,
      150,
      spreadOf(more),
      " MB",
    ),
  ];
}
