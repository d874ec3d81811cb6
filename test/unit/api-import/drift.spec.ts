import assert from "node:assert/strict";
import { spec, specs, type Spec } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Imports } from "../../support/imports";
import { unprinted } from "../../support/unprinted";

describe("ApiImport and what others do to its group", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  it("sees in a refresh what was deleted and what was altered, and repairs just that by one import", async () => {
    await imports.up(specs(5));
    await imports.remove("GET /p1");
    await imports.alter("GET /p2", { auth: "iam" });
    const seen = await imports.entries(() => imports.life.refresh());
    assert.deepEqual(
      seen.map(({ operation }) => operation),
      ["ShowDetailsOfApiGroupV2", "ListApisV2", "ExportApiDefinitionsV2"],
    );
    const { operations } = imports.outputs;
    assert.equal(operations["GET /p1"], "deleted outside");
    assert.equal(operations["GET /p2"], "changed outside: IAM (was NONE)");
    assert.deepEqual(imports.life.inputs["operations"], operations, "the next preview compares with it");
    assert.deepEqual(await imports.imports(() => imports.up(specs(5))), [2]);
    await imports.assertGroup(specs(5));
    assert.ok(await imports.life.refresh());
    assert.equal(await imports.up(specs(5)), "same");
  });

  it("does not overwrite what someone else made in the place of what was deleted", async () => {
    await imports.up(specs(3));
    await imports.remove("GET /p1");
    const id = await imports.meddle(spec("GET /p1", { name: "theirs" }));
    await imports.alter("GET /p2", { cors: true });
    await imports.life.refresh();
    assert.match(await imports.failure(specs(3)), /^1 operation was not[^]*GET \/p1: .*APIG\.3301/);
    const theirs = await imports.row("GET /p1");
    assert.deepEqual([theirs.id, theirs.name], [id, "theirs"]);
    assert.equal((await imports.row("GET /p2")).cors, false);
  });

  const visible: Record<string, Partial<Spec>> = {
    name: { name: "other" },
    authentication: { auth: "app" },
    "simple authentication": { auth: "code" },
    visibility: { hidden: true },
    "match mode": { prefix: true },
    CORS: { cors: true },
    remark: { remark: "other" },
    path: { path: "/elsewhere" },
    method: { method: "POST" },
  };
  for (const [what, changes] of Object.entries(visible)) {
    it(`sees another ${what}`, async () => {
      const operations = [spec("GET /a", { name: "name" })];
      await imports.up(operations);
      await imports.alter("GET /a", changes);
      await imports.life.refresh();
      assert.match(imports.outputs.operations["GET /a"] ?? "", /^changed outside: /);
      assert.equal(await imports.up(operations), "update");
      await imports.assertGroup(operations);
      assert.ok(await imports.life.refresh());
      assert.equal(await imports.up(operations), "same");
    });
  }

  for (const [what, changes] of Object.entries({
    "back end": { backend: "/other" },
    parameter: { params: ["more"] },
  })) {
    it(`sees another ${what}, and repairs just that`, async () => {
      await imports.up(specs(3));
      await imports.alter("GET /p1", changes);
      await imports.life.refresh();
      assert.equal(imports.outputs.operations["GET /p1"], "changed outside: back end or parameters");
      assert.deepEqual(await imports.imports(() => imports.up(specs(3))), [1]);
      await imports.assertGroup(specs(3));
      assert.ok(await imports.life.refresh());
      assert.equal(await imports.up(specs(3)), "same");
    });
  }

  it("goes on with what the list call shows where the service refuses the export, and tells it", async () => {
    const fault = { operation: "ExportApiDefinitionsV2", kind: { status: 403, code: "APIG.1002" }, times: 100 };
    await imports.simulator.control.faults({ faults: [fault] });
    assert.match(await imports.warnings(specs(2)), /back ends and parameters are not seen\. .*APIG\.1002/);
    await imports.alter("GET /p0", { backend: "/other" });
    await imports.alter("GET /p1", { cors: true });
    await imports.life.refresh();
    assert.deepEqual(await imports.imports(() => imports.up(specs(2))), [1]);
    assert.equal((await imports.row("GET /p0")).backend, "/other");
  });

  it("does not take for its own what others wrote before the first export that it gets", async () => {
    const fault = { operation: "ExportApiDefinitionsV2", kind: { notFound: "html" } as const, times: 100 };
    await imports.simulator.control.faults({ faults: [fault] });
    await imports.warnings(specs(2));
    await imports.simulator.control.faults({});
    const { observed } = imports.outputs;
    await imports.life.refresh();
    assert.deepEqual(imports.outputs.observed, observed, "a refresh without drift changes nothing");

    // The next import of the group looks into all of it.
    await imports.up(specs(3));
    await imports.alter("GET /p0", { backend: "/other" });
    await imports.life.refresh();
    assert.equal(imports.outputs.operations["GET /p0"], "changed outside: back end or parameters");
  });

  it("tells of a refused export once in a process, and anew in the next", async () => {
    await imports.up(specs(1));
    const fault = { operation: "ExportApiDefinitionsV2", kind: { status: 403, code: "APIG.1002" }, times: 100 };
    await imports.simulator.control.faults({ faults: [fault] });
    for (const handlers of [handlersFor(imports.simulator), handlersFor(imports.simulator)]) {
      const read = () => handlers.ApiImport.read(imports.life.id, imports.life.outputs);
      assert.match((await unprinted(read)).said, /are not seen/);
      assert.equal((await unprinted(read)).said, "");
    }
  });

  it("repairs without a refresh what an update for another reason comes across", async () => {
    await imports.up(specs(3));
    await imports.alter("GET /p0", { backend: "/other" });
    await imports.alter("GET /p1", { auth: "iam" });
    await imports.remove("GET /p2");
    const next = [...specs(3), spec("POST /new")];
    await imports.up(next);
    await imports.assertGroup(next);
  });

  for (const deleteRemoved of [true, false]) {
    it(`goes on with the API that somebody moved to where the definition moves it, deleteRemoved: ${deleteRemoved}`, async () => {
      await imports.up([spec("GET /old", { name: "same" })]);
      const { id } = await imports.row("GET /old");
      await imports.alter("GET /old", { path: "/new", auth: "iam" });
      const next = [spec("GET /new", { name: "same" })];
      assert.deepEqual(await imports.imports(() => imports.up(next, { deleteRemoved })), [1]);
      await imports.assertGroup(next);
      assert.equal((await imports.row("GET /new")).id, id);
      assert.ok(await imports.life.refresh());
      assert.equal(await imports.up(next, { deleteRemoved }), "same");
    });
  }

  it("shows an API that was added outside, and leaves it alone", async () => {
    await imports.up(specs(2));
    const id = await imports.meddle(spec("POST /theirs", { name: "theirs" }));
    await imports.life.refresh();
    assert.match(imports.outputs.observed["POST /theirs"] ?? "", /^theirs, public/);
    assert.equal(await imports.up(specs(2)), "same");
    await imports.up(specs(1));
    assert.equal((await imports.row("POST /theirs")).id, id);
    assert.ok(!imports.outputs.apis.some((api) => api.id === id));
  });

  it("tells its API from one of others that has the same method and path in the other match mode", async () => {
    await imports.up([spec("GET /a", { name: "mine" })]);
    const id = await imports.meddle(spec("GET /a", { name: "theirs", prefix: true, auth: "iam" }));
    await imports.life.refresh();
    assert.equal(await imports.up([spec("GET /a", { name: "mine" })]), "same");
    assert.match(imports.outputs.observed["GET /a"] ?? "", /^[\w-]{8}#[\w-]{8}$/, "own ones as digests");
    assert.match(imports.outputs.observed["GET /a (SWA)"] ?? "", /^theirs/);
    await imports.up([spec("GET /a", { name: "mine", cors: true })]);
    const rows = await imports.rows();
    assert.deepEqual(
      rows.map(({ name, cors }) => [name, cors]),
      [
        ["mine", true],
        ["theirs", false],
      ],
    );
    assert.equal(rows[1]?.id, id);
  });

  it("gives a group that was renamed outside its name and remark back", async () => {
    const info = { title: "pets", description: "about pets" };
    await imports.up(specs(1), {}, info);
    await imports.outside.apig("PUT", `/api-groups/${imports.outputs.groupId}`, { name: "other", remark: "meddled" });
    await imports.life.refresh();
    assert.equal(imports.life.inputs["title"], "other");
    assert.deepEqual(await imports.writes(() => imports.up(specs(1), {}, info)), ["UpdateApiGroupV2"]);
    assert.deepEqual(await imports.group(), { name: "pets", remark: "about pets" });
  });

  it("is gone after a refresh when its group is gone, and then made again", async () => {
    await imports.up(specs(1));
    await imports.remove("GET /p0");
    await imports.outside.apig("DELETE", `/api-groups/${imports.outputs.groupId}`);
    assert.equal(await imports.life.refresh(), false);
    assert.equal(await imports.up(specs(1)), "create");
    await imports.assertGroup(specs(1));
  });

  it("names the leftovers that deleteRemoved: false keeps", async () => {
    await imports.up(specs(3));
    const warnings = await imports.warnings([...specs(1), spec("GET /new")], { deleteRemoved: false });
    assert.match(warnings, /kept because deleteRemoved is false: GET \/p1, GET \/p2\.\n/);
  });
});
