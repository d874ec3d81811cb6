import assert from "node:assert/strict";
import { openSimulator, type Control, type TestSimulator } from "../open";
import { wire, type Answer } from "../core/wire";

type Fault = NonNullable<Parameters<Control["faults"]>[0]["faults"]>[number];
type Fields = Record<string, unknown>;

/** False answers: each kind on the services where it can occur. */
describe("Answers that lie", () => {
  let simulator: TestSimulator;
  let apig: string;
  let csms: string;
  let credentials: string;

  before(async () => {
    simulator = await openSimulator();
    const { info } = simulator;
    apig = `${info.apig}/v2/${info.projectId}/apigw/instances/${info.instanceId}`;
    csms = `${info.kms}/v1/${info.projectId}`;
    credentials = `${info.bkci}/ms/openapi/api/apigw/v3/projects/demo/credentials`;
  });
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed({
      apps: ["first", "second", "third"].map((name) => ({ id: name, name, codes: 1 })),
      secrets: ["a", "b", "c"].map((name) => ({ name })),
      credentials: ["a", "b", "c"].map((credentialId) => ({ credentialId, credentialType: "PASSWORD", v1: "x" })),
    });
  });
  after(() => simulator.close());

  const call = (method: string, url: string, body?: unknown): Promise<Answer> => {
    const { token, bkciAccessToken, bkci } = simulator.info;
    const signed = url.startsWith(`${bkci}/ms/`)
      ? `${url}${url.includes("?") ? "&" : "?"}access_token=${bkciAccessToken}`
      : url;
    return wire(signed, { method, headers: { "x-auth-token": token }, body });
  };
  const read = async (url: string): Promise<Fields> => (await call("GET", url)).body as Fields;
  const fault = (operation: string, kind: Fault["kind"], times = 1): Promise<unknown> =>
    simulator.control.faults({ faults: [{ operation, kind, times }] });
  const names = (items: unknown, field = "name"): unknown[] => (items as Fields[]).map((item) => item[field]);

  describe("a list that contradicts itself", () => {
    it("keeps the total and has no items, or no place for them, in APIG", async () => {
      await fault("ListAppsV2", { list: "empty" });
      assert.deepEqual(await read(`${apig}/apps`), { size: 0, total: 3, apps: [] });
      await fault("ListAppsV2", { list: "absent" });
      assert.deepEqual(await read(`${apig}/apps`), { size: 0, total: 3 });
      assert.equal(((await read(`${apig}/apps`))["apps"] as unknown[]).length, 3);
    });

    it("does so in CSMS and BK-CI", async () => {
      await fault("*", { list: "empty" }, 9);
      assert.deepEqual((await read(`${csms}/secrets?limit=2`))["page_info"], {
        next_marker: "b",
        previous_marker: null,
        current_count: 2,
      });
      const query = { action: "filter", limit: "10", offset: "0" };
      const { body } = await call("POST", `${csms}/csms/resource_instances/action`, query);
      assert.deepEqual(body, { resources: [], total_count: 3 });
      const { records, count } = (await read(credentials))["data"] as Fields;
      assert.deepEqual([records, count], [[], 3]);
    });

    it("is the first page again, whatever page is asked for", async () => {
      await fault("*", { list: "again" }, 9);
      const [first, again] = [await read(`${apig}/apps?limit=2`), await read(`${apig}/apps?limit=2&offset=2`)];
      assert.deepEqual(again, first);
      assert.deepEqual(names((await read(`${csms}/secrets?limit=2&marker=b`))["secrets"]), ["a", "b"]);
      const { body } = await call("POST", `${csms}/csms/resource_instances/action`, { limit: "1", offset: "2" });
      assert.deepEqual(names((body as Fields)["resources"], "resource_name"), ["a"]);
      const { records } = (await read(`${credentials}?page=2&pageSize=2`))["data"] as Fields;
      assert.deepEqual(names(records, "credentialId"), ["a", "b"]);
    });

    it("leaves answers alone that are no lists", async () => {
      const app = await read(`${apig}/apps/first`);
      await fault("*", { list: "absent" }, 9);
      assert.deepEqual(await read(`${apig}/apps/first`), app);
      assert.equal((await call("GET", `${apig}/apps/none`)).status, 404);
    });
  });

  it("may be an instance's, that does not exist for a spell", async () => {
    await fault("apig", { status: 404, code: "APIG.3030", message: "The instance does not exist" }, 2);
    const code = async (url: string): Promise<unknown> => (await read(url))["error_code"];
    assert.deepEqual(
      [await code(`${apig}/apps`), await code(`${apig}/envs`), await code(`${apig}/apps`)],
      ["APIG.3030", "APIG.3030", undefined],
    );
  });

  it("may be a refusal without effect, in the words of a clash of writes", async () => {
    await fault("CreateAnAppV2", { status: 500, code: "APIG.3500" });
    const { status, body } = await call("POST", `${apig}/apps`, { name: "fourth" });
    assert.deepEqual([status, (body as Fields)["error_code"]], [500, "APIG.3500"]);
    assert.equal((await read(`${apig}/apps`))["total"], 3);
  });

  it("may be a success for nothing done", async () => {
    await fault("DeleteAppV2", { status: 204 });
    const { status, body } = await call("DELETE", `${apig}/apps/first`);
    assert.deepEqual([status, body], [204, ""]);
    assert.equal((await read(`${apig}/apps`))["total"], 3);
  });

  describe("a generic 404", () => {
    it("is a web server's page", async () => {
      await fault("getCredential", { notFound: "html" });
      const { status, headers, body } = await call("GET", `${credentials}/a`);
      assert.equal(status, 404);
      assert.match(String(headers["content-type"]), /^text\/html/);
      assert.match(String(body), /^<html>/);
    });

    for (const [notFound, status] of [
      ["json", 404],
      ["json200", 200],
    ] as const) {
      it(`is a framework's own under HTTP ${status}, and has no effect`, async () => {
        await fault("deleteCredential", { notFound });
        const answer = await call("DELETE", `${credentials}/a`);
        assert.equal(answer.status, status);
        const { timestamp, ...rest } = answer.body as Fields;
        assert.ok(!Number.isNaN(Date.parse(String(timestamp))));
        const path = "/ms/openapi/api/apigw/v3/projects/demo/credentials/a";
        assert.deepEqual(rest, { status: 404, error: "Not Found", path });
        assert.equal((await call("GET", `${credentials}/a`)).status, 200);
      });
    }
  });

  describe("of a call that is delivered twice", () => {
    const create = (): Promise<Answer> => call("POST", `${apig}/apps/first/app-codes`, { app_code: "c".repeat(64) });
    const ids = async (): Promise<unknown[]> =>
      names((await read(`${apig}/apps/first/app-codes`))["app_codes"], "id").slice(-2);

    for (const [twice, position] of [
      ["first", 0],
      ["second", 1],
    ] as const) {
      it(`is the ${twice} one's, and both have their effect`, async () => {
        const before = await ids();
        await fault("CreateAppCodeV2", { twice });
        const made = ((await create()).body as Fields)["id"];
        const after = (await ids()).filter((id) => !before.includes(id));
        assert.equal(after.length, 2);
        assert.equal(after[position], made);
      });
    }

    it("is the refusal of the second where there can be one only", async () => {
      await fault("DeleteAppV2", { twice: "second" });
      assert.equal((await call("DELETE", `${apig}/apps/first`)).status, 404);
      await fault("DeleteAppV2", { twice: "first" });
      assert.equal((await call("DELETE", `${apig}/apps/second`)).status, 204);
      assert.equal((await read(`${apig}/apps`))["total"], 1);
    });
  });

  describe("about another object", () => {
    it("is that of one beside it", async () => {
      await fault("*", "another", 9);
      assert.notEqual((await read(`${apig}/apps/first`))["id"], "first");
      assert.equal(((await read(`${csms}/secrets/a`))["secret"] as Fields)["name"], "b");
      assert.equal(((await read(`${credentials}/a`))["data"] as Fields)["credentialId"], "b");
    });

    it("is a list under one beside it", async () => {
      const [first] = names((await read(`${apig}/apps/first/app-codes`))["app_codes"], "id");
      await fault("ListAppCodesV2", "another");
      const [other] = (await read(`${apig}/apps/first/app-codes`))["app_codes"] as Fields[];
      assert.notEqual(other!["id"], first);
      assert.notEqual(other!["app_id"], "first");
    });

    it("is that of one beside what was made or changed, and the effect is the right one's", async () => {
      await fault("CreateAnAppV2", "another");
      const made = (await call("POST", `${apig}/apps`, { name: "fourth" })).body as Fields;
      assert.notEqual(made["name"], "fourth");
      await fault("UpdateAppV2", "another");
      const { status, body } = await call("PUT", `${apig}/apps/first`, { name: "renamed" });
      assert.equal(status, 200);
      assert.notEqual((body as Fields)["id"], "first");
      assert.equal((await read(`${apig}/apps/first`))["name"], "renamed");
      assert.ok(names((await read(`${apig}/apps`))["apps"]).includes("fourth"));
    });

    it("is the true one where there is no other, or no object", async () => {
      await fault("*", "another", 9);
      const [code] = (await read(`${apig}/apps/third/app-codes`))["app_codes"] as Fields[];
      const { id, app_id } = code!;
      assert.deepEqual(await read(`${apig}/apps/${String(app_id)}/app-codes/${String(id)}`), code);
      assert.equal((await call("DELETE", `${apig}/apps/second`)).status, 204);
      assert.equal((await read(`${apig}/apps/none`))["error_code"], "APIG.3004");
    });
  });

  describe("about the date", () => {
    const date = async (): Promise<unknown> => (await call("GET", `${apig}/apps`)).headers["date"];

    it("is none, or a stale one", async () => {
      await simulator.control.clock({ set: new Date(Date.now() + 60_000).toISOString() });
      await fault("apig", { date: "none" });
      assert.equal(await date(), undefined);
      await fault("apig", { date: -3_600_000 });
      const [stale, now] = [await date(), await date()];
      const apart = Date.parse(String(now)) - Date.parse(String(stale)) - 3_600_000;
      assert.ok(apart >= 0 && apart < 10_000, `${apart} ms`);
    });

    it("goes with any other fault", async () => {
      await simulator.control.faults({
        faults: [
          { operation: "*", kind: { date: "none" } },
          { operation: "*", kind: { status: 503 } },
        ],
      });
      const { status, headers } = await call("GET", `${apig}/apps`);
      assert.deepEqual([status, headers["date"]], [503, undefined]);
    });
  });

  it("hit by chance, the same calls for the same seed", async () => {
    const faults = { faults: [{ operation: "*", probability: 0.5, seed: 3, kind: { list: "empty" } as const }] };
    const played = async (): Promise<unknown[]> => {
      await simulator.control.faults(faults);
      const sizes: unknown[] = [];
      for (let n = 0; n < 20; n += 1) sizes.push((await read(`${apig}/apps`))["size"]);
      return sizes;
    };
    const first = await played();
    assert.deepEqual(await played(), first);
    assert.deepEqual(new Set(first), new Set([0, 3]));
  });
});
