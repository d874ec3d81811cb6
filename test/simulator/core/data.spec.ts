import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulator, type TestSimulator } from "../open";
import { wire } from "./wire";

describe("A simulator with a data folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const withSimulator = async <T>(use: (simulator: TestSimulator) => Promise<T>): Promise<T> => {
    const simulator = await openSimulator({ data: join(folder, "state") });
    try {
      return await use(simulator);
    } finally {
      await simulator.close();
    }
  };

  it("has the same places, credentials, objects, clock, quotas and options after a restart", async () => {
    const before = await withSimulator(async ({ control, info }) => {
      await control.seed({ secrets: [{ name: "kept" }], credentials: [{ ...credential, credentialId: "kept" }] });
      await control.quotas({ apps: 7 });
      await control.options({ bkciLanguage: "zh" });
      await control.clock({ advance: 3_600_000 });
      return { info, state: await control.state() };
    });
    await withSimulator(async ({ control, info }) => {
      const { identity, iam, csms, bkci, quotas, options, clockOffset } = await control.state();
      for (const name of ["projectId", "instanceId", "accessKey", "secretKey", "token", "bkciProjectId"] as const)
        assert.equal(info[name], before.info[name]);
      assert.deepEqual(
        [identity, csms, bkci, quotas, options, clockOffset],
        [
          before.state["identity"],
          before.state["csms"],
          before.state["bkci"],
          before.state["quotas"],
          before.state["options"],
          before.state["clockOffset"],
        ],
      );
      assert.deepEqual(Object.keys(iam as object), ["users", "keys", "tokens"]);
    });
  });

  it("knows the tokens it issued before the restart, and renews the ready one", async () => {
    const issued = await withSimulator(async ({ control, info }) => {
      const { users } = (await control.seed({ users: [{ name: "u" }] })) as { users: { token: string }[] };
      await control.clock({ advance: 25 * 3_600_000 });
      const projects = await wire(`${info.iam}/v3/projects`, { headers: { "x-auth-token": info.token } });
      assert.equal(projects.status, 401);
      return users[0]!.token;
    });
    await withSimulator(async ({ control, info }) => {
      const status = async (token: string): Promise<number> =>
        (await wire(`${info.iam}/v3/projects`, { headers: { "x-auth-token": token } })).status;
      assert.equal(await status(info.token), 200);
      assert.equal(await status(issued), 401);
      await control.clock({ advance: -25 * 3_600_000 });
      assert.equal(await status(issued), 200);
    });
  });

  it("keeps the effect of a call whose answer it never sent", async () => {
    await withSimulator(async ({ control, info }) => {
      await control.faults({ faults: [{ operation: "CreateSecret", kind: "dropAfter" }] });
      const call = wire(`${info.kms}/v1/${info.projectId}/secrets`, {
        method: "POST",
        headers: { "x-auth-token": info.token },
        body: { name: "lost", secret_string: "x" },
      });
      await assert.rejects(call, /socket hang up|ECONNRESET/);
    });
    await withSimulator(async ({ control, info }) => {
      const { csms } = (await control.state()) as { csms: Record<string, Record<string, unknown>> };
      assert.deepEqual(Object.keys(csms[info.projectId]!), ["lost"]);
    });
  });

  it("starts afresh after a reset, with the same places and keys", async () => {
    const before = await withSimulator(async ({ control, info }) => {
      await control.seed({ secrets: [{ name: "gone" }] });
      await control.reset();
      return info;
    });
    await withSimulator(async ({ control, info }) => {
      assert.equal(info.token, before.token);
      assert.doesNotMatch(JSON.stringify((await control.state())["csms"]), /gone/);
    });
  });

  it("has the defaults of options that an earlier simulator did not know", async () => {
    await withSimulator(({ control }) => control.options({ writeConflicts: 0.5, gatewayDelay: 7 }));
    const file = join(folder, "state", "world.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"writeConflicts":0.5,', ""));
    const { options } = await withSimulator(({ control }) => control.state());
    const { writeConflicts, gatewayDelay } = options as Record<string, unknown>;
    assert.deepEqual([writeConflicts, gatewayDelay], [0, 7]);
  });

  it("lets nobody but the owner at its files", async () => {
    await withSimulator(({ control }) => control.seed({ secrets: [{ name: "a" }] }));
    const state = join(folder, "state");
    assert.equal(statSync(state).mode & 0o777, 0o700);
    const files = readdirSync(state);
    assert.ok(files.includes("csms.json"));
    for (const file of files) assert.equal(statSync(join(state, file)).mode & 0o777, 0o600, file);
  });
});

const credential = { credentialType: "PASSWORD", v1: "x" };
