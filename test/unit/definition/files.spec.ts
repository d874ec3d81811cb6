/** A definition in several files: those in its folder and below, and nothing else. */
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openFile, readDefinition } from "../../../provider/definition";
import { temporaryFolder } from "../../support/temporary";

const ok = { 200: { description: "fine" } };

describe("A definition in several files", () => {
  const temporary = temporaryFolder();
  let folder: string;
  let count = 0;
  beforeEach(() => {
    folder = join(temporary.path, `${count++}`, "api");
    mkdirSync(folder, { recursive: true });
  });
  after(() => temporary.remove());

  function write(name: string, content: unknown): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }

  const main = (paths: object) => write("openapi.json", { openapi: "3.1.0", info: { title: "several" }, paths });
  const lines = async () => {
    const { operations } = await readDefinition(openFile(join(folder, "openapi.json")), { mockMode: true });
    return Object.fromEntries(operations.map(({ key, line }) => [key, line]));
  };
  const complaint = async () => {
    const failed = await lines().then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    assert.ok(failed, "it was read");
    return failed.message;
  };

  it("is read across files, in JSON and YAML, from where each stands", async () => {
    main({ "/a": { $ref: "paths/a.yaml" }, "/b": { $ref: "./paths/b.json#/items/b" } });
    write("paths/a.yaml", `get: { responses: {}, parameters: [{ $ref: "../shared%20parts/q.json#/q~1x" }] }`);
    write("paths/b.json", {
      items: { b: { put: { responses: ok, parameters: [{ $ref: "#/limit" }] } } },
      limit: { $ref: "../shared parts/q.json#/q~1x" },
    });
    write("shared parts/q.json", {
      "q/x": { name: "q", in: "query", required: true, schema: { $ref: "types.yaml#/Size" } },
    });
    write("shared parts/types.yaml", "Size: { type: integer, maximum: 5 }\nTree: { $ref: '#/Tree' }");
    const before = await lines();
    assert.match(before["GET /a"] ?? "", /, q\*, /);
    assert.match(before["PUT /b"] ?? "", /, q\*, /);
    write("shared parts/types.yaml", "Size: { type: integer, maximum: 6 }");
    const after = await lines();
    for (const key of Object.keys(before)) assert.notEqual(after[key], before[key]);
  });

  it("says in which file and line something is wrong", async () => {
    main({ "/a": { $ref: "paths/a.yaml" } });
    write("paths/a.yaml", "get:\n  operationId: one\n  x-apigateway-cors: 7\n");
    assert.match(await complaint(), /paths\/a\.yaml:3, GET \/a, x-apigateway-cors: 7: must be true or false/);
    write("paths/a.yaml", "get: [\n");
    assert.match(await complaint(), /paths\/a\.yaml: line \d+, column \d+: not valid JSON or YAML/);
  });

  const wrong: Record<string, [string, RegExp]> = {
    "a file that is not there": [
      "nothing.yaml",
      /openapi\.json:1, \/paths\/~1a\/\$ref: .*there is no such file \(ENOENT\)/,
    ],
    "a folder": ["sub", /it is a folder/],
    "a place that is not there": ["part.json#/none", /it leads nowhere/],
    "an address": ["https://example.invalid/a.yaml", /nothing is fetched/],
    "the folder above": ["../outside.json", /it is outside the folder of openapi\.json/],
    "the folder above, in other letters": ["%2e%2e/outside.json", /it is outside the folder/],
    "a link that leads out": ["link.json", /it is outside the folder/],
    "a file through a folder that is a link": ["out/outside.json", /it is outside the folder/],
    "something that goes in a circle": ["circle.json", /from one reference to the next, without end/],
  };
  for (const [what, [$ref, message]] of Object.entries(wrong)) {
    it(`refuses ${what}`, async () => {
      main({ "/a": { $ref } });
      mkdirSync(join(folder, "sub"));
      write("part.json", { get: { responses: ok } });
      write("../outside.json", { get: { responses: ok, "x-apigateway-cors": true } });
      write("circle.json", { $ref: "back.json" });
      write("back.json", { $ref: "circle.json" });
      symlinkSync(join(folder, "../outside.json"), join(folder, "link.json"));
      symlinkSync(join(folder, ".."), join(folder, "out"));
      assert.match(await complaint(), message);
    });
  }

  it("takes links inside its folder, and may be a link itself", async () => {
    main({ "/a": { $ref: "alias.json" } });
    write("part.json", { get: { responses: ok } });
    symlinkSync("part.json", join(folder, "alias.json"));
    assert.deepEqual(Object.keys(await lines()), ["GET /a"]);
    const link = join(folder, "..", "link.json");
    symlinkSync(join(folder, "openapi.json"), link);
    assert.equal((await readDefinition(openFile(link), { mockMode: true })).operations.length, 1);
  });

  it("has a bound on files and on their size", async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => `p${index}.json`);
    for (const name of many) write(name, { get: { responses: ok } });
    main(Object.fromEntries(many.map((name) => [`/${name}`, { $ref: name }])));
    assert.match(await complaint(), /the definition has more than 1000 files/);
    main({ "/a": { $ref: "large.json" } });
    write("large.json", `{"a":"${"x".repeat(33 * 1024 * 1024)}"}`);
    assert.match(await complaint(), /the files have more than 32 MB together/);
  });
});
