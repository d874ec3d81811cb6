/** Tag queries of many secrets, compared with a client that only reads the pages. */
import { run } from "../engine/run";
import type { TestSimulator } from "../simulator/open";
import type { Layout } from "./layout";
import { BenchStack, type Run } from "./stack";

/** Secrets in a page: the most that the service gives. */
export const pageSize = 1000;

/** How long the simulator takes for a page, in milliseconds. */
export const pageLatency = 50;

/** The default of `huaweicloud:maxConcurrency`. */
export const concurrency = 8;

export interface QueryMeasured {
  readonly secrets: number;
  /** Seconds of the query in a separate provider process, without the engine. */
  readonly query: number;
  /** Seconds of reading the same pages, by a client that does nothing with them but parse JSON. */
  readonly pages: number;
  readonly preview: Run;
  readonly up: Run;
  readonly upAgain: Run;
  /** The same preview when no secret is found. */
  readonly none: Run;
}

const tags = [{ key: "app", values: ["shop"] }];

export async function measureQuery(layout: Layout, simulator: TestSimulator, secrets: number): Promise<QueryMeasured> {
  const { control } = simulator;
  await control.reset();
  await control.seed({ secrets: { count: secrets, prefix: "secret-", tags: { app: "shop", env: ["dev", "prod"] } } });
  await control.latency({ operations: { ListResourceInstances: pageLatency } });
  const program = { queries: [{ action: "filter" as const, tags }] };
  return BenchStack.use({ layout, simulator, program }, async (stack) => {
    const preview = await stack.run("preview");
    const up = await stack.run("up");
    const upAgain = await stack.run("up");
    stack.become({ queries: [{ action: "filter", tags: [{ key: "app", values: ["none"] }] }] });
    const none = await stack.run("preview");
    const query = await timeScript(queryScript, layout, simulator);
    const pages = await timeScript(pagesScript, layout, simulator);
    return { secrets, preview, up, upAgain, none, query, pages };
  });
}

/** Runs a script in a separate process, which prints how many seconds it took. */
async function timeScript(script: string, { packed }: Layout, { env, info }: TestSimulator): Promise<number> {
  const url = `${info.kms}/v1/${info.projectId}/csms/resource_instances/action`;
  const given = JSON.stringify({ url, token: info.token, tags, pageSize, concurrency });
  const options = { env: { ...process.env, ...env, BENCH_QUERY: given }, cwd: packed, timeout: 120_000 };
  return Number(await run("node", ["-e", script], options));
}

/** What the host calls when a program declares a SecretTagQuery. */
const queryScript = `
  const { SecretTagQuery } = require("pulumi-apig/handlers");
  const { tags } = JSON.parse(process.env.BENCH_QUERY);
  (async () => {
    await SecretTagQuery.configure({ config: { get: () => undefined } });
    const began = performance.now();
    const { failures } = await SecretTagQuery.check({}, { action: "filter", tags });
    const seconds = (performance.now() - began) / 1000;
    if (failures.length > 0) throw new Error(failures[0].reason);
    console.log(seconds);
    process.exit();
  })();
`;

/** Reads the first page, and then all others with the allowed concurrency, over keep-alive connections. */
const pagesScript = `
  const { Agent, request } = require("node:http");
  const { url, token, tags, pageSize, concurrency } = JSON.parse(process.env.BENCH_QUERY);
  const agent = new Agent({ keepAlive: true });
  const headers = { "content-type": "application/json", "x-auth-token": token };
  const page = (offset) => new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", agent, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.once("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    call.once("error", reject);
    call.end(JSON.stringify({ action: "filter", limit: String(pageSize), offset: String(offset), tags }));
  });
  (async () => {
    const began = performance.now();
    const { total_count } = await page(0);
    let next = pageSize;
    const reader = async () => {
      while (next < total_count) await page((next += pageSize) - pageSize);
    };
    await Promise.all(Array.from({ length: concurrency }, reader));
    console.log((performance.now() - began) / 1000);
    process.exit();
  })();
`;
