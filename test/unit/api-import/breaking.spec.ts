import assert from "node:assert/strict";
import { definition, spec, specs, type Spec } from "../../support/definitions";
import { Imports } from "../../support/imports";
import type { Bag } from "../../support/life";

const looks = ["ListApisV2", "ExportApiDefinitionsV2"];

describe("ApiImport tells who breaks", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  const old: Spec[] = [
    spec("GET /a", { name: "get-a", auth: "none" }),
    spec("GET /b", { name: "get-b", auth: "code", cors: true }),
    spec("GET /c", { name: "get-c" }),
  ];
  const changed: Spec[] = [
    spec("GET /a", { name: "get-a", auth: "iam" }),
    spec("GET /b", { name: "get-b", auth: "app" }),
  ];

  async function published(...keys: string[]): Promise<void> {
    await imports.up(old);
    for (const key of keys) await imports.publish(key);
  }

  /** The operations of the calls that a preview makes, before anything is written. */
  async function looksOf(operations: readonly Spec[], args: Bag = {}): Promise<string[]> {
    const entries = await imports.entries(() => imports.up(operations, args));
    const write = entries.findIndex(({ operation }) => !looks.includes(operation));
    return entries.slice(0, write < 0 ? undefined : write).map(({ operation }) => operation);
  }

  it("by each published operation that changes or goes", async () => {
    await published("GET /a", "GET /b", "GET /c");
    const said = await imports.warnings(changed);
    assert.match(
      said,
      /shop: this breaks who calls it today: GET \/a: IAM \(was NONE\); GET \/b: APP \(was APP\+AppCode\), no CORS any more, which browsers need; GET \/c: goes\. `mayBreak` names/,
    );
    await imports.assertGroup(changed);
  });

  it("with parameters, which only an export shows", async () => {
    await imports.up([spec("GET /a", { params: ["q"] })]);
    await imports.publish("GET /a");
    assert.doesNotMatch(await imports.warnings([spec("GET /a", { params: ["q", "r"] })]), /breaks/);
    const takes = (schema: Bag, required: boolean) => ({
      openapi: "3.0.3",
      info: { title: "shop", version: "1" },
      paths: { "/a": { get: { parameters: [{ name: "q", in: "query", required, schema }], responses: {} } } },
    });
    const said = await imports.warnings([], {
      definition: takes({ type: "integer", maximum: 5 }, true),
      mockMode: true,
    });
    assert.match(said, /GET \/a: the query parameter q is now required, the query parameter q must now be a number\./);
    assert.match(
      await imports.warnings([], { definition: takes({ type: "integer", maximum: 4 }, true), mockMode: true }),
      /GET \/a: the query parameter q takes now at most 4 \(was 5\)\./,
    );
  });

  it("not by what is published nowhere: then there is no export", async () => {
    await published("GET /c");
    const operations = [...changed, spec("GET /c", { name: "get-c" })];
    let said = "";
    const entries = await imports.entries(async () => (said = await imports.warnings(operations)));
    assert.doesNotMatch(said, /breaks/);
    // The update looks at all APIs, too: one export before its work, and one after.
    assert.equal(entries.filter(({ operation }) => operation === "ExportApiDefinitionsV2").length, 2);
  });

  it("without a call where nothing is altered, nothing goes, or nobody wants to know", async () => {
    await published("GET /a");
    assert.deepEqual(await imports.entries(() => imports.up(old)), []);
    const update = ["ListApisV2", "ExportApiDefinitionsV2"];
    assert.deepEqual(await looksOf([...old, spec("GET /new")]), update, "only the update itself looks");
    assert.deepEqual(await looksOf(changed, { breakingChanges: "ignore" }), update);
    await imports.publish("GET /b");
    assert.deepEqual(await looksOf([spec("GET /b", { name: "get-b", auth: "iam" })]), [...update, ...update]);
  });

  it("not of operations that stay because nothing removed is deleted", async () => {
    await published("GET /c");
    assert.doesNotMatch(await imports.warnings(old.slice(0, 2), { deleteRemoved: false }), /breaks/);
  });

  it("by 10 operations at most, and counts the others", async () => {
    await imports.up(specs(12));
    for (const { path } of specs(12)) await imports.publish(`GET ${path}`);
    assert.match(await imports.warnings(specs(12, { auth: "iam" })), /GET \/p7: IAM \(was NONE\); and 2 more\./);
  });

  it("of what becomes open to everybody in a sentence of its own, which refuses nothing", async () => {
    await published("GET /b");
    const open = [...old.slice(0, 1), spec("GET /b", { name: "get-b", cors: true }), ...old.slice(2)];
    const said = await imports.warnings(open, { breakingChanges: "refuse" });
    assert.match(said, /shop: published for callers who .* open to everybody: GET \/b \(was APP\+AppCode\)\./);
    assert.doesNotMatch(said, /breaks/);
  });

  it("of what is repaired, by what others made of it", async () => {
    await published("GET /a");
    await imports.alter("GET /a", { prefix: false, auth: "none", cors: true });
    await imports.life.refresh();
    assert.match(await imports.warnings(old), /GET \/a: no CORS any more/);
  });

  it("of all that is published, when a replacement deletes the group", async () => {
    await published("GET /a", "GET /b");
    const groupId = await imports.theirs([], "other");
    assert.match(await imports.failure(old, { groupId, breakingChanges: "refuse" }), /GET \/a: goes; GET \/b: goes\./);
  });

  describe("and with `refuse`", () => {
    const refuse = { breakingChanges: "refuse" };

    it("a preview fails, and nothing is written", async () => {
      await published("GET /b", "GET /c");
      let message = "";
      const writes = await imports.writes(async () => (message = await imports.failure(changed, refuse)));
      assert.match(
        message,
        /^definition: `breakingChanges` is "refuse", and this breaks who calls it today: GET \/b: .*; GET \/c: goes\. `mayBreak` names/,
      );
      assert.deepEqual(writes, []);
      await imports.assertGroup(old);
    });

    it("what the program names may break, by key, path, pattern or tag", async () => {
      await published("GET /a", "GET /b", "GET /c");
      assert.match(
        await imports.failure(changed, { ...refuse, mayBreak: ["GET /a", "/c*"] }),
        /today: GET \/b: [^;]*\. `mayBreak`/,
      );
      assert.equal(await imports.up(changed, { ...refuse, mayBreak: ["GET /a", "/b", "/c*"] }), "update");
      assert.equal(await imports.up(changed, { ...refuse, mayBreak: ["GET /a", "/b", "/c*"] }), "same", "may stay");
    });

    it("a misspelt name is told with the right one", async () => {
      await imports.up([spec("GET /orders")]);
      await imports.publish("GET /orders");
      assert.match(
        await imports.failure([spec("GET /orders", { auth: "iam" })], { ...refuse, mayBreak: ["GET /ordesr"] }),
        /In `mayBreak`, these meet none: "GET \/ordesr" \(did you mean "GET \/orders"\?\)\./,
      );
    });

    it("what breaks nobody is done", async () => {
      await published("GET /a");
      const wider = [spec("GET /a", { name: "get-a", cors: true, params: ["q"] }), spec("GET /d")];
      assert.equal(await imports.up(wider, refuse), "update");
      await imports.assertGroup(wider);
    });

    it("an update begins only if it can look", async () => {
      await published("GET /a", "GET /b");
      await forbid("ExportApiDefinitionsV2", 20);
      const parameters = [{ ...old[0]!, params: ["q"] }, ...old.slice(1)];
      let message = "";
      const writes = await imports.writes(async () => (message = await imports.failure(parameters, refuse)));
      assert.match(message, /nobody can see whether parameters change for who calls it today: GET \/a\. Name these/);
      assert.deepEqual(writes, []);
      assert.match(await imports.warnings(parameters), /parameters change .* cannot be said, .*: GET \/a\./);
    });

    it("an update looks by itself, before it renames the group", async () => {
      await published("GET /a");
      // The preview is refused the list, and says so; the update gets it.
      await forbid("ListApisV2", 1);
      let message = "";
      const writes = await imports.writes(async () => {
        message = await imports.failure(changed, refuse, { title: "shop", description: "new" });
      });
      assert.match(message, /this breaks who calls it today: GET \/a: IAM \(was NONE\)/);
      assert.deepEqual(writes, []);
      assert.equal((await imports.group()).remark, "");
    });

    it("a create does not take over what others call, and says so at preview", async () => {
      const groupId = await imports.theirs([], "existing");
      const api_id = await imports.meddle(spec("GET /a", { name: "theirs" }), groupId);
      const env_id = "DEFAULT_ENVIRONMENT_RELEASE_ID";
      await imports.outside.apig("POST", "/apis/action", { action: "online", env_id, api_id });
      for (const args of [{ adopt: true }, { apiMode: "override" }]) {
        imports.life = imports.another();
        const all = { groupId, ...args, ...refuse };
        const failures = await imports.life.failures({ definition: definition(changed), ...all });
        if (args.adopt) assert.match(failures[0]?.reason ?? "", /GET \/a: IAM \(was NONE\)/);
        else assert.match(await imports.failure(changed, all), /GET \/a: IAM \(was NONE\)/);
      }
    });
  });

  /** The next calls of this operation are refused. */
  async function forbid(operation: string, times: number): Promise<void> {
    const fault = { operation, kind: { status: 403, code: "APIG.1002" }, times };
    await imports.simulator.control.faults({ faults: [fault] });
  }
});
