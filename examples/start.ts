import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { ensureEngine } from "../test/engine/engine";
import { openLocalStack, type LocalStack } from "../test/engine/local-stack";
import { withLock } from "../test/engine/lock";
import { visit, visitNew } from "../test/simulator/gateway/visit";
import { Outside } from "../test/simulator/outside";
import { openSimulator, type TestSimulator } from "../test/simulator/open";

const say = (line: string): void => console.log(line);

/** Git-ignored. Has everything that must stay after a run. */
const usual = join(__dirname, "..", ".pulumi-apig");

/**
 * `npm start`: the quickstart example on the real engine, against the simulator. A second run changes nothing.
 * `npm start -- --destroy` deletes everything. `--home DIR`: another folder for what must stay after a run.
 *
 * It never calls a real cloud: the engine gets a clean environment in which every address is the simulator's.
 */
async function main(): Promise<void> {
  const options = { destroy: { type: "boolean", default: false }, home: { type: "string", default: usual } } as const;
  const { destroy, home } = parseArgs({ options }).values;
  const engine = await ensureEngine(say);
  say(`Pulumi ${engine.version} from ${engine.how}: ${engine.bin}`);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const busy = (): never => {
    throw new Error("Another `npm start` is running here; wait for it to end.");
  };
  await withLock(join(home, "lock"), busy, async () => {
    const data = join(home, "simulator");
    const simulator = await openSimulator({ data });
    try {
      // Settings as environment variables, because the ports differ in each run, and stack config is part of the state.
      const { env } = simulator;
      const stack = await openLocalStack({ engine, home, program: join(__dirname, "quickstart"), env, log: say });
      await (destroy ? takeDown(stack, simulator) : putUp(stack, simulator));
    } finally {
      await simulator.close();
    }
    if (destroy) await rm(data, { recursive: true, force: true });
  });
}

async function putUp(stack: LocalStack, simulator: TestSimulator): Promise<void> {
  await seedSecrets(simulator);
  await stack.pulumi("preview", "--diff");
  await stack.pulumi("up", "--yes", "--skip-preview");
  await callGateway(await stack.outputs(), simulator);
  say(`
That was the simulator. On Huawei Cloud: cd examples/quickstart, then
  export HW_REGION_NAME=... HW_ACCESS_KEY=... HW_SECRET_KEY=... HW_APIG_INSTANCE_ID=...
  npx pulumi up
(or the same as stack config: pulumi config set huaweicloud:region ..., and so on; see docs/getting-started.md).
\`npm start\` again reports no changes; \`npm start -- --destroy\` cleans up.`);
}

/** Makes the secrets that `SecretTagQuery` of the example finds: the example itself makes none. */
async function seedSecrets({ control }: TestSimulator): Promise<void> {
  const { csms = {} } = await control.state();
  const names = ["shop-dev-database", "shop-dev-payment", "shop-prod-database"];
  const missing = names.filter((name) => !JSON.stringify(csms).includes(`"${name}"`));
  const secrets = missing.map((name) => ({ name, tags: { app: "shop", env: name.split("-")[1] ?? "" } }));
  if (secrets.length > 0) await control.seed({ secrets });
}

const callable = z.object({ groupId: z.string(), environment: z.string(), appCode: z.string() });

/** Shows the result: the API answers a caller with the code, and refuses a caller without it. */
async function callGateway(outputs: Record<string, unknown>, { info }: TestSimulator): Promise<void> {
  const { groupId, environment: stage, appCode: code } = callable.parse(outputs);
  const call = { groupId, stage, path: "/products" };
  const allowed = await visitNew(info, { ...call, code }, () =>
    say("\nWaiting until the gateway knows what is new: some seconds, as on the real one."),
  );
  const refused = await visit(info, call);
  say(`\nGET ${call.path} of the published API, with the AppCode: ${allowed.status} ${allowed.body}`);
  say(`GET ${call.path} without: ${refused.status} ${refused.body}`);
  if (allowed.status !== 200 || refused.status !== 401)
    throw new Error("The gateway was expected to answer 200 and 401.");
}

async function takeDown(stack: LocalStack, { control, info }: TestSimulator): Promise<void> {
  await stack.pulumi("destroy", "--yes", "--skip-preview");
  // A killed run may have made objects that are not in the state.
  const left = await new Outside(info).names();
  if (left.length > 0) say(`Unknown to the state, removed as well: ${left.join(", ")}.`);
  await control.reset();
  await stack.remove();
  say("The simulator is empty.");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
