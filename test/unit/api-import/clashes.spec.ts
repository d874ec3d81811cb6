import assert from "node:assert/strict";
import { full, keyOf, spec, specs, type Spec } from "../../support/definitions";
import { Imports } from "../../support/imports";

describe("ApiImport and APIs that others made", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  const theirs = spec("GET /theirs", { name: "theirs", backend: "/theirs", auth: "iam" });
  const mine = [spec("GET /theirs", { name: "mine" }), spec("GET /mine", { name: "other" })];

  /** Imports into a group of others that has one API. */
  async function clash(importClash: "failure" | "ignore", args: Record<string, unknown> = {}): Promise<string> {
    await imports.simulator.control.options({ importClash });
    const groupId = await imports.theirs([theirs]);
    const outcome = await imports.up(mine, { groupId, ...args }).catch((error: unknown) => error as Error);
    assert.equal(
      outcome instanceof Error,
      importClash === "failure" && args["apiMode"] !== "override" && !args["adopt"],
    );
    return outcome instanceof Error ? outcome.message : "";
  }

  const untouched = async () => {
    const row = await imports.row("GET /theirs");
    assert.deepEqual(row, { id: row.id, groupId: row.groupId, ...full(theirs) });
  };

  it("are never overwritten: the clash is an error with code, what is there and ways out; the rest is imported", async () => {
    const message = await clash("failure");
    assert.match(message, /^1 operation was not imported into group/);
    assert.match(message, /GET \/theirs: The API already exists.*API name: theirs \(APIG\.3301\)/);
    assert.match(message, /apiMode: "override"[^]*adopt: true[^]*nobody else's/);
    await untouched();
    assert.equal((await imports.row("GET /mine")).name, "other");
    assert.deepEqual(
      imports.outputs.apis.map(({ path }) => path),
      ["/mine"],
    );
  });

  it("are tried again by each up until there is room, and only they are", async () => {
    await clash("failure");
    const groupId = imports.outputs.groupId;
    assert.deepEqual(await imports.imports(() => imports.failure(mine, { groupId })), [1]);
    await imports.remove("GET /theirs");
    assert.deepEqual(await imports.imports(() => imports.up(mine, { groupId })), [1]);
    await imports.assertGroup(mine);
  });

  it("settle as ignored where the service ignores them, without a call from then on", async () => {
    await clash("ignore");
    const groupId = imports.outputs.groupId;
    assert.deepEqual(imports.outputs.ignored, ["GET /theirs"]);
    await untouched();
    assert.deepEqual(await imports.entries(() => imports.up(mine, { groupId })), []);
    assert.ok(await imports.life.refresh());
    assert.deepEqual(imports.outputs.ignored, ["GET /theirs"]);
    assert.equal(await imports.up(mine, { groupId }), "same");
  });

  it("settle as ignored also when only the name is taken", async () => {
    await imports.simulator.control.options({ importClash: "ignore" });
    const groupId = await imports.theirs([theirs]);
    const namesake = [spec("GET /mine", { name: "theirs" })];
    await imports.up(namesake, { groupId });
    assert.deepEqual(imports.outputs.ignored, ["GET /mine"]);
    assert.ok(await imports.life.refresh());
    assert.equal(await imports.up(namesake, { groupId }), "same");
    await imports.alter("GET /theirs", { name: "renamed" });
    await imports.life.refresh();
    assert.equal(await imports.up(namesake, { groupId }), "update");
    assert.deepEqual(imports.outputs.ignored, []);
    assert.equal((await imports.row("GET /mine")).name, "theirs");
  });

  it("are no obstacle any more once they are adopted", async () => {
    await imports.simulator.control.options({ importClash: "ignore" });
    const groupId = await imports.theirs([theirs]);
    const namesake = [spec("GET /mine", { name: theirs.name })];
    await imports.up(namesake, { groupId });
    const both = [...namesake, spec(keyOf(theirs), { ...theirs, name: "another" })];
    await imports.up(both, { groupId, adopt: true });
    assert.deepEqual(imports.outputs.ignored, []);
    await imports.assertGroup(both);
    assert.equal(await imports.up(both, { groupId }), "same");
  });

  it("are altered by their owner without being anybody's drift, and make room when they go", async () => {
    await clash("ignore");
    const groupId = imports.outputs.groupId;
    await imports.alter("GET /theirs", { cors: true, backend: "/moved" });
    await imports.life.refresh();
    assert.equal(await imports.up(mine, { groupId }), "same");
    await imports.remove("GET /theirs");
    await imports.life.refresh();
    assert.deepEqual(imports.outputs.ignored, []);
    assert.deepEqual(await imports.imports(() => imports.up(mine, { groupId })), [1]);
    await imports.assertGroup(mine);
  });

  it("are no longer ignored when the operation leaves the definition", async () => {
    await clash("ignore");
    const groupId = imports.outputs.groupId;
    await imports.up(mine.slice(1), { groupId });
    assert.deepEqual(imports.outputs.ignored, []);
    assert.equal(await imports.up(mine.slice(1), { groupId }), "same");
    await untouched();
  });

  it("are overwritten, and ours from then on, when apiMode says override, also later", async () => {
    await clash("ignore");
    const groupId = imports.outputs.groupId;
    const args = { groupId, apiMode: "override" };
    assert.deepEqual(await imports.imports(() => imports.up(mine, args)), [1]);
    await imports.assertGroup(mine);
    assert.deepEqual(imports.outputs.ignored, []);
    assert.equal(imports.outputs.apis.find(({ path }) => path === "/theirs")?.action, "update");
    assert.equal(await imports.up(mine, args), "same");
  });

  it("are left alone by a rename to their name, and by a change to their match mode: what was there stays", async () => {
    const groupId = await imports.theirs([theirs, spec("GET /a", { name: "prefix", prefix: true })]);
    const before = [
      spec("GET /a", { name: "mine-a" }),
      spec("GET /b", { name: "mine-b" }),
      spec("GET /c", { name: "c-c" }),
    ];
    await imports.up(before, { groupId });
    const after: Spec[] = [
      { ...before[0]!, prefix: true },
      { ...before[1]!, name: "theirs" },
      // Wants the name of the operation before it, which cannot change its name.
      { ...before[2]!, name: "mine-b" },
      spec("POST /new"),
    ];
    const ids = (await imports.rows()).map(({ id }) => id);
    const message = await imports.failure(after, { groupId });
    assert.match(message, /^3 operations were not/);
    assert.match(message, /GET \/a: its place belongs to GET \/a \(prefix\), which this resource did not make/);
    assert.match(message, /GET \/b: its name belongs to GET \/theirs \(theirs\), which this resource did not make/);
    assert.match(message, /GET \/c: its name mine-b is kept by GET \/b, which cannot change yet/);
    assert.deepEqual((await imports.rows()).map(({ id }) => id).slice(0, -1), ids);
    assert.equal((await imports.row("GET /b")).name, "mine-b");
    await untouched();
    await imports.remove("GET /theirs");
    assert.match(await imports.failure(after, { groupId }), /^1 operation was not/);
    assert.deepEqual([(await imports.row("GET /b")).name, (await imports.row("GET /c")).name], ["theirs", "mine-b"]);
  });

  it("stop a destroy of the group by their names, until forceDestroy is applied", async () => {
    await imports.up(specs(2));
    await imports.meddle(theirs);
    await assert.rejects(imports.life.destroy(), { message: /GET \/theirs \(theirs\)[^]*forceDestroy: true/ });
    assert.equal((await imports.rows()).length, 3, "nothing is deleted");
    await imports.up(specs(2), { forceDestroy: true });
    await imports.life.destroy();
    assert.deepEqual(await imports.rows(), []);
  });

  it("stay, with their group, when an import into it is destroyed", async () => {
    const groupId = await imports.theirs([theirs]);
    await imports.up([spec("GET /mine")], { groupId, forceDestroy: true });
    await imports.life.destroy();
    assert.equal((await imports.rows()).length, 1);
    await untouched();
    assert.deepEqual(await imports.group(), { name: "theirs", remark: "" });
  });
});
