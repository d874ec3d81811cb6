/** One crash: an operation on the engine is killed with SIGKILL during its n-th call; then the stack is recovered. */
import assert from "node:assert/strict";
import * as apig from "../support/apig";
import type { TestSimulator } from "../simulator/open";
import type { TestStack } from "../support/stack";
import { bkci } from "./changes";
import { end, kill, type Victim } from "./processes";
import { definitionOf } from "./plan";
import { rowsOf, type Rows } from "./rows";
import type { CallProxy } from "./call-proxy";
import { assertNothingLeft, assertUntouched } from "./assert-services";

export type Phase = "create" | "update" | "delete";

export interface Crash {
  readonly phase: Phase;
  readonly victim: Victim;
  /** Number of the call during which the process is killed, counted from 1. */
  readonly nth: number;
  /** Whether the call takes effect nevertheless. */
  readonly effect: boolean;
}

/** One resource of each type that writes; a later version changes each of them. */
function program(version: number, adopting: ReadonlySet<string>) {
  const adopt = (name: string) => (adopting.has(name) ? { adopt: true } : {});
  const operation = { key: "GET /a", version, operationId: 0, matchMode: "NORMAL" } as const;
  const planned = { operations: [operation], title: 0, apiMode: "merge", intoTheirs: false } as const;
  return () => {
    // One after the other, so that the n-th call is the same each time.
    const remark = `version ${version}`;
    const app = new apig.App("app", { name: "crash_app", remark, ...adopt("app") });
    const rotate = { n: String(version) };
    const code = new apig.AppCode("code", { appId: app.appId, rotate, propagationSeconds: 0 });
    const environment = new apig.Environment(
      "environment",
      { name: "crash_env", remark, ...adopt("environment") },
      { dependsOn: code },
    );
    const definition = definitionOf(0, planned);
    const shop = new apig.ApiImport("import", { definition, ...adopt("import") }, { dependsOn: environment });
    const { envId } = environment;
    const publication = new apig.ApiPublication("publication", {
      envId,
      groupId: shop.groupId,
      triggers: shop.operations,
    });
    const authorization = new apig.AppAuthorization("authorization", {
      envId,
      appIds: [app.appId],
      apiIds: publication.published.apply((apis) => apis.map(({ apiId }) => apiId)),
    });
    new apig.BkciCredential(
      "credential",
      { credentialId: "crash_credential", type: "ACCESSTOKEN", accessToken: code.appCode },
      { dependsOn: authorization },
    );
    return Promise.resolve();
  };
}

/** What a user does, as the message says, when something that the crash left is in the way. */
const clashes = [
  { code: "APIG.3203", adopt: "app" },
  { code: "APIG.3201", adopt: "import" },
  { code: "APIG.3205", adopt: "environment" },
  { code: "2118008", remove: "credential" },
] as const;

/**
 * Runs the crash and recovers from it.
 *
 * @returns whether there was an n-th call at all, and what the user had to do
 */
export async function crashAndRecover(stack: TestStack, simulator: TestSimulator, proxy: CallProxy, crash: Crash) {
  const { control } = simulator;
  await control.reset();
  const initial = await rowsOf(simulator);
  const version = crash.phase === "create" ? 0 : 1;
  if (crash.phase !== "create") {
    stack.use(program(0, new Set()));
    await stack.up();
  }

  stack.use(program(version, new Set()));
  const crashed = await runAndKill(stack, proxy, crash);
  const done: string[] = [];
  if (crashed && crash.victim === "cli") {
    await stack.stack.cancel();
    done.push("pulumi cancel");
  }
  if (crash.phase !== "delete") {
    await recover(stack, simulator, version, done);
    await stack.preview({ expectNoChanges: true });
    assertComplete(await rowsOf(simulator), version);
  }
  await stack.destroy();
  const left = await rowsOf(simulator);
  assertUntouched(left, initial);
  assertNothingLeft(left, initial);
  return { crashed, done };
}

/** Runs the operation and kills during its n-th call. Returns false if there was no n-th call. */
async function runAndKill(stack: TestStack, proxy: CallProxy, { phase, victim, nth, effect }: Crash): Promise<boolean> {
  let orphans: readonly number[] | undefined;
  proxy.cutAt({ nth, effect, act: () => (orphans = kill(victim)) });
  // One resource at a time: the engine writes its file after each step, not atomically, and must be killed between two
  // writes.
  const one = { parallel: 1 };
  const failure = await (phase === "delete" ? stack.destroy(one) : stack.up(one)).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  proxy.cutAt(undefined);
  assert.equal(
    failure !== undefined,
    orphans !== undefined,
    `only a killed operation fails: ${failure?.message ?? ""}`,
  );
  // A provider without its engine never ends by itself.
  end(orphans ?? []);
  return orphans !== undefined;
}

async function recover(stack: TestStack, simulator: TestSimulator, version: number, done: string[]): Promise<void> {
  const adopting = new Set<string>();
  for (let again = 0; again < 5; again++) {
    stack.use(program(version, adopting));
    const failure = await stack.up().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (failure === undefined) {
      stack.use(program(version, new Set()));
      return;
    }
    const clash = clashes.find(({ code }) => failure.includes(code));
    assert.ok(clash, `no way out of: ${failure}`);
    if ("adopt" in clash) {
      assert.match(failure, new RegExp(`${clash.code}.*\`adopt: true\``, "s"));
      adopting.add(clash.adopt);
      done.push(`adopt: true on the ${clash.adopt}`);
    } else {
      await bkci(simulator, "DELETE", "crash_credential");
      done.push(`the ${clash.remove} deleted by hand`);
    }
  }
  throw new Error("five updates were not enough");
}

/**
 * Checks that there is one object of each type, as declared. A code of a killed create is in no state; it is deleted
 * with its app.
 */
function assertComplete(rows: Rows, version: number): void {
  assert.deepEqual(
    rows.apps.map(({ name, remark }) => [name, remark]),
    [["crash_app", `version ${version}`]],
  );
  assert.ok(rows.codes.length >= 1);
  assert.deepEqual(
    rows.apis.map(({ definition }) => definition.mock_info?.result_content),
    [`version ${version}`],
  );
  assert.deepEqual(
    rows.published.map(({ definition }) => definition),
    rows.apis.map(({ definition }) => definition),
  );
  assert.equal(rows.authorizations.length, 1);
  assert.deepEqual(
    rows.credentials.map(({ values }) => rows.codes.some(({ value }) => value === values.v1)),
    [true],
  );
}
