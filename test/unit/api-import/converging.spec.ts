import assert from "node:assert/strict";
import { keyOf, spec, specs, truth, type Spec } from "../../support/definitions";
import { Imports } from "../../support/imports";

describe("ApiImport follows its definition", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  it("imports everything into a group named like the title, and then rests without a call", async () => {
    const operations = [
      spec("GET /pets", { name: "listPets", auth: "code", params: ["page"], remark: "all of them" }),
      spec("ANY /pets/all", { prefix: true, hidden: true, cors: true }),
    ];
    assert.equal(await imports.up(operations, {}, { title: "pets", description: "about pets" }), "create");
    await imports.assertGroup(operations);
    const { apis } = imports.outputs;
    assert.deepEqual(await imports.group(), { name: "pets", remark: "about pets" });
    assert.deepEqual(
      apis.map(({ method, path, action }) => [method, path, action]),
      [
        ["GET", "/pets", "create"],
        ["ANY", "/pets/all", "create"],
      ],
    );
    assert.deepEqual(Object.keys(imports.outputs.operations), ["GET /pets", "ANY /pets/all"]);
    const again = await imports.entries(async () =>
      assert.equal(await imports.up(operations, {}, { title: "pets", description: "about pets" }), "same"),
    );
    assert.deepEqual(again, []);
  });

  it("sends 1 operation when 1 of 300 changes, also when the change does not show in a list", async () => {
    const operations = specs(300);
    assert.deepEqual(await imports.imports(() => imports.up(operations)), [300]);
    const changed = operations.with(7, { ...operations[7]!, backend: "/elsewhere" });
    const calls = await imports.entries(() => imports.up(changed));
    assert.deepEqual(
      calls.map(({ operation, note }) => [operation, note]),
      [
        // The preview looks whether it is published.
        ["ListApisV2", undefined],
        ["ListApisV2", undefined],
        ["ExportApiDefinitionsV2", undefined],
        ["ImportApiDefinitionsV2", "operations=1"],
        ["ListApisV2", undefined],
        ["ExportApiDefinitionsV2", undefined],
      ],
    );
    await imports.assertGroup(changed);
    assert.equal(imports.outputs.apis.find(({ path }) => path === "/p7")?.action, "update");
  });

  it("keeps at most 400 bytes an operation in state, inputs and outputs together", async () => {
    const operations = specs(300, { auth: "code", params: ["limit"], backend: "/v1/orders" });
    await imports.up(
      operations.map((one, index) => ({ ...one, path: `/v1/orders/p${index}`, name: `order_${index}` })),
    );
    // A text is stored completely; a file is not.
    const sizeOf = (bag: object) => JSON.stringify({ ...bag, definition: undefined }).length;
    const size = sizeOf(imports.life.inputs) + sizeOf(imports.life.outputs);
    assert.ok(size / operations.length <= 400, `${size / operations.length} bytes`);
  });

  it("splits more than 300 operations into imports of one group", async () => {
    const operations = specs(650);
    assert.deepEqual(await imports.imports(() => imports.up(operations)), [300, 300, 50]);
    assert.equal((await imports.rows()).length, 650);
    assert.equal(await imports.up(operations), "same");
  });

  it("imports what is added, overwrites what is changed and deletes what is removed, each alone", async () => {
    await imports.up(specs(4));
    const ids = new Map((await imports.rows()).map((row) => [keyOf(row), row.id]));
    const [first, second, third] = specs(4) as [Spec, Spec, Spec];
    const next = [first, { ...second, auth: "app" as const }, { ...third, name: "renamed" }, spec("POST /new")];
    const sent: (number | undefined)[] = [];
    const writes = await imports.writes(async () => {
      sent.push(...(await imports.imports(() => imports.up(next))));
    });
    assert.deepEqual(writes, ["DeleteApiV2", "ImportApiDefinitionsV2", "ImportApiDefinitionsV2"]);
    assert.deepEqual(sent, [2, 1]);
    await imports.assertGroup(next);
    for (const key of ["GET /p0", "GET /p1", "GET /p2"]) assert.equal((await imports.row(key)).id, ids.get(key));
  });

  it("takes a removed operation offline in every environment before it goes", async () => {
    const [kept, removed] = specs(2) as [Spec, Spec];
    await imports.up([kept, removed]);
    const { id: env } = await imports.outside.apig<{ id: string }>("POST", "/envs", { name: "staging" });
    const { id } = await imports.row("GET /p1");
    for (const env_id of [env, "DEFAULT_ENVIRONMENT_RELEASE_ID"]) {
      await imports.outside.apig("POST", "/apis/action", { action: "online", env_id, api_id: id });
    }
    assert.deepEqual(await imports.writes(() => imports.up([kept])), [
      "BatchPublishOrOfflineApiV2",
      "BatchPublishOrOfflineApiV2",
      "DeleteApiV2",
    ]);
    await imports.assertGroup([kept]);
  });

  it("moves a path under the same operationId: the old API goes before the import, which could not take its name", async () => {
    await imports.up([spec("GET /old", { name: "listPets" })]);
    const moved = [spec("GET /new", { name: "listPets" })];
    assert.deepEqual(await imports.writes(() => imports.up(moved)), ["DeleteApiV2", "ImportApiDefinitionsV2"]);
    await imports.assertGroup(moved);
  });

  /** Operations `GET /a`, `GET /b` ... with these names. A dash means no name. */
  const named = (...names: string[]) =>
    names.map((name, index) => spec(`GET /${"abcd"[index]}`, { name: name === "-" ? undefined : name }));

  for (const [what, before, after, sent] of [
    ["swaps the names of two operations", ["one", "two", "new"], ["two", "one", "new"], [2, 2]],
    ["passes names on in a circle", ["one", "two", "three"], ["two", "three", "one"], [3, 3]],
    ["passes names on along a chain", ["one", "two", "three"], ["two", "three", "four"], [2, 3]],
    ["gives a name to an operation that is new", ["one"], ["two", "one"], [1, 1, 1]],
    ["takes the name of an operation that has none any more", ["one", "two"], ["two", "-"], [1, 2]],
  ] as const) {
    it(`${what} in place: all of them stay published under their ids`, async () => {
      await imports.up(named(...before));
      for (const [index] of before.entries()) await imports.publish(`GET /${"abcd"[index]}`);
      const was = await truth(imports.simulator);
      const ids = was.rows(imports.outputs.groupId).map(({ id }) => id);
      assert.deepEqual(await imports.imports(() => imports.up(named(...after))), sent);
      await imports.assertGroup(named(...after));
      assert.deepEqual(
        (await imports.rows()).slice(0, before.length).map(({ id }) => id),
        ids,
      );
      assert.deepEqual((await truth(imports.simulator)).published, was.published);
      assert.equal(await imports.up(named(...after)), "same");
    });
  }

  it("finishes with the next up what stops between the two names, and keeps the ids", async () => {
    await imports.up(named("one", "two"));
    const ids = (await imports.rows()).map(({ id }) => id);
    const refused = { operation: "ImportApiDefinitionsV2", kind: { status: 403, code: "APIG.1005" }, nth: 2 };
    await imports.simulator.control.faults({ faults: [refused] });
    assert.match(await imports.failure(named("two", "one")), /APIG\.1005/);
    assert.ok((await imports.rows()).every(({ name }) => /^renamed-[0-9a-f-]{36}$/.test(name)));
    assert.deepEqual(await imports.imports(() => imports.up(named("two", "one"))), [2]);
    await imports.assertGroup(named("two", "one"));
    assert.deepEqual(
      (await imports.rows()).map(({ id }) => id),
      ids,
    );
  });

  it("gives nobody a name that its holder could not give up, says so, and changes the rest", async () => {
    await imports.up(named("one", "two", "three"));
    const { groupId: group_id } = imports.outputs;
    const failure = [{ method: "GET", path: "/b", error_code: "APIG.2012", error_msg: "Bad." }];
    const body = { group_id, success: [], failure };
    const refused = { operation: "ImportApiDefinitionsV2", kind: { status: 200, body } };
    await imports.simulator.control.faults({ faults: [refused] });
    const passed = named("two", "four", "five");
    const message = await imports.failure(passed);
    assert.match(message, /^2 operations were not[^]*GET \/b: Bad[^]*GET \/a: its name two is kept by GET \/b$/m);
    await imports.assertGroup(named("one", "two", "five"));
    await imports.up(passed);
    await imports.assertGroup(passed);
  });

  it("makes an operation anew that changes its match mode, because the service would add a second API", async () => {
    await imports.up([spec("GET /a", { name: "one" })]);
    const prefix = [spec("GET /a", { name: "one", prefix: true })];
    await imports.up(prefix);
    await imports.assertGroup(prefix);
  });

  it("keeps what vanishes with deleteRemoved: false, rests, takes it up again, and deletes it when it may", async () => {
    const [first, second, third] = specs(3) as [Spec, Spec, Spec];
    await imports.up([first, second, third]);
    const keep = { deleteRemoved: false };
    assert.deepEqual(await imports.writes(() => imports.up([first], keep)), []);
    assert.equal((await imports.rows()).length, 3);
    assert.equal(await imports.up([first], keep), "same");
    assert.ok(await imports.life.refresh());
    assert.equal(await imports.up([first], keep), "same");

    assert.deepEqual(await imports.imports(() => imports.up([first, { ...second, cors: true }], keep)), [1]);
    assert.equal((await imports.row("GET /p1")).cors, true);
    assert.deepEqual(await imports.writes(() => imports.up([first, { ...second, cors: true }])), ["DeleteApiV2"]);
    await imports.assertGroup([first, { ...second, cors: true }]);
  });

  it("does not give the name of a kept leftover to another operation, says so, and changes the rest", async () => {
    await imports.up([spec("GET /old", { name: "listPets" }), spec("GET /other")]);
    const next = [spec("GET /new", { name: "listPets" }), spec("GET /other", { cors: true })];
    const message = await imports.failure(next, { deleteRemoved: false });
    assert.match(message, /GET \/new: its name listPets is kept by GET \/old, because deleteRemoved is false/);
    assert.equal((await imports.row("GET /other")).cors, true);
    await imports.up(next);
    await imports.assertGroup(next);
  });

  it("changes title and description of its group in place, and never clears a remark for want of a description", async () => {
    await imports.up(specs(1), {}, { title: "pets", description: "first" });
    const { groupId } = imports.outputs;
    const writes = await imports.writes(() => imports.up(specs(1), {}, { title: "animals", description: "second" }));
    assert.deepEqual(writes, ["UpdateApiGroupV2"]);
    assert.deepEqual(await imports.group(), { name: "animals", remark: "second" });
    assert.equal(imports.outputs.groupId, groupId);
    await imports.up(specs(1), {}, { title: "animals" });
    assert.ok(await imports.life.refresh());
    assert.equal(await imports.up(specs(1), {}, { title: "animals" }), "same");
  });

  for (const [what, description] of [
    ["longer than a remark", "🐕dog ".repeat(60)],
    ["that ends with a line end", "about pets\n"],
    ["that is empty", ""],
  ] as const) {
    it(`comes to rest with a description ${what}`, async () => {
      await imports.up(specs(1), {}, { title: "pets", description });
      const { remark } = await imports.group();
      // A text that is cut in the middle of an emoji could not be sent to the service.
      assert.ok(description.startsWith(remark) && remark.trim() === remark, remark);
      assert.ok(await imports.life.refresh());
      assert.equal(await imports.up(specs(1), {}, { title: "pets", description }), "same");
    });
  }

  it("imports into a group that is given, whose name and other APIs are none of its business", async () => {
    const { id: groupId } = await imports.outside.apig<{ id: string }>("POST", "/api-groups", {
      name: "theirs",
      remark: "x",
    });
    await imports.up(specs(2), { groupId }, { title: "ours", description: "ours" });
    assert.equal(imports.outputs.groupId, groupId);
    await imports.up(specs(2), { groupId }, { title: "ours too" });
    assert.deepEqual(await imports.group(), { name: "theirs", remark: "x" });
    await imports.assertGroup(specs(2));
  });

  it("refuses a given group that does not exist, and records nothing", async () => {
    assert.match(await imports.failure(specs(1), { groupId: "f".repeat(32) }), /APIG\.3001/);
    assert.equal(imports.life.exists, false);
  });

  it("sends everything again when mockMode changes, because that changes what every operation becomes", async () => {
    await imports.up(specs(3));
    assert.deepEqual(await imports.imports(() => imports.up(specs(3), { mockMode: true })), [3]);
  });

  it("records settings that concern later calls only, without sending anything", async () => {
    await imports.up(specs(2));
    for (const args of [{ forceDestroy: true }, { extendMode: "override" }, { apiMode: "override" }]) {
      assert.deepEqual(await imports.writes(async () => assert.equal(await imports.up(specs(2), args), "update")), []);
    }
  });
});
