import { spawn, type ChildProcess, type SpawnOptions, type StdioOptions } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { ensureEngine, type Engine } from "../test/engine/engine";
import { withLock } from "../test/engine/lock";
import { visit } from "../test/support/caller";
import { cleanEnvironment } from "../test/support/environment";
import { Outside } from "../test/support/outside";
import { openSimulator, type TestSimulator } from "../test/support/simulator";

/**
 * `npm start`: the quickstart example on the real engine, against the simulator. Again: nothing has changed.
 * `npm start -- --destroy`: everything gone again.
 *
 * It never talks to a real cloud: the engine gets a clean environment in which every address is the simulator's.
 */
async function main(): Promise<void> {
  const { destroy } = parseArgs({ options: { destroy: { type: "boolean", default: false } } }).values;
  const engine = await ensureEngine(say);
  say(`Pulumi ${engine.version} from ${engine.how}: ${engine.bin}`);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const busy = (): never => {
    throw new Error("Another `npm start` is running here; wait for it to end.");
  };
  await withLock(join(home, "lock"), busy, async () => {
    const simulator = await openSimulator({ data: join(home, "simulator") });
    try {
      const stack = await openStack(engine, simulator);
      await (destroy ? takeDown(stack, simulator) : putUp(stack, simulator));
    } finally {
      await simulator.close();
    }
    if (destroy) await Promise.all(kept.map((name) => rm(join(home, name), { recursive: true, force: true })));
  });
}

/** Git-ignored; holds everything that must outlive a run. */
const home = join(__dirname, "..", ".pulumi-apig");
const kept = ["simulator", "project", "state", "home", "passphrase"];

interface Stack {
  /** Runs one command of the engine, with its output as it comes. */
  readonly pulumi: (...args: string[]) => Promise<void>;
  /** The stack's outputs, secret ones too. */
  readonly outputs: () => Promise<Record<string, unknown>>;
}

async function putUp({ pulumi, outputs }: Stack, simulator: TestSimulator): Promise<void> {
  await seedSecrets(simulator);
  await pulumi("preview", "--diff");
  await pulumi("up", "--yes", "--skip-preview");
  await callGateway(await outputs(), simulator);
  say(`
That was the simulator. On Huawei Cloud: cd examples/quickstart, then
  export HW_REGION_NAME=... HW_ACCESS_KEY=... HW_SECRET_KEY=... HW_APIG_INSTANCE_ID=...
  npx pulumi up
(or the same as stack config: pulumi config set huaweicloud:region ..., and so on; see the README).
\`npm start\` again reports no changes; \`npm start -- --destroy\` cleans up.`);
}

/** What it was all for: the API answers a caller with the code, and refuses one without. */
async function callGateway(outputs: Record<string, unknown>, { info }: TestSimulator): Promise<void> {
  const { groupId, environment: stage, appCode: code } = callable.parse(outputs);
  const call = { groupId, stage, path: "/products" };
  let allowed = await visit(info, { ...call, code });
  if (allowed.status !== 200) say("\nWaiting until the gateway knows what is new: some seconds, as on the real one.");
  for (let tries = 0; allowed.status !== 200 && tries < 60; tries++) {
    await sleep(500);
    allowed = await visit(info, { ...call, code });
  }
  const refused = await visit(info, call);
  say(`\nGET ${call.path} of the published API, with the AppCode: ${allowed.status} ${allowed.body}`);
  say(`GET ${call.path} without: ${refused.status} ${refused.body}`);
  if (allowed.status !== 200 || refused.status !== 401)
    throw new Error("The gateway was expected to answer 200 and 401.");
}

const callable = z.object({ groupId: z.string(), environment: z.string(), appCode: z.string() });

async function takeDown({ pulumi }: Stack, simulator: TestSimulator): Promise<void> {
  await pulumi("destroy", "--yes", "--skip-preview");
  const outside = new Outside(simulator.info);
  const { groups } = await outside.apig<{ groups: { name: string }[] }>("GET", "/api-groups");
  const { apis } = await outside.apig<{ apis: { name: string }[] }>("GET", "/apis");
  const { apps } = await outside.apig<{ apps: { name: string }[] }>("GET", "/apps");
  const left = [...groups.filter(({ name }) => name !== "DEFAULT"), ...apis, ...apps].map(({ name }) => name);
  // A killed run may have made things that the state does not know.
  if (left.length > 0) say(`Unknown to the state, removed as well: ${left.join(", ")}.`);
  await pulumi("stack", "rm", "--yes", stackName);
  await simulator.control.reset();
  say("The simulator is empty.");
}

/** What `SecretTagQuery` of the example looks for. Secrets are nothing the example makes, so they have to be there. */
const secrets = [
  { name: "shop-dev-database", tags: { app: "shop", env: "dev" } },
  { name: "shop-dev-payment", tags: { app: "shop", env: "dev" } },
  { name: "shop-prod-database", tags: { app: "shop", env: "prod" } },
];

async function seedSecrets({ control }: TestSimulator): Promise<void> {
  const { csms = {} } = await control.state();
  const missing = secrets.filter(({ name }) => !JSON.stringify(csms).includes(`"${name}"`));
  if (missing.length > 0) await control.seed({ secrets: missing });
}

const stackName = "local";

/** A project, a passphrase and a state backend of our own, so that the example's folder and the user's home stay as they are. */
async function openStack(engine: Engine, simulator: TestSimulator): Promise<Stack> {
  const project = join(home, "project");
  for (const name of ["project", "state", "home"]) await mkdir(join(home, name), { recursive: true, mode: 0o700 });
  const main = join(__dirname, "quickstart");
  await writeFile(join(project, "Pulumi.yaml"), JSON.stringify({ name: "quickstart", runtime: "nodejs", main }));
  const passphrase = join(home, "passphrase");
  if (!existsSync(passphrase)) await writeFile(passphrase, randomBytes(32).toString("hex"), { mode: 0o600 });

  const clean = cleanEnvironment(process.env);
  const env = {
    ...clean,
    // By environment, because the ports differ from run to run and stack config is part of the state.
    ...simulator.env,
    PATH: [engine.bin, clean["PATH"]].join(delimiter),
    PULUMI_HOME: join(home, "home"),
    PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  forwardSignals();
  const pulumi: Stack["pulumi"] = async (...args) => {
    say(`\n$ pulumi ${args.join(" ")}`);
    await run(args, { env, cwd: project, stdio: "inherit" });
  };
  const outputs: Stack["outputs"] = async () => {
    const text = await run(["stack", "output", "--json", "--show-secrets"], { env, cwd: project, stdio: onlyAnswer });
    return JSON.parse(text) as Record<string, unknown>;
  };
  await pulumi("stack", "select", "--create", stackName);
  // We are the only one here (see the lock in `main`): a lock in the backend is left from a run that was killed.
  const locks = await readdir(join(home, "state", ".pulumi", "locks"), { recursive: true }).catch(() => []);
  if (locks.some((name) => name.endsWith(".json"))) await pulumi("cancel", "--yes");
  return { pulumi, outputs };
}

const interrupt = new AbortController();
let current: ChildProcess | undefined;

/** Standard output is ours, not the terminal's. */
const onlyAnswer: StdioOptions = ["ignore", "pipe", "inherit"];

/** @returns what the command wrote on stdout, if that is ours */
async function run(args: string[], options: SpawnOptions): Promise<string> {
  interrupt.signal.throwIfAborted();
  const child = spawn("pulumi", args, options);
  current = child;
  let answer = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (answer += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  current = undefined;
  interrupt.signal.throwIfAborted();
  if (code !== 0) throw new Error(`pulumi ${args[0] ?? ""} failed.`);
  return answer;
}

/** Lets the engine end in order; the simulator has to be there until it has. */
function forwardSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      interrupt.abort(new Error("Interrupted."));
      // A terminal sends Ctrl-C to the engine as well, and the engine takes a second one as: stop without saving.
      if (signal === "SIGTERM" || !process.stdin.isTTY) current?.kill("SIGINT");
    });
  }
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
