import assert from "node:assert/strict";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

describe("The simulator's control", () => {
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const create = (name: string): Promise<Answer> =>
    wire(`${simulator.info.kms}/v1/${simulator.info.projectId}/secrets`, {
      method: "POST",
      headers: { "x-auth-token": simulator.info.token },
      body: { name, secret_string: "canary-value" },
    });
  const list = (): Promise<Answer> =>
    wire(`${simulator.info.kms}/v1/${simulator.info.projectId}/secrets`, {
      headers: { "x-auth-token": simulator.info.token },
    });
  const statuses = async (count: number, call = list): Promise<number[]> => {
    const found: number[] = [];
    for (let n = 0; n < count; n += 1)
      found.push(
        await call().then(
          ({ status }) => status,
          () => 0,
        ),
      );
    return found;
  };
  const stored = async (): Promise<string[]> => {
    const { csms } = (await simulator.control.state()) as { csms: Record<string, object> };
    return Object.keys(csms[simulator.info.projectId] ?? {});
  };

  describe("faults", () => {
    it("hits the next call of the operation once, and leaves others alone", async () => {
      await simulator.control.faults({ faults: [{ operation: "CreateSecret", kind: { status: 503 } }] });
      assert.equal((await list()).status, 200);
      assert.equal((await create("a")).status, 503);
      assert.equal((await create("a")).status, 200);
    });

    it("hits the n-th call and as many as asked for", async () => {
      await simulator.control.faults({ faults: [{ operation: "csms", nth: 2, times: 2, kind: { status: 500 } }] });
      assert.deepEqual(await statuses(5), [200, 500, 500, 200, 200]);
    });

    it("sends the status, code, message and Retry-After it is told", async () => {
      await simulator.control.faults({
        faults: [{ operation: "*", kind: { status: 409, code: "X.1", message: "busy", retryAfter: 3 } }],
      });
      const { status, body, headers } = await list();
      assert.deepEqual([status, body], [409, { error: { error_code: "X.1", error_msg: "busy" } }]);
      assert.equal(headers["retry-after"], "3");
    });

    it("sends a whole body when told to", async () => {
      await simulator.control.faults({
        faults: [
          { operation: "*", kind: { status: 502, body: "<html>" } },
          { operation: "*", nth: 2, kind: { status: 200, body: { unexpected: true } } },
        ],
      });
      assert.equal((await list()).body, "<html>");
      assert.deepEqual((await list()).body, { unexpected: true });
    });

    it("answers an error without the effect, or after it", async () => {
      await simulator.control.faults({
        faults: [
          { operation: "CreateSecret", kind: { status: 500 } },
          { operation: "CreateSecret", nth: 2, kind: { status: 504, effect: true } },
        ],
      });
      assert.equal((await create("none")).status, 500);
      assert.equal((await create("made")).status, 504);
      assert.deepEqual(await stored(), ["made"]);
    });

    it("drops the connection before the effect, or after it", async () => {
      await simulator.control.faults({
        faults: [
          { operation: "CreateSecret", kind: "dropBefore" },
          { operation: "CreateSecret", nth: 2, kind: "dropAfter" },
        ],
      });
      await assert.rejects(create("none"), /socket hang up|ECONNRESET/);
      await assert.rejects(create("made"), /socket hang up|ECONNRESET/);
      assert.deepEqual(await stored(), ["made"]);
    });

    it("hits by chance, the same calls for the same seed", async () => {
      const faults = { faults: [{ operation: "*", probability: 0.2, seed: 7, kind: { status: 503 } }] };
      await simulator.control.faults(faults);
      const first = await statuses(50);
      await simulator.control.faults(faults);
      assert.deepEqual(await statuses(50), first);
      const hits = first.filter((status) => status === 503).length;
      assert.ok(hits > 3 && hits < 20, `${hits} of 50`);
    });

    it("forgets earlier faults when new ones are set", async () => {
      await simulator.control.faults({ faults: [{ operation: "*", kind: { status: 503 } }] });
      await simulator.control.faults({});
      assert.deepEqual(await statuses(1), [200]);
    });
  });

  describe("throttles", () => {
    it("names the limit to every service alike, none when a fault says 429", async () => {
      const { apig, kms, projectId, instanceId, token } = simulator.info;
      const texts = async () => {
        const urls = [`${apig}/v2/${projectId}/apigw/instances/${instanceId}/apps`, `${kms}/v1/${projectId}/secrets`];
        const answers = await Promise.all(urls.map((url) => wire(url, { headers: { "x-auth-token": token } })));
        return answers.map(({ body }) => /limit:[^"]*/.exec(JSON.stringify(body))?.[0]);
      };
      await simulator.control.faults({ throttles: [{ operation: "*", calls: 0, windowMs: 1000 }] });
      assert.deepEqual(await texts(), Array(2).fill("limit:0 per 1 seconds"));
      await simulator.control.faults({ faults: [{ operation: "*", times: 2, kind: { status: 429 } }] });
      assert.deepEqual(await texts(), Array(2).fill("limit:0"));
    });

    it("answers 429 APIGW.0308 beyond the quota until the window is over", async () => {
      await simulator.control.faults({ throttles: [{ operation: "csms", calls: 2, windowMs: 5000, retryAfter: 1 }] });
      assert.deepEqual(await statuses(3), [200, 200, 429]);
      const { body, headers } = await list();
      assert.equal((body as { error: { error_code: string } }).error.error_code, "APIGW.0308");
      assert.equal(headers["retry-after"], "1");
      await simulator.control.clock({ advance: 5000 });
      assert.deepEqual(await statuses(1), [200]);
    });

    it("may leave Retry-After out", async () => {
      await simulator.control.faults({ throttles: [{ operation: "ListSecrets", calls: 0, windowMs: 5000 }] });
      const { status, headers } = await list();
      assert.deepEqual([status, headers["retry-after"]], [429, undefined]);
    });
  });

  it("moves the clock by an amount or to a time", async () => {
    assert.match(
      JSON.stringify(await simulator.control.clock({ set: "2031-02-03T04:05:06Z" })),
      /2031-02-03T04:05:0[67]/,
    );
    assert.match(JSON.stringify(await simulator.control.clock({ advance: 3_600_000 })), /2031-02-03T05:05:0[67]/);
  });

  it("resets objects, clock, options, quotas, faults and journal, and keeps places and credentials", async () => {
    const before = (await simulator.control.state()) as { identity: object };
    await create("a");
    await simulator.control.clock({ advance: 1e9 });
    await simulator.control.options({ importSwagger: "nested" });
    await simulator.control.quotas({ apps: 1 });
    await simulator.control.faults({ faults: [{ operation: "*", times: 9, kind: { status: 500 } }] });
    await simulator.control.reset();
    const after = await simulator.control.state();
    assert.deepEqual([after["clockOffset"], after["identity"]], [0, before.identity]);
    assert.equal((after["options"] as { importSwagger: string }).importSwagger, "flat");
    assert.equal((after["quotas"] as { apps: number }).apps, 50);
    assert.deepEqual(await stored(), []);
    assert.deepEqual(await simulator.control.journal(), []);
    assert.equal((await list()).status, 200);
  });

  it("journals each call once, with nothing that was sent in headers, query or body", async () => {
    await create("canary-name");
    await wire(`${simulator.info.bkci}/ms/openapi/api/apigw/v3/projects?access_token=canary-query`);
    await simulator.control.faults({ faults: [{ operation: "ListSecrets", kind: "dropBefore" }] });
    await list().catch(() => undefined);
    const entries = await simulator.control.journal();
    assert.deepEqual(
      entries.map(({ n, service, operation, method, status, caller }) => [
        n,
        service,
        operation,
        method,
        status,
        caller,
      ]),
      [
        [1, "csms", "CreateSecret", "POST", 200, "simulator"],
        [2, "bkci", "listProjects", "GET", 400, null],
        [3, "csms", "ListSecrets", "GET", 0, "simulator"],
      ],
    );
    assert.equal(entries[0]!.bytes, JSON.stringify({ name: "canary-name", secret_string: "canary-value" }).length);
    const text = JSON.stringify(entries);
    assert.doesNotMatch(text, /canary/);
    assert.ok(!text.includes(simulator.info.token));
    assert.deepEqual(await simulator.control.journal(2), entries.slice(2));
  });

  it("says in the journal which check failed", async () => {
    await wire(`${simulator.info.iam}/v3/projects`, { headers: { "x-auth-token": "wrong" } });
    const [entry] = await simulator.control.journal();
    assert.equal(entry!.note, "unknown token");
  });

  it("seeds users who see the projects they are given only", async () => {
    const { users } = (await simulator.control.seed({
      users: [{ name: "narrow", projectIds: [simulator.info.projectId] }],
    })) as { users: { name: string; accessKey: string; secretKey: string; password: string; token: string }[] };
    const { body } = await wire(`${simulator.info.iam}/v3/projects`, { headers: { "x-auth-token": users[0]!.token } });
    assert.deepEqual(
      (body as { projects: { id: string }[] }).projects.map(({ id }) => id),
      [simulator.info.projectId],
    );
  });

  const unusable: [path: string, body: unknown][] = [
    ["reset", { everything: true }],
    ["faults", { faults: [{ operation: "x" }] }],
    ["faults", { faults: [{ operation: "x", kind: "explode" }] }],
    ["faults", { faults: [{ operation: "x", kind: { list: "short" } }] }],
    ["faults", { faults: [{ operation: "x", kind: { notFound: true } }] }],
    ["faults", { faults: [{ operation: "x", kind: { twice: 2 } }] }],
    ["faults", { faults: [{ operation: "x", kind: { date: "yesterday" } }] }],
    ["faults", { faults: [{ operation: "x", kind: { list: "empty", status: 200 } }] }],
    ["faults", { faults: [{ operation: "x", nth: 0, kind: "dropAfter" }] }],
    ["latency", { some: 1 }],
    ["clock", { advance: 1, set: "2031-02-03T04:05:06Z" }],
    ["clock", {}],
    ["quotas", { unknown: 1 }],
    ["options", { appCodeShowStatus: 204 }],
    ["options", { writeConflicts: 1.5 }],
    ["options", { unknown: true }],
    ["seed", { unknown: [] }],
    ["seed", { secrets: { count: -1 } }],
    ["seed", { users: [{}] }],
    ["seed", "{"],
  ];
  for (const [path, body] of unusable) {
    it(`refuses ${JSON.stringify(body)} to ${path} and says why`, async () => {
      const answer = await wire(`${simulator.info.control}/${path}`, { method: "POST", body });
      assert.equal(answer.status, 400);
      assert.match((answer.body as { error: string }).error, /\w/);
    });
  }
});
