/** What a preview says of a group that `adopt` takes over, which is what the update then does; and how all is sent again. */
import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { definition, spec, specs, truth, type Spec } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Imports } from "../../support/imports";
import { unknown, type Bag } from "../../support/life";
import { unprinted } from "../../support/unprinted";

describe("A preview of an ApiImport with adopt", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  const foreseen = (operations: readonly Spec[], args: Bag = {}, info = {}) =>
    unprinted(() => imports.life.failures({ definition: definition(operations, info), adopt: true, ...args }));

  it("says what is taken over, sent again, new, and left to others, with one look of three calls", async () => {
    const groupId = await imports.theirs(
      [
        spec("GET /same", { name: "same" }),
        spec("GET /moved", { name: "moved", backend: "/theirs" }),
        spec("GET /open", { name: "open", auth: "none" }),
        spec("GET /prefix", { name: "prefix", prefix: true }),
        spec("GET /theirs", { name: "theirs" }),
      ],
      "shop",
    );
    const wanted = [
      spec("GET /same", { name: "same" }),
      spec("GET /moved", { name: "moved", backend: "/ours" }),
      spec("GET /open", { name: "open", auth: "app" }),
      spec("GET /prefix", { name: "prefix" }),
      spec("GET /new", { name: "new" }),
    ];
    let said = "";
    const calls = await callsDuring(imports.simulator.control, async () => {
      ({ said } = await foreseen(wanted, {}, { description: "ours" }));
    });
    assert.deepEqual(calls, { ListApiGroupsV2: 1, ListApisV2: 1, ExportApiDefinitionsV2: 1 });
    const parts = [
      `warning: API group "shop" in instance ${imports.simulator.info.instanceId} exists (${groupId}): it will be taken over`,
      'its remark changes from "" to "ours"',
      "1 API as it is",
      "sent again: GET /moved (other back end), GET /open (other authentication), GET /prefix (other match mode)",
      "new: GET /new",
      "left to others, because the definition does not have them: GET /theirs.\n",
    ];
    assert.equal(said, parts.join("; "));
    const sent = await imports.imports(async () => {
      await imports.warnings(wanted, { adopt: true }, { description: "ours" });
    });
    assert.equal(
      sent.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      4,
    );
    await imports.assertGroup([...wanted, spec("GET /theirs", { name: "theirs" })]);
  });

  it("says nothing of back ends where nobody may export, but that they may differ", async () => {
    await imports.theirs(specs(1), "shop");
    await imports.simulator.control.faults({
      faults: [{ operation: "ExportApiDefinitionsV2", kind: { status: 403, code: "APIG.1005" } }],
    });
    assert.match((await foreseen(specs(1))).said, /; sent again: GET \/p0 \(other back end, perhaps\)\.\n/);
  });

  it("says of a group that it is made, and refuses it if it must exist", async () => {
    await imports.theirs([], "shopping");
    assert.match(
      (await foreseen(specs(1))).said,
      /API group "shop" in instance \w+ does not exist: it will be made\.\n$/,
    );
    const missing = /^API group "shop" in instance \w+ does not exist, and `adopt: "only"` makes none\.$/;
    const { result } = await foreseen(specs(1), { adopt: "only" });
    assert.match(result[0]?.reason ?? "", missing);
    const handler = handlersFor(imports.simulator).ApiImport;
    const program = { definition: definition(specs(1)), adopt: "only", groupName: unknown };
    const { inputs } = await handler.check({}, program);
    const known = (await handler.check({ known: true }, { ...program, groupName: "shop" })).inputs;
    await assert.rejects(handler.create({ ...inputs, ...known }), { message: missing });
    assert.equal((await truth(imports.simulator)).groups.length, 1);
  });

  it("refuses a group by an id that is not there", async () => {
    const { result } = await foreseen(specs(1), { groupId: "f".repeat(32) });
    assert.match(result[0]?.reason ?? "", /^There is no API group f{32} in instance \w+\.$/);
  });

  it("asks nobody without adopt, for a group that is not known yet, and for a resource that is there", async () => {
    await imports.up(specs(1));
    const calls = await callsDuring(imports.simulator.control, async () => {
      await foreseen(specs(1), { adopt: false });
      await foreseen(specs(1), { groupId: unknown });
      await imports.up(specs(1), { adopt: true });
    });
    assert.deepEqual(calls, {});
  });
});

describe("The triggers of an ApiImport", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  it("send all own operations again when one changes, and nothing before", async () => {
    const groupId = await imports.theirs([spec("GET /theirs", { name: "theirs" })]);
    const up = (triggers?: Bag) => imports.up(specs(3), { groupId, ...(triggers && { triggers }) });
    await up({ a: "1" });
    const before = await imports.rows();
    assert.equal(await up({ a: "1" }), "same");
    assert.deepEqual(await imports.imports(() => up({ a: "2" })), [3]);
    assert.deepEqual(await imports.rows(), before);
    assert.equal(await up({ a: "2" }), "same");
    assert.deepEqual(await imports.imports(() => up()), [3], "also when they go");
  });

  it("that came with adopt send nothing, and what a failed import left is sent by the next update", async () => {
    await imports.theirs(specs(3), "shop");
    const up = (a: string) => imports.up(specs(3), { adopt: true, triggers: { a } });
    assert.deepEqual(await imports.writes(() => unprinted(() => up("1"))), []);
    await imports.simulator.control.faults({
      faults: [{ operation: "ImportApiDefinitionsV2", times: 9, kind: { status: 500, code: "APIG.3500" } }],
    });
    await assert.rejects(up("2"));
    await imports.simulator.control.faults({});
    assert.deepEqual(await imports.imports(() => up("2")), [3]);
    assert.equal(await up("2"), "same");
  });
});
