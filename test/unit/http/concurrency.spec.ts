import assert from "node:assert/strict";
import { ConcurrencyLimits } from "../../../provider/http/concurrency";
import { create, read, update } from "./support/operations";
import { connectTo, heldRuntime, place, respond, servers, type Answer } from "./support/server";

const open = servers();

/** A server that answers only when the test lets it, and counts the waiting requests. */
function gate() {
  const waiting: (() => void)[] = [];
  let most = 0;
  const answer: Answer = (_, response) => {
    waiting.push(() => respond(response, { status: 200, body: {} }));
    most = Math.max(most, waiting.length);
  };
  /** Answers requests one by one until this many have been answered. */
  const drain = async (count: number) => {
    for (let done = 0; done < count;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = waiting.shift();
      if (next === undefined) continue;
      next();
      done += 1;
    }
  };
  return { answer, drain, most: () => most };
}

describe("requests in flight", () => {
  it("are at most maxConcurrency to one host", async () => {
    const { answer, drain, most } = gate();
    const server = await open(answer);
    const caller = connectTo(server.url, heldRuntime(), { "huaweicloud:maxConcurrency": "3" }).huawei(place);
    const calls = Array.from({ length: 12 }, () => caller.call(read, { path: { id: "t" } }));
    while (most() < 3) await new Promise((resolve) => setImmediate(resolve));
    await drain(12);
    await Promise.all(calls);
    assert.equal(most(), 3);
  });

  it("do not count while they wait for a retry", async () => {
    const server = await open({ status: 503 }, { status: 200, body: {} });
    let wake = (): void => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    const runtime = { ...heldRuntime(), sleep: () => asleep };
    const caller = connectTo(server.url, runtime, { "huaweicloud:maxConcurrency": "1" }).huawei(place);
    const waiting = caller.call(read, { path: { id: "a" } });
    await caller.call(read, { path: { id: "b" } });
    wake();
    await waiting;
    assert.deepEqual(
      server.received.map(({ target }) => target.slice(-1)),
      ["a", "b", "a"],
    );
  });

  it("become fewer where the service says later, and slowly as many again", async () => {
    const { answer, drain, most } = gate();
    let refused = 0;
    const inFlight: number[] = [];
    let now = 0;
    const server = await open((request, response) => {
      if (refused < 4) {
        refused += 1;
        respond(response, { status: 429 });
        return;
      }
      now += 1;
      inFlight.push(now);
      response.on("close", () => (now -= 1));
      void answer(request, response);
    });
    const caller = connectTo(server.url, heldRuntime(), { "huaweicloud:maxConcurrency": "4" }).huawei(place);
    const calls = Array.from({ length: 24 }, (_, id) => caller.call(read, { path: { id: String(id) } }));
    await drain(24);
    await Promise.all(calls);
    assert.deepEqual(inFlight.slice(0, 2), [1, 1], "one after the other at first");
    assert.equal(server.received.length, 28, "none was put off twice");
    const more = Array.from({ length: 4 }, () => caller.call(read, { path: { id: "more" } }));
    while (most() < 4) await new Promise((resolve) => setImmediate(resolve));
    await drain(4);
    await Promise.all(more);
  });

  it("wait with one that was put off", async () => {
    const server = await open({ status: 429 }, { status: 200, body: {} });
    let wake = (): void => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    const runtime = { ...heldRuntime(), sleep: () => asleep };
    const caller = connectTo(server.url, runtime, { "huaweicloud:maxConcurrency": "1" }).huawei(place);
    const [first, second, ...others] = ["a", "b", "c", "d"].map((id) => caller.call(read, { path: { id } }));
    // The next request was sent before the first one got its refusal.
    await second;
    // All requests that were sent until now would have been answered.
    await Promise.race([...others, new Promise((resolve) => setTimeout(resolve, 50))]);
    assert.deepEqual(
      server.received.map(({ target }) => target.slice(-1)),
      ["a", "b"],
    );
    wake();
    await Promise.all([first, ...others]);
    assert.equal(server.received.length, 5);
  });

  it("are those first that were put off before", async () => {
    const limits = new ConcurrencyLimits(1);
    const order: string[] = [];
    const run = (name: string, isRepeated: boolean) =>
      limits.run("host", { instance: "one" }, isRepeated, () => Promise.resolve(order.push(name)));
    await Promise.all([run("first", false), run("new", false), run("repeated", true)]);
    assert.deepEqual(order, ["first", "repeated", "new"]);
  });

  it("do not keep the token request from its slot", async () => {
    const issued: Answer = {
      status: 201,
      headers: { "X-Subject-Token": "fresh" },
      body: { token: { expires_at: "2026-01-16T00:00:00Z", project: { id: "p1" } } },
    };
    const server = await open(issued, { status: 200, body: {} });
    const config = {
      "huaweicloud:userName": "u",
      "huaweicloud:password": "pass",
      "huaweicloud:domainName": "d",
      "huaweicloud:maxConcurrency": "1",
    };
    const caller = connectTo(server.url, heldRuntime(), config).huawei(place);
    await Promise.all([1, 2, 3].map((id) => caller.call(read, { path: { id: String(id) } })));
    assert.equal(server.received.length, 4);
  });
});

describe("writes to APIG", () => {
  const write = { ...update, success: [200] };

  const toInstance = (instance_id: string, scope?: string) => ({ path: { instance_id }, ...(scope && { scope }) });

  it("go side by side to one instance, up to maxConcurrency", async () => {
    const { answer, drain, most } = gate();
    const server = await open(answer);
    const caller = connectTo(server.url, heldRuntime(), { "huaweicloud:maxConcurrency": "3" }).huawei(place);
    const calls = Array.from({ length: 9 }, () => caller.call(write, toInstance("i1")));
    while (most() < 3) await new Promise((resolve) => setImmediate(resolve));
    await drain(9);
    await Promise.all(calls);
    assert.equal(most(), 3);
  });

  it("that collide go one after the other, for their group or environment", async () => {
    const { answer, drain, most } = gate();
    const server = await open(answer);
    const caller = connectTo(server.url).huawei(place);
    const publish = { ...write, collidesIn: "environment" } as const;
    const inOne = Array.from({ length: 4 }, () => caller.call(publish, toInstance("i1", "test")));
    await drain(4);
    await Promise.all(inOne);
    assert.equal(most(), 1);

    const others = [
      caller.call(publish, toInstance("i1", "test")),
      caller.call(publish, toInstance("i1", "live")),
      caller.call(publish, toInstance("i2", "test")),
      caller.call({ ...write, collidesIn: "group" }, toInstance("i1", "test")),
      caller.call(write, toInstance("i1")),
    ];
    while (most() < 5) await new Promise((resolve) => setImmediate(resolve));
    await drain(5);
    await Promise.all(others);
  });

  for (const [what, refusal] of Object.entries({
    "its database gets too many at a time": { status: 500, body: { error_code: "APIG.3500", error_msg: "etcd" } },
    "its database fails": { status: 500, body: { error_code: "APIG.9999", error_msg: "db" } },
    "it gets too many": { status: 500, body: { error_code: "APIG.9008", error_msg: "too many requests" } },
  }))
    it(`become fewer for an instance when ${what}, and slowly as many again`, async () => {
      const { answer, drain, most } = gate();
      let refused = 0;
      const inFlight: number[] = [];
      let now = 0;
      const server = await open((request, response) => {
        if (refused < 4) {
          refused += 1;
          respond(response, refusal);
          return;
        }
        now += 1;
        inFlight.push(now);
        response.on("close", () => (now -= 1));
        void answer(request, response);
      });
      const caller = connectTo(server.url, heldRuntime(), { "huaweicloud:maxConcurrency": "4" }).huawei(place);
      const calls = Array.from({ length: 24 }, () => caller.call(write, toInstance("i1")));
      await drain(24);
      await Promise.all(calls);
      assert.deepEqual(inFlight.slice(0, 2), [1, 1], "one after the other at first");
      const more = Array.from({ length: 4 }, () => caller.call(write, toInstance("i1")));
      while (most() < 4) await new Promise((resolve) => setImmediate(resolve));
      await drain(4);
      await Promise.all(more);
    });

  it("go side by side to different instances, and so do reads", async () => {
    const { answer, drain, most } = gate();
    const server = await open(answer);
    const caller = connectTo(server.url).huawei(place);
    const calls = [
      caller.call(write, { path: { instance_id: "i1" } }),
      caller.call(write, { path: { instance_id: "i2" } }),
      caller.call(read, { path: { id: "t", instance_id: "i1" } }),
    ];
    while (most() < 3) await new Promise((resolve) => setImmediate(resolve));
    await drain(3);
    await Promise.all(calls);
    assert.equal(most(), 3);
  });

  it("let the next one go while a failed one waits for its retry", async () => {
    const server = await open({ status: 429 }, { status: 201, body: { id: "t" } });
    let wake = (): void => undefined;
    const asleep = new Promise<void>((resolve) => (wake = resolve));
    const caller = connectTo(server.url, { ...heldRuntime(), sleep: () => asleep }).huawei(place);
    const waiting = caller.call(create, { path: { instance_id: "i1" } });
    await caller.call(create, { path: { instance_id: "i1" } });
    wake();
    await waiting;
    assert.equal(server.received.length, 3);
  });
});
