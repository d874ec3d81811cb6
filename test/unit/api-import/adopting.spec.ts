import assert from "node:assert/strict";
import { spec, specs, truth, type Spec } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Imports, type ImportOutputs } from "../../support/imports";

describe("ApiImport takes over", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  const operations: Spec[] = [
    spec("GET /equal", { name: "equal", auth: "code" }),
    spec("GET /other", { name: "other", auth: "app" }),
    spec("GET /new", { name: "new-one" }),
  ];
  const theirs: Spec[] = [
    spec("GET /equal", { name: "equal", auth: "code" }),
    spec("GET /other", { name: "other", auth: "iam" }),
    spec("GET /theirs", { name: "theirs" }),
  ];

  it("a group by its id: what looks equal is not sent again, what differs is overwritten, and all of it is listed", async () => {
    const groupId = await imports.theirs(theirs, "existing");
    let said = "";
    const sent = await imports.imports(async () => {
      said = await imports.warnings(operations, { groupId, adopt: true });
    });
    assert.deepEqual(sent, [1, 1], "one overwrites, one is new");
    assert.match(said, /Adopted from group \w+: GET \/equal, GET \/other \(other authentication\)\./);
    await imports.assertGroup([...operations, spec("GET /theirs", { name: "theirs" })]);
    assert.deepEqual(
      imports.outputs.apis.map(({ path, action }) => [path, action]),
      [
        ["/equal", "adopt"],
        ["/other", "update"],
        ["/new", "create"],
      ],
    );
    assert.deepEqual(await imports.group(), { name: "existing", remark: "" });
    assert.ok(await imports.life.refresh());
    assert.equal(await imports.up(operations, { groupId, adopt: true }), "same");
    assert.equal(await imports.up(operations, { groupId }), "same", "adopt has done its work");
  });

  for (const [what, ours, others] of [
    ["name", {}, { name: "another" }],
    ["visibility", { hidden: true }, {}],
    ["match mode", { prefix: true }, {}],
    ["authentication", { auth: "code" }, { auth: "app" }],
    ["CORS", { cors: true }, {}],
    ["remark", { remark: "ours" }, { remark: "theirs" }],
    ["remark", {}, { remark: "theirs" }],
  ] as [string, Partial<Spec>, Partial<Spec>][]) {
    it(`what differs in ${what} only, and makes it as the definition says`, async () => {
      const groupId = await imports.theirs([spec("GET /a", { name: "same", ...others })]);
      const said = await imports.warnings([spec("GET /a", { name: "same", ...ours })], { groupId, adopt: true });
      assert.match(said, new RegExp(`GET /a \\(other ${what}\\)`));
      await imports.assertGroup([spec("GET /a", { name: "same", ...ours })]);
    });
  }

  it("as it is what has as much of a long description as a remark holds", async () => {
    const operation = spec("GET /a", { name: "same", remark: "long 🐕 ".repeat(60) });
    await imports.up([operation]);
    imports.life = imports.another();
    assert.deepEqual(await imports.writes(() => imports.up([operation], { adopt: true })), []);
  });

  it("a group by the title, with its description", async () => {
    const groupId = await imports.theirs(specs(2), "shop");
    const info = { title: "shop", description: "ours" };
    assert.deepEqual(await imports.writes(() => imports.up(specs(2), { adopt: true }, info)), ["UpdateApiGroupV2"]);
    assert.equal(imports.outputs.groupId, groupId);
    assert.deepEqual(await imports.group(), { name: "shop", remark: "ours" });
    assert.ok(await imports.life.refresh());
    assert.equal(await imports.up(specs(2), { adopt: true }, info), "same");
  });

  it("nothing where there is no group of that title: then it makes one", async () => {
    await imports.theirs([], "shopping");
    await imports.up(specs(1), { adopt: true });
    assert.deepEqual(await imports.group(), { name: "shop", remark: "" });
    assert.equal((await truth(imports.simulator)).groups.length, 2);
  });

  it("no group unasked: a title that is taken is an error that names adopt, and nothing is made", async () => {
    await imports.theirs([], "shop");
    assert.match(
      await imports.failure(specs(1)),
      /APIG\.3201.*`aliases`.*`deleteBeforeReplace: true`.*`adopt: true` if it is nobody else's/,
    );
    assert.equal((await truth(imports.simulator)).groups.length, 1);
  });

  it("what it made before its state was lost, in one up and without sending anything", async () => {
    await imports.up(specs(3));
    imports.life = imports.another();
    assert.deepEqual(await imports.writes(() => imports.up(specs(3), { adopt: true })), []);
    assert.equal(imports.outputs.apis.length, 3);
    await imports.life.destroy();
    assert.deepEqual((await truth(imports.simulator)).groups, []);
  });

  it("what an update made that was killed before the engine heard of it", async () => {
    await imports.up(specs(2));
    const { outputs, inputs } = imports.life;
    await imports.up(specs(4));
    Object.assign(imports.life, { outputs, inputs });
    assert.match(await imports.failure(specs(4)), /^2 operations were not[^]*take it over with `adopt: true`/);
    assert.deepEqual(await imports.writes(() => imports.up(specs(4), { adopt: true })), []);
    await imports.assertGroup(specs(4));
    assert.equal(await imports.up(specs(4)), "same");
  });

  it("the API in its own place first, if others have the same method and path", async () => {
    const groupId = await imports.theirs([
      spec("GET /a", { name: "prefix", prefix: true }),
      spec("GET /a", { name: "exact" }),
    ]);
    await imports.up([spec("GET /a", { name: "exact" })], { groupId, adopt: true });
    assert.deepEqual(
      imports.outputs.apis.map(({ name }) => name),
      ["exact"],
    );
    assert.equal((await imports.rows()).length, 2);
  });

  it("no API that has only the name of an operation", async () => {
    const groupId = await imports.theirs([spec("GET /theirs", { name: "same-name" })]);
    const message = await imports.failure([spec("GET /mine", { name: "same-name" })], { groupId, adopt: true });
    assert.match(message, /GET \/mine: .*APIG\.3202/);
  });
});

describe("ApiImport.get", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  /** What the host calls for a `.get()`. */
  const get = async (id: string) => {
    const { props } = await handlersFor(imports.simulator).ApiImport.read(id, { __provider: "text" });
    return props as unknown as ImportOutputs;
  };

  it("tells of a group what there is, also two APIs of one method and path", async () => {
    const groupId = await imports.theirs([
      spec("GET /a", { name: "exact" }),
      spec("GET /a", { name: "prefix", prefix: true }),
    ]);
    const { instanceId } = imports.simulator.info;
    const { groupId: found, apis, observed } = await get(`${instanceId}/${groupId}`);
    assert.equal(found, groupId);
    assert.deepEqual(apis.map(({ method, path, name }) => [method, path, name]).sort(), [
      ["GET", "/a", "exact"],
      ["GET", "/a", "prefix"],
    ]);
    assert.equal(Object.keys(observed).length, 2);
  });

  it("says that a group does not exist, and how an id looks", async () => {
    const { instanceId } = imports.simulator.info;
    await assert.rejects(get(`${instanceId}/${"f".repeat(32)}`), { message: /ApiImport .* does not exist/ });
    await assert.rejects(get("nonsense"), { message: /should look like <instance>\/<group>/ });
  });
});
