import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { callsDuring } from "../../support/calls";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { unprinted } from "../../support/unprinted";

interface Environment {
  readonly id: string;
  readonly name: string;
  readonly remark: string;
}

describe("Environment", () => {
  let simulator: TestSimulator;
  let outside: Outside;
  let life: Life;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    life = new Life(() => handlersFor(simulator).Environment);
  });

  const own = async () =>
    (await outside.apig<{ envs: Environment[] }>("GET", "/envs")).envs.filter(({ name }) => name !== "RELEASE");

  it("is created, changed in place, read back without a difference, and deleted", async () => {
    assert.equal(await life.up({ name: "testing", remark: "first" }), "create");
    const [made] = await own();
    assert.equal(life.id, `${simulator.info.instanceId}/${made!.id}`);
    assert.equal(await life.up({ name: "testing", remark: "first" }), "same");

    const before = life.outputs;
    assert.ok(await life.refresh());
    assert.deepEqual(life.outputs, before);

    assert.equal(await life.up({ name: "staging", remark: "second" }), "update");
    assert.equal(await life.up({ name: "staging", remark: "second" }), "same");
    assert.deepEqual(
      (await own()).map(({ id, name, remark }) => [id, name, remark]),
      [[made!.id, "staging", "second"]],
    );
    await life.destroy();
    assert.deepEqual(await own(), []);
  });

  it("shows a change from outside and repairs it", async () => {
    await life.up({ name: "testing", remark: "ours" });
    const { __provider, ...before } = life.inputs;
    assert.ok(__provider);
    const [{ id }] = (await own()) as [Environment];
    await outside.apig("PUT", `/envs/${id}`, { name: "testing", remark: "theirs" });
    await life.refresh();
    assert.deepEqual(life.inputs, { ...before, remark: "theirs" }, "the next preview shows this and nothing else");
    assert.equal(await life.up({ name: "testing", remark: "ours" }), "update");
    assert.equal((await own())[0]?.remark, "ours");
  });

  it("is gone after somebody deleted it, and delete does not mind", async () => {
    await life.up({ name: "testing" });
    const [{ id }] = (await own()) as [Environment];
    await outside.apig("DELETE", `/envs/${id}`);
    await life.destroy();
    await life.up({ name: "testing" });
    const [again] = (await own()) as [Environment];
    await outside.apig("DELETE", `/envs/${again.id}`);
    assert.equal(await life.refresh(), false);
  });

  it("is made once when the create had no effect and no answer", async () => {
    await simulator.control.faults({ faults: [{ operation: "CreateEnvironmentV2", kind: "dropBefore" }] });
    await life.up({ name: "testing" });
    const made = await own();
    assert.equal(made.length, 1);
    assert.ok(life.id.endsWith(made[0]!.id));
  });

  it("that a create without an answer made is told and not taken, and taken over when the program says so", async () => {
    await simulator.control.faults({ faults: [{ operation: "CreateEnvironmentV2", kind: "dropAfter" }] });
    const told = /create the environment testing: .*may have taken effect.*if nobody else made it.*`adopt: true`/;
    await assert.rejects(life.up({ name: "testing" }), { message: told });
    assert.equal(life.exists, false);
    await life.up({ name: "testing", adopt: true });
    assert.deepEqual(
      (await own()).map(({ id }) => life.id.endsWith(id)),
      [true],
    );
  });

  it("of another stack that was made in the same moment is never taken for its own", async () => {
    await outside.apig("POST", "/envs", { name: "testing", remark: "theirs" });
    const lost = { operation: "CreateEnvironmentV2", kind: { status: 500, code: "APIG.3500" } };
    await simulator.control.faults({ faults: [lost] });
    await assert.rejects(life.up({ name: "testing" }), { message: /`adopt: true`/ });
    assert.equal(life.exists, false);
    assert.deepEqual(
      (await own()).map(({ remark }) => remark),
      ["theirs"],
    );
  });

  it("with adopt takes over the one of its name, and is made where there is none", async () => {
    const { id } = await outside.apig<Environment>("POST", "/envs", { name: "testing", remark: "theirs" });
    await assert.rejects(life.up({ name: "testing" }), { message: /APIG\.3205.*`adopt: true` if it is nobody else's/ });
    await life.up({ name: "testing", adopt: true, remark: "ours" });
    assert.ok(life.id.endsWith(id));
    assert.equal((await own())[0]?.remark, "ours");
    assert.equal(await life.up({ name: "testing", remark: "ours" }), "same", "adopt is no part of the environment");
    const other = new Life(() => handlersFor(simulator).Environment);
    assert.equal(await other.up({ name: "other", adopt: true }), "create");
  });

  it("with adopt has only its remark written, if it differs, and is not made if it must exist", async () => {
    await outside.apig("POST", "/envs", { name: "testing", remark: "theirs" });
    const rows = [
      [{}, /taken over as it is\.\n$/, 0],
      [{ remark: "theirs" }, /^warning: Environment "testing" in instance \w+ exists \(\w+\): .* as it is\.\n$/, 0],
      [{ remark: "ours" }, /; its remark changes from "theirs" to "ours"\.\n$/, 1],
    ] as const;
    for (const [program, said, updates] of rows) {
      life = new Life(() => handlersFor(simulator).Environment);
      const calls = await callsDuring(simulator.control, async () => {
        const up = () => life.up({ name: "testing", adopt: "only", ...program });
        assert.match((await unprinted(up)).said, said);
      });
      assert.deepEqual(calls, { ListEnvironmentsV2: 2, ...(updates > 0 && { UpdateEnvironmentV2: updates }) });
    }
    const [failure] = await life.failures({ name: "testign", adopt: "only" });
    assert.match(failure?.reason ?? "", /^Environment "testign" .* does not exist, and `adopt: "only"` makes none\.$/);
    const handler = handlersFor(simulator).Environment;
    const { inputs } = await handler.check({}, { name: "testing", adopt: "only" });
    await assert.rejects(handler.create({ ...inputs, name: "testign" }), { message: /makes none/ });
    assert.equal((await own()).length, 1);
  });

  it("that still has published APIs is not deleted, and the error says why", async () => {
    await life.up({ name: "testing" });
    const [{ id }] = (await own()) as [Environment];
    const definition = {
      group_id: "g".repeat(32),
      name: "list_pets",
      type: 1,
      req_protocol: "HTTPS",
      req_method: "GET",
      req_uri: "/pets",
      auth_type: "APP",
      backend_type: "MOCK",
      mock_info: {},
    };
    const groups = [{ id: "g".repeat(32), name: "pets" }];
    await simulator.control.seed({ groups, apis: [{ definition, publish: [id] }] });
    await assert.rejects(life.destroy(), {
      message: /delete the environment .*\(APIG\.3418, HTTP 403.*take them offline/,
    });
    assert.ok(life.exists);
  });

  it("is looked up by its id, and said to be missing", async () => {
    const handler = handlersFor(simulator).Environment;
    const { instanceId } = simulator.info;
    const { props } = await handler.read(`${instanceId}/DEFAULT_ENVIRONMENT_RELEASE_ID`, {});
    assert.equal(props["name"], "RELEASE");
    await assert.rejects(handler.read(`${instanceId}/none`, {}), { message: /Environment .*\/none does not exist/ });
  });

  it("has its name and remark checked at preview, without a call", async () => {
    const bad = ["ab", "x".repeat(65), "1st", "with-hyphen", "测试环境", ""];
    const calls = await callsDuring(simulator.control, async () => {
      for (const name of bad) {
        const [failure] = await life.failures({ name });
        assert.deepEqual([failure?.property, name], ["name", name]);
        assert.match(failure!.reason, /3 to 64/);
      }
      const [long] = await life.failures({ name: "testing", remark: "x".repeat(256) });
      assert.equal(long?.property, "remark");
      assert.deepEqual(await life.failures({ name: "a_1" }), []);
      assert.deepEqual(await life.failures({ name: "x".repeat(64), remark: "x".repeat(255) }), []);
    });
    assert.deepEqual(calls, {});
  });
});
