import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";

/** What the engine does to replace a code: create the new one, then delete the old one, in one process. */
describe("the delete of a replaced AppCode", () => {
  let simulator: TestSimulator;
  let appId: string;
  let waits: number[];
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    appId = (await new Outside(simulator.info).apig<{ id: string }>("POST", "/apps", { name: "shop" })).id;
    waits = [];
  });

  /** A new provider process, in which a wait moves its own clock and the service's. */
  function newProcess() {
    let slept = 0;
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds);
      slept += milliseconds;
      await simulator.control.clock({ advance: milliseconds });
    };
    return handlersFor(simulator, {}, { sleep, now: () => Date.now() + slept }).AppCode;
  }

  async function create(handler: ReturnType<typeof newProcess>, args: Record<string, unknown> = {}) {
    const { inputs, failures } = await handler.check({}, { appId, ...args });
    assert.deepEqual(failures, []);
    const { id, outs } = await handler.create(inputs);
    return { id, outs };
  }

  const codeIds = async () => {
    const path = `/apps/${appId}/app-codes`;
    const { app_codes } = await new Outside(simulator.info).apig<{ app_codes: { id: string }[] }>("GET", path);
    return app_codes.map(({ id }) => id);
  };

  /** Compares roughly, because the service sends times in whole seconds. */
  const about = (seconds: number) => (wait: number | undefined) =>
    assert.ok(wait !== undefined && Math.abs(wait - seconds * 1000) <= 1000, `${String(wait)} ms`);

  const total = () => waits.reduce((sum, wait) => sum + wait, 0);

  it("comes when the new code is propagationSeconds old, 10 by default, and that one is handed on no sooner", async () => {
    const old = await create(newProcess());
    assert.deepEqual(waits, [], "nobody uses a code of a new app");
    await simulator.control.clock({ advance: 3_600_000 });
    const process = newProcess();
    await create(process);
    about(10)(total());
    await process.delete(old.id, old.outs);
    about(10)(total());
  });

  it("waits as long as its own propagationSeconds says", async () => {
    const old = await create(newProcess(), { propagationSeconds: 30 });
    await simulator.control.clock({ advance: 3_600_000 });
    const process = newProcess();
    await create(process);
    await process.delete(old.id, old.outs);
    about(30)(total());
  });

  it("waits for a sibling of another process too, after a crash", async () => {
    const old = await create(newProcess());
    await simulator.control.clock({ advance: 3_600_000 });
    await create(newProcess(), { propagationSeconds: 0 });
    await simulator.control.clock({ advance: 4_000 });
    await newProcess().delete(old.id, old.outs);
    about(6)(total());
  });

  it("does not wait when the others are old, when there are none, or when told not to", async () => {
    const told = { propagationSeconds: 0 };
    const [one, two] = [await create(newProcess()), await create(newProcess(), told)];
    const three = await create(newProcess(), told);
    await newProcess().delete(three.id, three.outs);
    await simulator.control.clock({ advance: 3_600_000 });
    const process = newProcess();
    await process.delete(one.id, one.outs);
    await process.delete(two.id, two.outs);
    assert.deepEqual(waits, []);
  });

  it("asks for the codes of an app once, however many of them go", async () => {
    const made = [];
    for (let n = 0; n < 5; n++) made.push(await create(newProcess()));
    await simulator.control.clock({ advance: 3_600_000 });
    const before = (await simulator.control.journal()).length;
    const process = newProcess();
    await Promise.all(made.map(({ id, outs }) => process.delete(id, outs)));
    const calls = (await simulator.control.journal(before)).map(({ operation }) => operation);
    assert.equal(calls.filter((operation) => operation === "ListAppCodesV2").length, 1);
    assert.equal(calls.filter((operation) => operation === "DeleteAppCodeV2").length, 5);
  });

  it("takes the old code of a value that stays, and only that", async () => {
    const told = { appCode: "g".repeat(64), propagationSeconds: 0 };
    const old = await create(newProcess(), { ...told, rotate: { n: "1" } });
    const process = newProcess();
    const made = await create(process, { ...told, rotate: { n: "2" } });
    await process.delete(old.id, old.outs);
    assert.deepEqual(await codeIds(), [made.id.split("/").at(-1)]);
  });

  it("is done when code, app or both are gone", async () => {
    const { id, outs } = await create(newProcess());
    const outside = new Outside(simulator.info);
    await outside.apig("DELETE", `/apps/${appId}`);
    await newProcess().delete(id, outs);
  });
});
