import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { definition, spec, specs } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Imports } from "../../support/imports";
import { unknown, type Bag } from "../../support/life";
import { temporaryFolder } from "../../support/temporary";
import { unprinted } from "../../support/unprinted";

/** An asset as a dynamic provider gets it: with a signature, in the form in which the engine sends it. */
const onTheWire = (value: Bag) => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  ...value,
});

describe("A preview of ApiImport", () => {
  let imports: Imports;
  const folder = temporaryFolder();
  before(async () => {
    imports = await Imports.open();
  });
  after(async () => {
    folder.remove();
    await imports.close();
  });

  const handler = () => handlersFor(imports.simulator).ApiImport;
  const check = (inputs: Bag) => handler().check({}, inputs);
  const reasons = async (inputs: Bag) =>
    (await check(inputs)).failures.map(({ property, reason }) => `${property}|${reason}`);
  const text = JSON.stringify(definition(specs(3), { description: "about pets" }));
  function file(content: string): Bag {
    const path = join(folder.path, "definition");
    writeFileSync(path, content);
    return onTheWire({ path, hash: "h" });
  }

  it("knows every operation of a definition in every form, without a call", async () => {
    const forms = { text, object: JSON.parse(text) as Bag, "string asset": onTheWire({ text }), file: file(text) };
    const results = await Promise.all(
      Object.values(forms).map((form) => imports.entries(async () => check({ definition: form }))),
    );
    assert.deepEqual(results.flat(), []);
    const [first, ...others] = await Promise.all(
      Object.values(forms).map(async (form) => {
        const { inputs, failures } = await check({ definition: form });
        assert.deepEqual(failures, []);
        const { operations, title, description } = inputs;
        return { operations, title, description };
      }),
    );
    assert.deepEqual(Object.keys(first?.operations as object), ["GET /p0", "GET /p1", "GET /p2"]);
    assert.deepEqual([first?.title, first?.description], ["shop", "about pets"]);
    for (const other of others) assert.deepEqual(other, first);
  });

  it("names the definition and the operation for what is wrong, in every form, and prints nothing else of it", async () => {
    const bad = definition([spec("GET /pets"), spec("GET /canary")]);
    Reflect.deleteProperty(bad.paths["/pets"]?.["get"] as object, "x-apigateway-backend");
    const canary = JSON.stringify(bad);
    for (const form of [canary, bad, onTheWire({ text: canary }), file(canary)]) {
      const [failure = "", ...more] = await reasons({ definition: form });
      assert.match(failure, /^\|definition: [^]*GET \/pets: it has no back end/);
      assert.ok(!failure.includes("canary"));
      assert.deepEqual(more, []);
    }
    assert.deepEqual(await reasons({ definition: canary, mockMode: true }), []);
  });

  const broken: Record<string, [unknown, RegExp]> = {
    "OpenAPI of the future": [{ ...definition(specs(1)), openapi: "3.9.0" }, /its version is "3\.9\.0"/],
    "a title that cannot name a group": [
      definition(specs(1), { title: "?" }),
      /"\?" cannot name the group to create.*give `groupName`/,
    ],
    "no operations": [definition([]), /there are no operations/],
    "a number": [7, /must be a file asset, a string asset, a text or an object/],
    "a list": [[], /must be a file asset, a string asset, a text or an object/],
    "a remote asset": [onTheWire({ uri: "https://example.invalid" }), /a remote asset is not fetched/],
    "a file that is not there": [
      onTheWire({ path: "/nowhere/at-all" }),
      /cannot read \/nowhere\/at-all \(ENOENT\); paths start at the folder of the program/,
    ],
    "an empty text": ["", /it is empty/],
  };
  for (const [what, [value, reason]] of Object.entries(broken)) {
    it(`refuses ${what}`, async () => {
      const [failure = ""] = await reasons({ definition: value });
      assert.match(failure, /^\|definition: /);
      assert.match(failure, reason);
    });
  }

  it("refuses a file that is not UTF-8 text", async () => {
    const form = file("");
    writeFileSync(String(form["path"]), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    assert.match((await reasons({ definition: form }))[0] ?? "", /not UTF-8 text/);
  });

  it("refuses wrong values and unknown properties by name", async () => {
    const [mode = "", apiMode = "", mockMode = "", ...more] = await reasons({
      definition: text,
      apiMode: "replace",
      mockMode: "yes",
      mode: 1,
    });
    assert.match(mode, /^\|mode: no such property/);
    assert.match(apiMode, /^apiMode\|must be "merge" or "override"$/);
    assert.match(mockMode, /^mockMode\|/);
    assert.deepEqual(more, []);
    assert.match((await reasons({}))[0] ?? "", /definition.*required, but missing/);
  });

  it("names the input where a rule of the program is wrong", async () => {
    const wrong: [Bag, RegExp][] = [
      [
        { defaults: { backend: { url: "orders.internal" } } },
        /^\|defaults\.backend\.url: must be a URL that begins with http/,
      ],
      [{ defaults: { backend: { url: "http://me:pw@a" } } }, /^\|defaults\.backend\.url: must not hold credentials/],
      [{ defaults: { backend: { url: "http://a?b=c" } } }, /^\|defaults\.backend\.url: must end with the path/],
      [
        { defaults: { backend: { url: "http://a", mock: "x" } } },
        /^\|defaults\.backend: must have exactly one of url, .*: it has url and mock/,
      ],
      [{ defaults: { backend: {} } }, /^\|defaults\.backend: must have exactly one of url, .*: it has none of them/],
      [
        { defaults: { backend: { vpcChannel: "c", host: "http://a/b" } } },
        /^\|defaults\.backend\.host: must be a host/,
      ],
      [{ defaults: { backend: { mock: "x", timeout: 5 } } }, /^\|defaults\.backend: .*timeout/],
      [{ defaults: { auth: "BASIC" } }, /^\|defaults\.auth: must be "NONE", "IAM", "APP", "APP\+AppCode"/],
      [{ overrides: { "/p0": { matchMode: "SW" } } }, /^\|overrides\["\/p0"\]\.matchMode: must be "NORMAL" or "SWA"/],
      [
        { overrides: { "GET /p0": { backend: { url: "a" } } } },
        /^\|overrides\["GET \/p0"\]\.backend\.url: must be a URL/,
      ],
      [{ overrides: { "/p0": true } }, /^\|overrides\["\/p0"\]: /],
      [{ overrides: { "/nowhere": false } }, /^\|definition: .*`overrides`: "\/nowhere" meets no operation/s],
      [{ pathPrefix: "shop/" }, /^pathPrefix\|must be like "\/shop"/],
      [{ unsupported: "ignore" }, /^unsupported\|must be "fail" or "skip"/],
    ];
    for (const [inputs, reason] of wrong)
      assert.match((await reasons({ definition: text, ...inputs })).join("\n"), reason);
  });

  it("says in one warning which operations would be open to everybody", async () => {
    const quiet = definition(specs(12));
    for (const item of Object.values(quiet.paths)) Reflect.deleteProperty(item["get"] as object, "security");
    const { said } = await unprinted(() => check({ definition: quiet }));
    assert.match(
      said,
      /^warning: shop: open to everybody, .*GET \/p0; .*GET \/p9; and 2 more\. Say `auth: "NONE"`[^\n]*\n$/,
    );
    assert.equal((await unprinted(() => check({ definition: quiet, defaults: { auth: "NONE" } }))).said, "");
  });

  it("passes a definition that is not known yet, whole or in part, and promises nothing about it", async () => {
    const part = { ...definition(specs(1)), servers: [{ url: unknown }] };
    for (const form of [unknown, part]) {
      const { inputs, failures } = await check({ definition: form });
      assert.deepEqual(failures, []);
      assert.deepEqual([inputs["operations"], inputs["title"]], [unknown, unknown]);
      assert.equal((await handler().diff("instance/group", { operations: {}, apis: [] }, inputs)).changes, true);
    }
  });

  it("knows the operations also while the group is not known yet, whose name the title then is not", async () => {
    const { inputs, failures } = await check({ definition: definition(specs(2), { title: "?" }), groupId: unknown });
    assert.deepEqual(failures, []);
    assert.deepEqual(Object.keys(inputs["operations"] as object), ["GET /p0", "GET /p1"]);
    assert.equal(inputs["title"], undefined);
  });

  it("takes an empty description for none, because the service may answer either", async () => {
    const { inputs } = await check({ definition: definition(specs(1), { description: " " }) });
    assert.equal(inputs["description"], undefined);
  });

  it("of another notation of the same definition shows no change", async () => {
    await imports.reset();
    await imports.up(specs(2));
    const spaced = JSON.stringify(definition(specs(2)), null, 4);
    assert.deepEqual(
      await imports.entries(async () => assert.equal(await imports.life.up({ definition: spaced }), "same")),
      [],
    );
  });

  it("replaces for another group or instance, and for nothing else", async () => {
    await imports.reset();
    await imports.up(specs(1));
    const { inputs } = await check({ definition: text });
    const replaces = async (change: Bag) =>
      (await handler().diff(imports.life.id, imports.life.outputs, { ...inputs, ...change })).replaces;
    assert.deepEqual(await replaces({ groupId: "f".repeat(32) }), ["groupId"]);
    assert.deepEqual(await replaces({ instanceId: "f".repeat(32) }), ["instanceId"]);
    assert.deepEqual(await replaces({ groupId: imports.outputs.groupId }), []);
    assert.deepEqual(await replaces({ operations: {}, title: "other", apiMode: "override", forceDestroy: true }), []);
  });

  it("refuses to apply a file that changed since", async () => {
    await imports.reset();
    const { inputs } = await check({ definition: file(text) });
    file(JSON.stringify(definition(specs(2))));
    await assert.rejects(handler().create(inputs), { message: /changed while it was being applied/ });
    assert.deepEqual(
      await imports.writes(() =>
        handler()
          .create(inputs)
          .catch(() => undefined),
      ),
      [],
    );
  });

  it("of 1,000 operations is computed once, without a call", async () => {
    const large = JSON.stringify(definition(specs(1000, { params: ["page", "size"], remark: "x".repeat(200) })));
    const began = process.hrtime.bigint();
    const { inputs } = await check({ definition: large });
    const took = Number((process.hrtime.bigint() - began) / 1_000_000n);
    console.log(`      1,000 operations, ${Math.round(large.length / 1024)} KB: ${took} ms`);
    assert.equal(Object.keys(inputs["operations"] as object).length, 1000);
  });
});
