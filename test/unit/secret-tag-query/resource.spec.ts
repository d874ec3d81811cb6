/** The resource as the engine calls it, against the simulator. */
import assert from "node:assert/strict";
import type { SecretTagQueryArgs } from "../../../provider";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { unknown as notKnown } from "../../support/life";
import { openSimulator, type TestSimulator } from "../../simulator/open";

type Bag = Record<string, unknown>;

describe("SecretTagQuery", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());

  const seed = (...secrets: Bag[]) => simulator.control.seed({ secrets });
  const handler = () => handlersFor(simulator).SecretTagQuery;
  const query = { action: "filter", tags: [{ key: "app", values: ["shop"] }] } satisfies SecretTagQueryArgs;

  async function check(args: Bag = query): Promise<Bag> {
    const { inputs, failures } = await handler().check({}, args);
    assert.deepEqual(failures, []);
    return inputs;
  }
  const found = (inputs: Bag) => JSON.parse(String(inputs["found"])) as Record<string, Bag>;
  const calls = (step: () => Promise<unknown>) => callsDuring(simulator.control, step);

  it("finds what has all keys, each with any one of its values, and part of the name", async () => {
    await seed(
      { name: "shop-db", tags: { app: "shop", env: "dev" } },
      { name: "shop-pay", tags: { app: "shop", env: "test" } },
      { name: "shop-live", tags: { app: "shop", env: "live" } },
      { name: "blog-db", tags: { app: "blog", env: "dev" } },
      { name: "shop-bare", tags: { app: "shop" } },
    );
    const names = async (args: Bag) => Object.keys(found(await check({ action: "filter", ...args })));
    const shop = { key: "app", values: ["shop"] };
    assert.deepEqual(await names({}), ["blog-db", "shop-bare", "shop-db", "shop-live", "shop-pay"]);
    assert.deepEqual(await names({ tags: [shop, { key: "env", values: ["dev", "test"] }] }), ["shop-db", "shop-pay"]);
    assert.deepEqual(await names({ tags: [shop, { key: "env" }] }), ["shop-db", "shop-live", "shop-pay"]);
    assert.deepEqual(await names({ matches: [{ key: "resource_name", value: "db" }] }), ["blog-db", "shop-db"]);
    assert.deepEqual(await names({ matches: [{ key: "resource_name", value: "" }] }), []);
  });

  it("answers in check, with every field of the page and no value", async () => {
    await seed({ name: "db", tags: { app: "shop", a: "1" }, description: "of the shop", value: "hunter2" });
    const inputs = await check();
    const { db } = found(inputs);
    assert.deepEqual(Object.keys(db!).sort(), [
      "createTime",
      "description",
      "id",
      "kmsKeyId",
      "scheduledDeleteTime",
      "state",
      "tags",
      "updateTime",
    ]);
    assert.equal(db!["description"], "of the shop");
    assert.equal(db!["scheduledDeleteTime"], null);
    assert.deepEqual(db!["tags"], [
      { key: "a", value: "1" },
      { key: "app", value: "shop" },
    ]);
    assert.equal(inputs["totalCount"], 1);
    assert.doesNotMatch(JSON.stringify(inputs), /hunter2/);
  });

  it("only counts when asked to, in one call", async () => {
    await simulator.control.seed({ secrets: { count: 2500, tags: { app: "shop" } } });
    let inputs: Bag = {};
    const made = await calls(async () => (inputs = await check({ ...query, action: "count" })));
    assert.deepEqual(made, { ListResourceInstances: 1 });
    assert.equal(inputs["totalCount"], 2500);
    assert.equal(inputs["found"], undefined);
  });

  it("takes a call a thousand secrets, or a call a page of the size that is wished", async () => {
    await simulator.control.seed({ secrets: { count: 2001, tags: { app: "shop" } } });
    assert.deepEqual(await calls(() => check()), { ListResourceInstances: 3 });
    await simulator.control.reset();
    await simulator.control.seed({ secrets: { count: 25, tags: { app: "shop" } } });
    assert.deepEqual(await calls(() => check({ ...query, pageSize: 10 })), { ListResourceInstances: 3 });
  });

  it("asks once for equal queries under way, and again for later ones", async () => {
    await seed({ name: "db", tags: { app: "shop" } });
    const one = handler();
    const ask = (args: Bag) => one.check({}, args);
    assert.deepEqual(await calls(() => Promise.all([ask(query), ask(query)])), { ListResourceInstances: 1 });
    assert.deepEqual(await calls(() => ask(query)), { ListResourceInstances: 1 });
    const other = { ...query, action: "count" };
    assert.deepEqual(await calls(() => Promise.all([ask(query), ask(other)])), { ListResourceInstances: 2 });
  });

  it("asks nothing more in create, diff, update and delete", async () => {
    await seed({ name: "db", tags: { app: "shop" } });
    const inputs = await check();
    const steps = await calls(async () => {
      const { id, outs } = await handler().create(inputs);
      assert.equal(id, `${simulator.info.projectId}/csms/resource_instances`);
      assert.equal((await handler().diff(id, outs, inputs)).changes, false);
      const updated = await handler().update(id, outs, inputs);
      assert.deepEqual(updated.outs, outs);
      await handler().delete(id, outs);
    });
    assert.deepEqual(steps, {});
    assert.equal(found(await check())["db"]?.["state"], "ENABLED", "the secret is still there");
  });

  it("changes in place when the answer or the question does, and not for a page size or a sequence", async () => {
    await seed({ name: "db", tags: { app: "shop" } });
    const { id, outs } = await handler().create(await check());
    const changes = async (args: Bag) => {
      const { changes: some, replaces } = await handler().diff(id, outs, await check(args));
      assert.deepEqual(replaces, []);
      return some;
    };
    assert.equal(await changes({ ...query, pageSize: 7, sequence: "919c82d4-8046-4722-9094-35c3c6524cff" }), false);
    assert.equal(await changes({ ...query, select: ["state"] }), true);
    await seed({ name: "pay", tags: { app: "shop" } });
    assert.equal(await changes(query), true);
  });

  it("changes with a selected field only", async () => {
    await seed({ name: "db", tags: { app: "shop" }, description: "old" });
    const byState = await check({ ...query, select: ["state"] });
    const byAll = await check();
    assert.deepEqual(found(byState), { db: { state: "ENABLED" } });
    await simulator.control.reset();
    await seed({ name: "db", tags: { app: "shop" }, description: "new" });
    assert.equal((await check({ ...query, select: ["state"] }))["fingerprint"], byState["fingerprint"]);
    assert.notEqual((await check())["fingerprint"], byAll["fingerprint"]);
  });

  it("keeps all fields of 1,000 secrets, names of 10,000, and of more what is selected or the totals", async () => {
    const kept = async (count: number, args: Bag = {}) => {
      await simulator.control.reset();
      await simulator.control.seed({ secrets: { count, prefix: "s", tags: { app: "shop" } } });
      return check({ ...query, ...args });
    };
    assert.equal(Object.keys(found(await kept(1000))).length, 1000);
    const named = String((await kept(1001))["found"]).split("\n");
    assert.equal(named.length, 1001);
    assert.match(named[0]!, /^s0001 [\w-]{8}$/);
    assert.deepEqual(found(await kept(1001, { select: [] }))["s0001"], {});
    const many = await kept(10_001);
    assert.equal(many["found"], "");
    assert.equal(many["totalCount"], 10_001);
  });

  it("finds drift in a refresh, which always asks, and returns it as inputs", async () => {
    await seed({ name: "db", tags: { app: "shop" } });
    const { id, outs } = await handler().create(await check());
    const same = await handler().read(id, outs);
    assert.deepEqual(same.props, outs);
    assert.equal(same.inputs, undefined);

    await seed({ name: "pay", tags: { app: "shop" } });
    const moved = await handler().read(id, outs);
    assert.equal(moved.id, id);
    assert.deepEqual(Object.keys(found(moved.props)), ["db", "pay"]);
    const now = await check();
    for (const key of ["found", "totalCount", "fingerprint"]) assert.equal(moved.inputs?.[key], now[key]);
    assert.deepEqual(moved.inputs?.["tags"], query.tags);
    assert.equal((await handler().diff(id, moved.props, await check())).changes, false);
  });

  it("asks nothing while an input is unknown, and says that the answer is unknown", async () => {
    for (const unknown of [{ tags: [{ key: "app", values: [notKnown] }] }, { action: notKnown }]) {
      let inputs: Bag = {};
      assert.deepEqual(await calls(async () => (inputs = await check({ ...query, ...unknown }))), {});
      for (const key of ["found", "totalCount", "fingerprint"]) assert.equal(inputs[key], notKnown);
    }
  });

  it("cannot be looked up by an id, and says what to do", async () => {
    await assert.rejects(handler().read("p/csms/resource_instances", {}), {
      message: /nothing to look up.*getTaggedSecrets\(\)/,
    });
  });

  it("replaces when the project changes, and keeps asking the recorded one until then", async () => {
    const { id, outs } = await handler().create(await check());
    const elsewhere = handlersFor(simulator, { "huaweicloud:projectId": "0".repeat(32) }).SecretTagQuery;
    const inputs = { ...(await check()), project: "0".repeat(32) };
    assert.deepEqual((await elsewhere.diff(id, outs, inputs)).replaces, ["project"]);
    assert.equal((await elsewhere.read(id, outs)).props["projectId"], simulator.info.projectId);
  });

  it("makes a failure of the service a check failure, in one line", async () => {
    const kind = { status: 403, code: "CSMS.0302", message: "You are not authorized." };
    await simulator.control.faults({ faults: [{ operation: "ListResourceInstances", times: 9, kind }] });
    const { failures } = await handler().check({}, query);
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.match(
      failures[0]!.reason,
      /^could not query the secrets by tag: You are not authorized \(CSMS\.0302, HTTP 403/,
    );
  });
});
