import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import * as apig from "../support/apig";
import type { Runtime } from "../../provider/settings/connection";
import { callsDuring } from "../support/calls";
import { handlersFor } from "../support/handlers";
import { heldAt, identityOf } from "../support/identities";
import { Outside } from "../simulator/outside";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { withStack } from "../support/stack";

const text = { __provider: "text" };

describe("Retries and limits", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let outside: Outside;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());

  const operations = async () => (await simulator.control.journal()).map(({ operation }) => operation);
  const held = async () => heldAt(simulator, (await identityOf(simulator)).places[0]!);

  /** Handlers that record their waits and do not wait. */
  function patient(settings: Readonly<Record<string, string>> = {}, runtime: Partial<Runtime> = {}) {
    const waits: number[] = [];
    const sleep = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
    const handlers = handlersFor(simulator, settings, { sleep, random: () => 0.999, ...runtime });
    const createApp = async (name: string) => {
      const { inputs } = await handlers.App.check({}, { name, ...text });
      return handlers.App.create({ ...inputs, ...text });
    };
    return { handlers, createApp, waits };
  }

  describe("of one call", () => {
    it("wait the second that a 429 with Retry-After: 1 asks for, not a minute", async () => {
      await simulator.control.faults({
        faults: [{ operation: "CreateAnAppV2", kind: { status: 429, retryAfter: 1 } }],
      });
      const { createApp, waits } = patient();
      await createApp("shop");
      assert.deepEqual(waits, [1000]);
      assert.deepEqual(await operations(), ["CreateAnAppV2", "CreateAnAppV2"]);
    });

    it("wait until the date that a 429 names", async () => {
      const now = Date.UTC(2026, 10, 21, 12);
      const retryAfter = new Date(now + 7000).toUTCString();
      await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", kind: { status: 429, retryAfter } }] });
      const { createApp, waits } = patient({}, { now: () => now });
      await createApp("shop");
      assert.deepEqual(waits, [7000]);
    });

    it("treat a 500 that says too many requests as throttling, and make one app", async () => {
      await simulator.control.faults({
        faults: [{ operation: "CreateAnAppV2", times: 3, kind: { status: 500, code: "APIG.9008" } }],
      });
      const { createApp } = patient();
      await createApp("shop");
      assert.deepEqual((await held()).apps, ["shop"]);
    });

    for (const [what, fault] of [
      ["a quota", undefined],
      ["a missing permission", { status: 403 }],
    ] as const) {
      it(`never happen after ${what}`, async () => {
        if (fault === undefined) await simulator.control.quotas({ apps: 0 });
        else await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", times: 9, kind: fault }] });
        const { createApp, waits } = patient();
        await refusalOf(createApp("shop"), [simulator.info.token]);
        assert.deepEqual([await operations(), waits], [["CreateAnAppV2"], []]);
      });
    }

    it("after a lost answer of a create look for the object first, and are as many as for any other call", async () => {
      await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", times: 5, kind: "dropBefore" }] });
      const { createApp, waits } = patient();
      await createApp("shop");
      assert.deepEqual((await held()).apps, ["shop"]);
      const calls = await operations();
      assert.equal(calls.filter((name) => name === "CreateAnAppV2").length, 6);
      assert.equal(calls.filter((name) => name === "ListAppsV2").length, 5);
      assert.equal(waits.length, 5);
    });

    it("stop, and leave the object alone, if somebody else made one with the same name", async () => {
      await outside.apig("POST", "/apps", { name: "shop" });
      await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", kind: "dropBefore" }] });
      const { createApp } = patient();
      assert.match(await refusalOf(createApp("shop")), /if nobody else made it, take it over with `adopt: true`/);
      assert.equal((await held()).apps.length, 1);
      assert.equal((await operations()).filter((name) => name === "CreateAnAppV2").length, 2);
    });

    it("say that an app may exist if looking for it fails, too", async () => {
      await simulator.control.faults({
        faults: [
          { operation: "CreateAnAppV2", kind: "dropAfter" },
          { operation: "ListAppsV2", times: 9, kind: { status: 403 } },
        ],
      });
      const { createApp } = patient();
      assert.match(await refusalOf(createApp("shop")), /could not create the app shop:.*may have taken effect/);
    });

    it("end with an error that says what is known and what to look for, if no answer ever comes", async () => {
      await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", times: 99, kind: { status: 503 } }] });
      const { createApp } = patient({ "huaweicloud:maxRetries": "2" });
      const message = await refusalOf(createApp("shop"));
      assert.match(message, /could not create the app shop:.*HTTP 503.*may have taken effect/);
      assert.equal((await operations()).filter((name) => name === "CreateAnAppV2").length, 3);
    });
  });

  describe("in flight", () => {
    it("are at most maxConcurrency requests, writes to an instance too", async () => {
      const proxy = await countingProxy(simulator.info.apig);
      try {
        await simulator.control.latency({ all: 15 });
        await simulator.control.quotas({ apps: 100 });
        const endpoints = JSON.stringify({ apig: proxy.url, kms: proxy.url, iam: proxy.url });
        const { handlers, createApp } = patient({
          "huaweicloud:endpoints": endpoints,
          "huaweicloud:maxConcurrency": "3",
        });
        const names = Array.from({ length: 12 }, (_, n) => `app_${n}`);
        const made = await Promise.all(names.map(createApp));
        assert.equal(proxy.most.writes, 3);
        await Promise.all(made.map(({ id, outs }) => handlers.App.read(id, outs)));
        assert.equal(proxy.most.requests, 3);
      } finally {
        await proxy.close();
      }
    });
  });

  describe("of writes that fail because others go on", () => {
    it("make 40 apps and 80 codes, each once, and all go; only those are adopted that a message tells of", async () => {
      await simulator.control.quotas({ apps: 100 });
      await simulator.control.latency({ all: 5 });
      await simulator.control.options({ writeConflicts: 0.2 });
      const { handlers } = patient({ "huaweicloud:maxRetries": "9" });
      const created = async (type: "App" | "AppCode", args: object) => {
        const { inputs } = await handlers[type].check({}, { ...args, ...text });
        const { id, outs } = await handlers[type].create({ ...inputs, ...text });
        return { id, outs: { ...outs, ...text } };
      };
      const app = (name: string) =>
        created("App", { name }).catch((error: unknown) => {
          assert.match((error as Error).message, /take it over with `adopt: true`/);
          return created("App", { name, adopt: true });
        });
      const tenants = await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          const made = await app(`app_${n}`);
          const code = () => created("AppCode", { appId: made.id.split("/").at(-1), propagationSeconds: 0 });
          return { app: made, codes: await Promise.all([code(), code()]) };
        }),
      );
      const { apps, codes } = await held();
      assert.deepEqual([new Set(apps).size, apps.length, codes], [40, 40, 80]);
      const conflicts = (await simulator.control.journal()).filter(({ note = "" }) =>
        note.startsWith("write conflict"),
      );
      assert.ok(conflicts.length > 5, `${conflicts.length} conflicts`);

      const { handlers: later } = patient({ "huaweicloud:maxRetries": "9" });
      await Promise.all(
        tenants.map(async ({ app: made, codes: its }) => {
          await Promise.all(its.map(({ id, outs }) => later.AppCode.delete(id, outs)));
          await later.App.delete(made.id, made.outs);
        }),
      );
      const left = await held();
      assert.deepEqual([left.apps, left.codes], [[], 0]);
    });
  });

  describe("on the engine, with one call in five failing", () => {
    it("100 resources are made without duplicates, some adopted as messages say, stay unchanged, and are deleted", async () => {
      const codes = 69;
      const nothing = { codes: 0, groups: [], apis: 0, environments: [], authorizations: 0 };
      const definition = {
        openapi: "3.0.0",
        info: { title: "pets", version: "1" },
        paths: Object.fromEntries(
          Array.from({ length: 20 }, (_, n) => [`/pets/${n}`, { get: { responses: { "200": { description: "" } } } }]),
        ),
      };
      const told = new Set<string>();
      const program = () => {
        new apig.ApiImport("pets", { definition, mockMode: true, adopt: told.has("pets") });
        const apps = Array.from({ length: 30 }, (_, n) => {
          return new apig.App(`app-${n}`, { name: `app_${n}`, adopt: told.has(`app-${n}`) });
        });
        for (let n = 0; n < codes; n++) {
          new apig.AppCode(`code-${n}`, { appId: apps[n % apps.length]!.appId, propagationSeconds: 0 });
        }
        return Promise.resolve();
      };
      // Four kinds that hit 5.4% of all calls each hit 20% together.
      const kinds = ["dropBefore", "dropAfter", { status: 500 }, { status: 503 }] as const;
      const faults = kinds.map((kind, n) => ({ operation: "*", probability: 0.054, seed: n + 1, kind }));
      await simulator.control.quotas({ apps: 100 });

      // With the default, one call in some thousands would fail at all its six attempts.
      const config = { ...simulator.config, "huaweicloud:maxRetries": { value: "9" } };
      await withStack({ program, config }, async (stack) => {
        await simulator.control.faults({ faults });
        for (let failure: string | undefined = ""; failure !== undefined;) {
          const before = told.size;
          failure = await stack.up().then(
            () => undefined,
            (error: unknown) => String(error),
          );
          for (const [, name = ""] of failure?.matchAll(/ \((\S+)\):\n(?: +warning: .*\n)* +error: .*`adopt: true`/g) ??
            [])
            told.add(name);
          assert.ok(failure === undefined || told.size > before, failure);
        }
        const { apps, ...others } = await held();
        assert.deepEqual([new Set(apps).size, apps.length], [30, 30]);
        assert.deepEqual(others, { ...nothing, codes, groups: ["pets"], apis: 20 });

        assert.equal((await stack.refresh()).changes.same, 101);
        assert.deepEqual(await callsDuring(simulator.control, () => stack.up()), {});
        await stack.destroy();
        assert.deepEqual(await held(), { ...nothing, apps: [] });
        const journal = await simulator.control.journal();
        const hit = journal.filter(({ note }) => note === "fault injected").length;
        assert.ok(hit > journal.length / 8, `${hit} of ${journal.length} calls were hit`);
      });
    });
  });
});

/** Forwards requests, and counts how many were in flight at the same time at most. */
async function countingProxy(target: string) {
  const now = { requests: 0, writes: 0 };
  const most = { requests: 0, writes: 0 };
  const server = createServer((incoming, outgoing) => {
    const kinds = incoming.method === "GET" ? (["requests"] as const) : (["requests", "writes"] as const);
    for (const kind of kinds) most[kind] = Math.max(most[kind], ++now[kind]);
    outgoing.on("close", () => {
      for (const kind of kinds) now[kind]--;
    });
    const { method, url = "", headers } = incoming;
    const onward = request(new URL(url, target), { method: method ?? "GET", headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    most,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
