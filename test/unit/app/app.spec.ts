import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown, type Bag } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { unprinted } from "../../support/unprinted";

interface App {
  readonly id: string;
  readonly name: string;
  readonly remark: string;
  readonly app_key: string;
  readonly app_secret: string;
}

describe("App", () => {
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
    life = new Life(() => handlersFor(simulator).App);
  });

  const all = async () => (await outside.apig<{ apps: App[] }>("GET", "/apps")).apps;
  const only = async () => {
    const [app, ...others] = await all();
    assert.ok(app && others.length === 0);
    return app;
  };

  it("is created with key and secret, changed in place, read back without a difference, and deleted", async () => {
    assert.equal(await life.up({ name: "shop", remark: "first" }), "create");
    const made = await only();
    assert.equal(life.id, `${simulator.info.instanceId}/${made.id}`);
    assert.deepEqual([life.outputs["appKey"], life.outputs["appSecret"]], [made.app_key, made.app_secret]);
    assert.equal(await life.up({ name: "shop", remark: "first" }), "same");
    const before = life.outputs;
    assert.ok(await life.refresh());
    assert.deepEqual(life.outputs, before);
    assert.equal(await life.up({ name: "store", remark: "second" }), "update");
    const changed = await only();
    assert.deepEqual(
      [changed.id, changed.name, changed.remark, changed.app_secret],
      [made.id, "store", "second", made.app_secret],
    );
    await life.destroy();
    assert.deepEqual(await all(), []);
  });

  it("gets another secret in place when a trigger changes, and only then", async () => {
    await life.up({ name: "shop", rotateSecret: { year: "2026" } });
    const before = await only();
    assert.equal(await life.up({ name: "shop", rotateSecret: { year: "2026" } }), "same");
    assert.equal(await life.up({ name: "shop", rotateSecret: { year: "2027" } }), "update");
    const after = await only();
    assert.deepEqual([after.id, after.app_key], [before.id, before.app_key]);
    assert.notEqual(after.app_secret, before.app_secret);
    assert.equal(life.outputs["appSecret"], after.app_secret);
  });

  it("takes the secret that somebody reset, where the program gives none", async () => {
    await life.up({ name: "shop" });
    const { id } = await only();
    await outside.apig("PUT", `/apps/secret/${id}`, {});
    await life.refresh();
    assert.equal(life.outputs["appSecret"], (await only()).app_secret);
    assert.equal(await life.up({ name: "shop" }), "same");
  });

  it("keeps the secret that the program gives: one that somebody reset is written again", async () => {
    const program = { name: "shop", appSecret: "secret-of-the-program" };
    await life.up(program);
    const { id } = await only();
    await outside.apig("PUT", `/apps/secret/${id}`, {});
    await life.refresh();
    assert.equal(await life.up(program), "update");
    assert.equal((await only()).app_secret, program.appSecret);
  });

  it("has its remark repaired where the program gives one, and left alone where it gives none or an empty one", async () => {
    for (const [program, repaired] of [
      [{ name: "shop", remark: "ours" }, "ours"],
      [{ name: "shop", remark: "" }, "theirs"],
      [{ name: "shop" }, "theirs"],
    ] as const) {
      await life.up(program);
      const { id } = await only();
      await outside.apig("PUT", `/apps/${id}`, { name: "shop", remark: "theirs" });
      await life.refresh();
      assert.equal(await life.up(program), repaired === "theirs" ? "same" : "update");
      assert.equal((await only()).remark, repaired);
    }
  });

  it("with an empty remark rests, also when the service shows an empty one as none", async () => {
    await life.up({ name: "shop", remark: "" });
    const body = { ...(await only()), remark: null };
    const fault = { operation: "ShowDetailsOfAppV2", kind: { status: 200, body } };
    await simulator.control.faults({ faults: [fault] });
    await life.refresh();
    assert.equal(await life.up({ name: "shop", remark: "" }), "same");
  });

  it("is made once when the create had no effect and no answer", async () => {
    await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", kind: "dropBefore" }] });
    assert.equal(await life.up({ name: "shop" }), "create");
    assert.ok(life.id.endsWith((await only()).id));
  });

  it("that a create without an answer made is told and not taken, and taken over when the program says so", async () => {
    await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", kind: "dropAfter" }] });
    const told =
      /create the app shop: .*may have taken effect.*an app named shop \(\w+\): if nobody else.*`adopt: true`/;
    await assert.rejects(life.up({ name: "shop" }), { message: told });
    assert.equal(life.exists, false);
    await life.up({ name: "shop", adopt: true });
    assert.ok(life.id.endsWith((await only()).id));
  });

  it("is told, too, when it shows only as a clash of the second try", async () => {
    const nothing = { status: 200, body: { apps: [], size: 0, total: 0 } };
    await simulator.control.faults({
      faults: [
        { operation: "CreateAnAppV2", kind: "dropAfter" },
        { operation: "ListAppsV2", kind: nothing },
      ],
    });
    await assert.rejects(life.up({ name: "shop" }), {
      message: /may have taken effect.*if nobody else.*`adopt: true`/,
    });
    await only();
  });

  it("of another stack that was made in the same moment is never taken for its own", async () => {
    const { id } = await outside.apig<App>("POST", "/apps", { name: "shop", remark: "theirs" });
    await simulator.control.faults({
      faults: [{ operation: "CreateAnAppV2", kind: { status: 500, code: "APIG.3500" } }],
    });
    await assert.rejects(life.up({ name: "shop" }), { message: /`adopt: true`/ });
    assert.equal(life.exists, false);
    const { id: still, remark } = await only();
    assert.deepEqual([still, remark], [id, "theirs"]);
  });

  it("whose name is taken is an error that offers what keeps the old one first, and adopt last", async () => {
    await outside.apig("POST", "/apps", { name: "shop", remark: "theirs" });
    await assert.rejects(life.up({ name: "shop" }), {
      message: /APIG\.3203.*`aliases`.*`deleteBeforeReplace: true`.*`adopt: true` if it is nobody else's/,
    });
  });

  it("with adopt takes over the one of its name, and is made where there is none", async () => {
    const { id } = await outside.apig<App>("POST", "/apps", { name: "shop", remark: "theirs" });
    await life.up({ name: "shop", adopt: true, remark: "ours" });
    assert.ok(life.id.endsWith(id));
    assert.equal((await only()).remark, "ours");
    assert.equal(await life.up({ name: "shop", remark: "ours" }), "same", "adopt is no part of the app");
    const other = new Life(() => handlersFor(simulator).App);
    assert.equal(await other.up({ name: "other", adopt: true }), "create");
  });

  const told = async (program: Bag) => (await unprinted(() => life.up(program))).said;
  const exists = (then: string) => new RegExp(`^warning: App "shop" in instance \\w+ exists \\(\\w+\\): ${then}\\n$`);

  it("with adopt has only written what differs, which is said before: remark, key and secret", async () => {
    const { app_key: appKey, app_secret: appSecret } = await outside.apig<App>("POST", "/apps", {
      name: "shop",
      remark: "theirs",
    });
    const rows: [program: Bag, said: RegExp, updates: number][] = [
      [{}, exists("it will be taken over as it is\\."), 0],
      [{ remark: "theirs", appKey, appSecret }, exists("it will be taken over as it is\\."), 0],
      [{ remark: "" }, exists("it will be taken over as it is\\."), 0],
      [{ appSecret: "another-secret" }, exists("it will be taken over; its AppSecret changes\\."), 1],
      [{ appKey: "another-key" }, exists(`.*; its AppKey changes from "${appKey}" to "another-key"\\.`), 1],
      [{ remark: "ours" }, exists('.*; its remark changes from "theirs" to "ours"\\.'), 1],
    ];
    for (const [program, said, updates] of rows) {
      life = new Life(() => handlersFor(simulator).App);
      const calls = await callsDuring(simulator.control, async () => {
        assert.match(await told({ name: "shop", adopt: true, ...program }), said);
      });
      assert.deepEqual(calls, { ListAppsV2: 2, ...(updates > 0 && { UpdateAppV2: updates }) }, JSON.stringify(program));
      assert.equal(await life.up({ name: "shop", ...program }), "same");
      if (!("remark" in program)) assert.equal((await only()).remark, "theirs", "it is kept");
    }
  });

  it("that must exist is not made: the preview refuses it, and so does a create", async () => {
    const program = { name: "shop", adopt: "only" };
    const reason = /^App "shop" in instance \w+ does not exist, and `adopt: "only"` makes none\.$/;
    const [failure] = await life.failures(program);
    assert.match(failure?.reason ?? "", reason);
    const handler = handlersFor(simulator).App;
    const { inputs } = await handler.check({}, { name: unknown, adopt: "only" });
    await assert.rejects(handler.create({ ...inputs, name: "shop" }), { message: reason });
    assert.deepEqual(await all(), []);
    assert.deepEqual((await life.failures({ name: "shop", adopt: "yes" }))[0]?.reason, 'must be true, false or "only"');
    await outside.apig("POST", "/apps", { name: "shop" });
    assert.equal(await life.up(program), "create");
  });

  it("is compared with one list for all apps of a preview, and with none for those that are there", async () => {
    const handler = handlersFor(simulator).App;
    const check = (name: string) => handler.check({}, { name, adopt: true });
    const { said } = await unprinted(async () => {
      const calls = await callsDuring(simulator.control, () => Promise.all(["shop", "store", "stall"].map(check)));
      assert.deepEqual(calls, { ListAppsV2: 1 });
    });
    assert.equal(said.match(/does not exist: it will be made\./g)?.length, 3);
    await life.up({ name: "shop" });
    assert.equal(await told({ name: "shop", adopt: true }), "");
  });

  it("whose look is refused fails no preview: that is said once, and what is unknown is not compared", async () => {
    await outside.apig("POST", "/apps", { name: "shop" });
    const handler = handlersFor(simulator).App;
    await simulator.control.faults({ faults: [{ operation: "ListAppsV2", kind: { status: 403, code: "APIG.1005" } }] });
    const { said } = await unprinted(async () => {
      for (const name of ["shop", "store"]) {
        assert.deepEqual((await handler.check({}, { name, adopt: "only" })).failures, []);
      }
    });
    assert.match(said, /^warning: It cannot be said yet what `adopt` takes over\. .*HTTP 403.*\n$/);
    const { said: rest } = await unprinted(() => life.failures({ name: "shop", remark: unknown, adopt: true }));
    assert.match(rest, /as it is\. Not compared, because not known yet: remark\.\n$/);
  });

  it("is gone after somebody deleted it, and delete does not mind", async () => {
    await life.up({ name: "shop" });
    await outside.apig("DELETE", `/apps/${(await only()).id}`);
    await life.destroy();
    await life.up({ name: "shop" });
    await outside.apig("DELETE", `/apps/${(await only()).id}`);
    assert.equal(await life.refresh(), false);
  });

  it("is looked up by its id, and said to be missing", async () => {
    const { id } = await outside.apig<App>("POST", "/apps", { name: "shop", remark: "theirs" });
    const handler = handlersFor(simulator).App;
    const { props } = await handler.read(`${simulator.info.instanceId}/${id}`, {});
    assert.deepEqual([props["name"], props["remark"], typeof props["appSecret"]], ["shop", "theirs", "string"]);
    await assert.rejects(handler.read(`${simulator.info.instanceId}/none`, {}), {
      message: /App .*\/none does not exist/,
    });
    await assert.rejects(handler.read("none", {}), { message: /should look like <instance>\/<app>/ });
  });

  it("has its inputs checked at preview, a secret one without being shown, and asks nobody", async () => {
    const rows: [inputs: Bag, property: string, reason: RegExp][] = [
      [{ name: "ab" }, "name", /3 to 64/],
      [{ name: "1shop" }, "name", /start with a letter/],
      [{ name: "shop", remark: "x".repeat(256) }, "remark", /at most 255/],
      [{ name: "shop", appKey: "short" }, "appKey", /8 to 200/],
      [{ name: "shop", appSecret: "short" }, "", /^appSecret: must have 8 to 128/],
    ];
    const calls = await callsDuring(simulator.control, async () => {
      for (const [inputs, property, reason] of rows) {
        const [failure, ...others] = await life.failures(inputs);
        assert.equal(failure?.property, property);
        assert.match(failure.reason, reason);
        assert.deepEqual(others, []);
      }
      const pending = { name: unknown, remark: unknown, appSecret: unknown, rotateSecret: { a: unknown } };
      assert.deepEqual(await life.failures(pending), []);
      assert.deepEqual(await life.failures({ name: "商店-1", remark: "x".repeat(255) }), []);
    });
    assert.deepEqual(calls, {});
  });
});
