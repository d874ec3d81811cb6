import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

/** Long enough for calls that are sent together to be in flight together on a busy machine. */
const latency = 200;

describe("APIG writes at the same time", () => {
  let simulator: TestSimulator;
  let north: string;
  let south: string;
  let southToken: string;

  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(async () => {
    const { control, info } = simulator;
    await control.reset();
    const { identity } = (await control.state()) as {
      identity: { places: { projectId: string; instanceId: string }[] };
    };
    [north, south] = identity.places.map(
      ({ projectId, instanceId }) => `${info.apig}/v2/${projectId}/apigw/instances/${instanceId}`,
    ) as [string, string];
    const projectIds = [identity.places[1]!.projectId];
    const { users } = (await control.seed({ users: [{ name: "south", projectIds }] })) as {
      users: { token: string }[];
    };
    southToken = users[0]!.token;
    await control.latency({ all: latency });
  });
  after(() => simulator.close());

  const call = (method: string, url: string, body?: unknown): Promise<Answer> =>
    wire(url, {
      method,
      headers: { "x-auth-token": url.startsWith(south) ? southToken : simulator.info.token },
      body,
    });
  const createApp = (name: string, instance = north): Promise<Answer> =>
    call("POST", `${instance}/apps`, { name: `app-${name}` });
  const statuses = async (...calls: Promise<Answer>[]): Promise<number[]> =>
    (await Promise.all(calls)).map(({ status }) => status);
  const notes = async (): Promise<string[]> =>
    (await simulator.control.journal()).flatMap(({ note }) => (note === undefined ? [] : [note]));
  const apps = async (): Promise<number> =>
    ((await call("GET", `${north}/apps?limit=100`)).body as { total: number }).total;

  it("never conflict unless a test asks for it", async () => {
    assert.deepEqual(await statuses(createApp("a"), createApp("b")), [201, 201]);
    await simulator.control.options({ writeConflicts: 0 });
    assert.deepEqual(await statuses(createApp("c"), createApp("d")), [201, 201]);
  });

  describe("with writeConflicts 1", () => {
    beforeEach(() => simulator.control.options({ writeConflicts: 1 }));

    it("fail all, in the words of the error table, and the journal says why", async () => {
      const [first, second] = await Promise.all([createApp("a"), call("POST", `${north}/envs`, { name: "env" })]);
      for (const { status, body } of [first, second]) {
        assert.equal(status, 500);
        assert.deepEqual(body, { error_code: "APIG.3500", error_msg: "Failed to synchronize data to etcd" });
      }
      assert.equal((await createApp("later")).status, 201);
      const entries = (await simulator.control.journal()).map(({ status, note }) => [status, note?.split(",")[0]]);
      assert.deepEqual(entries, [
        [500, "write conflict"],
        [500, "write conflict"],
        [201, undefined],
      ]);
    });

    it("fail for no other reason than that: one after another they all work", async () => {
      for (const name of ["a", "b", "c"]) assert.equal((await createApp(name)).status, 201);
      assert.deepEqual(await notes(), []);
    });

    it("cannot overlap if calls take no time", async () => {
      await simulator.control.latency({});
      const names = Array.from({ length: 10 }, (_, n) => `${n}`);
      assert.deepEqual(await statuses(...names.map((name) => createApp(name))), Array(10).fill(201));
    });

    it("overlap with a change and a deletion, too", async () => {
      await simulator.control.seed({ apps: ["a", "b"].map((id) => ({ id, name: `app-${id}` })) });
      const change = call("PUT", `${north}/apps/a`, { name: "changed" });
      assert.deepEqual(await statuses(change, call("DELETE", `${north}/apps/b`)), [500, 500]);
    });

    it("leave reads alone, and reads leave a write alone", async () => {
      const read = (): Promise<Answer> => call("GET", `${north}/apps`);
      assert.deepEqual(await statuses(read(), createApp("a"), read()), [200, 201, 200]);
      assert.deepEqual(await statuses(read(), createApp("b"), createApp("c"), read()), [200, 500, 500, 200]);
    });

    it("leave writes to another instance and to another service alone", async () => {
      const { kms, projectId } = simulator.info;
      const secret = call("POST", `${kms}/v1/${projectId}/secrets`, { name: "s", secret_string: "x" });
      assert.deepEqual(await statuses(createApp("a"), createApp("a", south), secret), [201, 201, 200]);
    });

    it("are not calls that never reach the instance", async () => {
      const unknown = `${north.slice(0, -4)}0000`;
      assert.deepEqual(await statuses(createApp("a", unknown), createApp("b", unknown)), [404, 404]);
      await simulator.control.faults({ throttles: [{ operation: "CreateEnvironmentV2", calls: 0, windowMs: 60_000 }] });
      const throttled = call("POST", `${north}/envs`, { name: "env" });
      assert.deepEqual(await statuses(throttled, createApp("c")), [429, 201]);
    });

    it("show a fault that a test scripted rather than a conflict, which the other write still meets", async () => {
      await simulator.control.faults({ faults: [{ operation: "CreateEnvironmentV2", kind: { status: 503 } }] });
      const failing = call("POST", `${north}/envs`, { name: "env" });
      assert.deepEqual(await statuses(failing, createApp("a")), [503, 500]);
      assert.deepEqual((await notes()).map((note) => note.split(",")[0]).sort(), ["fault injected", "write conflict"]);
    });

    it("took effect where the journal says so, mostly not, and the same after a reset", async () => {
      const names = Array.from({ length: 30 }, (_, n) => `${n}`);
      const fail = async (): Promise<string[]> => {
        assert.deepEqual(await statuses(...names.map((name) => createApp(name))), Array(30).fill(500));
        return notes();
      };
      const first = await fail();
      const effective = first.filter((note) => note === "write conflict, after the effect").length;
      assert.equal(first.filter((note) => note === "write conflict, without effect").length, 30 - effective);
      assert.equal(await apps(), effective);
      assert.ok(effective > 0 && effective < 15, `${effective} of 30`);
      await simulator.control.reset();
      await simulator.control.latency({ all: latency });
      await simulator.control.options({ writeConflicts: 1 });
      assert.deepEqual(await fail(), first);
    });

    it("are refused rather than failed after an effect that they cannot have", async () => {
      const names = Array.from({ length: 30 }, () => "/");
      const found = await statuses(...names.map((name) => createApp(name)));
      assert.deepEqual([...new Set(found)].sort(), [400, 500]);
      assert.ok((await notes()).every((note) => note === "write conflict, without effect"));
    });
  });

  it("conflict more often, the more there are", async () => {
    await simulator.control.options({ writeConflicts: 0.15 });
    await simulator.control.latency({ all: 50 });
    await simulator.control.quotas({ apps: 1000 });
    const failures = async (together: number): Promise<number> => {
      let failed = 0;
      for (let made = 0; made < 48; made += together) {
        const names = Array.from({ length: together }, (_, n) => `${together}-${made + n}`);
        failed += (await statuses(...names.map((name) => createApp(name)))).filter((status) => status === 500).length;
      }
      return failed;
    };
    // Expected: 48 × 0.15 = 7 and 48 × (1 - 0.85 ^ 11) = 40.
    const [pairs, dozens] = [await failures(2), await failures(12)];
    assert.ok(pairs > 0 && pairs < 16, `${pairs} of 48 in pairs`);
    assert.ok(dozens > 30 && dozens < 48, `${dozens} of 48 in dozens`);
  });
});
