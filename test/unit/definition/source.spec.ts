import assert from "node:assert/strict";
import { complaintOf, keysOf, many, openapi, problemsOf, read } from "./documents";

const JSON_TEXT = JSON.stringify(many(2));
const YAML_TEXT = `
openapi: 3.0.3
info: { title: pets, version: "1" }
paths:
  /p0: &item
    get: { responses: { 200: { description: fine } } }
  /p1:
    <<: *item
`;

describe("reading a definition", () => {
  it("takes JSON, YAML and objects alike", async () => {
    const all = await Promise.all([JSON_TEXT, YAML_TEXT, many(2)].map((source) => read(source)));
    for (const { operations } of all) assert.deepEqual(operations, all[0]?.operations);
    assert.deepEqual(
      all[0]?.operations.map(({ key }) => key),
      ["GET /p0", "GET /p1"],
    );
  });

  it("takes a text that starts with a byte order mark", async () => {
    assert.equal((await read(`\uFEFF${JSON_TEXT}`)).operations.length, 2);
  });

  it("keeps its own copy: later changes of the object change nothing", async () => {
    const source = many(1);
    const reading = read(source);
    source["paths"] = {};
    assert.deepEqual(
      (await reading).operations.map(({ key }) => key),
      ["GET /p0"],
    );
  });

  it("leaves the object it is given as it was", async () => {
    const source = openapi({
      "/a": { $ref: "#/paths/~1b" },
      "/b": { get: { responses: { 200: { description: "x" } } } },
    });
    const before = structuredClone(source);
    await read(source);
    assert.deepEqual(source, before);
  });

  it("reads members named like the prototype's as plain data", async () => {
    const text =
      '{"__proto__": {"polluted": true}, "constructor": {}, "openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {}}';
    const complaint = await complaintOf(text);
    assert.doesNotMatch(complaint, /TypeError/);
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
    const allowed = openapi({
      "/a": { get: { responses: { 200: { description: "x" } }, "x-y": JSON.parse('{"__proto__": 1}') as object } },
    });
    assert.equal((await read(allowed)).operations.length, 1);
  });

  for (const openapi of ["3.0.0", "3.0.4", "3.1.0", "3.1.1", "3.2.0"]) {
    it(`takes OpenAPI ${openapi}`, async () => assert.deepEqual(await keysOf({ ...many(1), openapi }), ["GET /p0"]));
  }

  const refused: Record<string, [string | Record<string, unknown>, RegExp]> = {
    "an empty text": [" \n\t", /it is empty/],
    "a text that is neither JSON nor YAML": ["{ a: [1, }", /line 1, column \d+: not valid JSON or YAML/],
    "a list": ["[1, 2]", /must be a mapping/],
    "plain prose": ["just some words", /must be a mapping/],
    "a mapping without a version": ["title: pets", /neither `openapi: "3.x"` nor `swagger: "2.0"`/],
    "OpenAPI of the future": [openapi({}, { openapi: "3.3.0" }), /its version is "3.3.0"/],
    "the name of a file": ["openapi/shop.yaml", /it is the name of a file: give `new pulumi.asset.FileAsset/],
    "Swagger 1.2": [{ swagger: "1.2" }, /its version is "1.2"/],
    "a Swagger version that YAML reads as a number": ["swagger: 2.0\npaths: {}", /write it in quotes/],
    "two versions at once": [{ swagger: "2.0", openapi: "3.0.0" }, /both `swagger` and `openapi`/],
    "a JSON key given twice, with its place": [
      '{"openapi": "3.0.3",\n  "openapi": "3.0.3"}',
      /line 2, column 3: the key "openapi" appears twice/,
    ],
    "a YAML key given twice, with its place": [
      "openapi: 3.0.3\npaths:\n  /a: {}\n  /a: {}",
      /line 4, column 3: the key "\/a" appears twice/,
    ],
    "keys that differ only by JSON escapes": ['{"a": 1, "\\u0061": 2}', /the key "a" appears twice/],
    "an object with a function": [{ openapi: "3.0.3", paths: () => 1 }, /a function cannot be written as JSON/],
    "an object with a number that JSON lacks": [{ openapi: "3.0.3", x: NaN }, /not finite/],
  };
  for (const [what, [source, expected]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => assert.match(await complaintOf(source), expected));
  }

  it("does not take a key for a repeated one because a value looks like it", async () => {
    const text = '{"x-a": "b", "x-b": {"x-a": ["x-a", "x-a"]}, "openapi": "9"}';
    assert.match(await complaintOf(text), /its version is "9"/);
  });

  it("points at the value that cannot be JSON", async () => {
    assert.deepEqual(
      (await problemsOf({ openapi: "3.0.3", paths: { "/a": [1n] } })).map(({ pointer }) => pointer),
      ["/paths/~1a/0"],
    );
  });
});
