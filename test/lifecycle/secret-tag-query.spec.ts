import assert from "node:assert/strict";
import * as apig from "../support/apig";
import { callsDuring } from "../support/calls";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

describe("SecretTagQuery on the engine", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
  });
  afterEach(() => stack.close());

  const seed = (...names: string[]) =>
    simulator.control.seed({ secrets: names.map((name) => ({ name, tags: { env: "dev" } })) });

  function declare(args: Partial<apig.SecretTagQueryArgs> = {}) {
    stack.use(() => {
      const found = new apig.SecretTagQuery("dev", {
        action: "filter",
        tags: [{ key: "env", values: ["dev"] }],
        ...args,
      });
      return Promise.resolve({
        names: found.resources.apply((all) => all.map(({ name }) => name)),
        total: found.totalCount,
      });
    });
  }

  it("finds secrets, needs no second update, names what came and went, follows drift, and deletes nothing", async () => {
    await seed("database", "payment");
    declare();
    const planned = await stack.preview({ diff: true });
    assert.match(planned.text, /database/);
    const { outputs } = await stack.upWithOutputs();
    assert.deepEqual([outputs["names"]?.value, outputs["total"]?.value], [["database", "payment"], 2]);
    await stack.preview({ expectNoChanges: true });

    await seed("mail");
    const preview = await stack.preview({ diff: true });
    assert.match(preview.text, /\+ .*mail/);
    assert.equal(preview.changes.update, 1);
    assert.deepEqual((await stack.upWithOutputs()).outputs["names"]?.value, ["database", "mail", "payment"]);

    declare({ matches: [{ key: "resource_name", value: "pay" }] });
    assert.deepEqual((await stack.upWithOutputs()).outputs["names"]?.value, ["payment"]);
    await seed("payroll");
    assert.equal((await stack.refresh()).changes.update, 1);
    assert.deepEqual((await stack.upWithOutputs()).outputs["names"]?.value, ["payment", "payroll"]);

    const calls = await callsDuring(simulator.control, () => stack.destroy());
    assert.deepEqual(
      Object.keys(calls).filter((operation) => operation !== "ListResourceInstances"),
      [],
    );
  });

  it("counts without listing", async () => {
    await seed("one", "two", "three");
    stack.use(() => {
      const { totalCount } = new apig.SecretTagQuery("count", { action: "count", tags: [{ key: "env" }] });
      return Promise.resolve({ totalCount });
    });
    assert.equal((await stack.upWithOutputs()).outputs["totalCount"]?.value, 3);
  });

  it("makes one call for each thousand secrets in each phase, and no other calls", async () => {
    await simulator.control.seed({ secrets: { count: 2500, tags: { env: "dev" } } });
    declare({ select: ["id"] });
    await stack.up();
    assert.deepEqual(await callsDuring(simulator.control, () => stack.up()), { ListResourceInstances: 3 });
    assert.deepEqual(await callsDuring(simulator.control, () => stack.preview()), { ListResourceInstances: 3 });
  });

  it("also exists as a plain function", async () => {
    await seed("database");
    stack.use(() => {
      const found = apig.getTaggedSecrets({ action: "filter", tags: [{ key: "env", values: ["dev"] }] });
      return Promise.resolve({ names: found.apply(({ resources }) => resources.map(({ name }) => name)) });
    });
    assert.deepEqual((await stack.upWithOutputs()).outputs["names"]?.value, ["database"]);
  });

  it("refuses bad input at preview by the property's name, before any call", async () => {
    declare({ tags: [{ key: "k".repeat(129), values: ["dev"] }] });
    await assert.rejects(stack.preview(), /tags\[0\]\.key: must have at most 128 characters/);
    declare({ offset: "0" } as object);
    await assert.rejects(stack.preview(), /offset.*no such property; there are .*pageSize/);
    assert.deepEqual(await simulator.control.journal(), []);
  });
});
