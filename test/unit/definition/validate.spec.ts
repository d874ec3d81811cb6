import assert from "node:assert/strict";
import { loadDefinition } from "../../../provider/definition";
import { many, ok, openapi, problemsOf, swagger } from "./documents";

type Node = Record<string, unknown>;

const get = (more: Node) => ({ get: { responses: ok, ...more } });
const path = (name: string): Node => ({ name, in: "path", required: true, schema: { type: "string" } });

/** Pointer and message of what loading complains about. */
async function found(source: Node): Promise<string[]> {
  return (await problemsOf(source)).map(({ pointer, message }) => `${pointer}: ${message}`);
}

describe("a definition against its specification", () => {
  const broken: [what: string, source: Node, expected: string][] = [
    ["a missing member", openapi({}, { info: { title: "x" } }), "/info: must have required property 'version'"],
    ["an unknown member", openapi({ "/a": get({ summry: "x" }) }), '/paths/~1a/get: unknown member "summry"'],
    ["a wrong type", openapi({ "/a": get({ operationId: 7 }) }), "/paths/~1a/get/operationId: must be string"],
    ["an operation that is no mapping", openapi({ "/a": { get: 7 } }), "/paths/~1a/get: must be object"],
    ["paths that are no mapping", openapi({}, { paths: [] }), "/paths: must be object"],
    ["a path without a slash", openapi({ pets: get({}) }), '/paths: unknown member "pets"'],
    [
      "a shared part",
      openapi({}, { components: { schemas: { Pet: { type: "strin" } } } }),
      '/components/schemas/Pet/type: must be one of "array", "boolean", "integer", "number", "object", "string"',
    ],
    [
      "an operation for any method",
      openapi({ "/a": { "x-apigateway-any-method": {} } }),
      "/paths/~1a/x-apigateway-any-method: must have required property 'responses'",
    ],
    ["a member of the path", openapi({ "/a": { ...get({}), sumary: "x" } }), '/paths/~1a: unknown member "sumary"'],
    ["Swagger 2.0", swagger({ "/a": { get: {} } }), "/paths/~1a/get: must have required property 'responses'"],
    [
      "a shared part of Swagger 2.0",
      swagger({}, { definitions: { Pet: { type: 7 } } }),
      '/definitions/Pet/type: must be one of "array", "boolean", "integer", "null", "number", "object", "string"',
    ],
    [
      "a placeholder without parameter",
      openapi({ "/a/{id}": get({}) }),
      "/paths/~1a~1{id}/get: no parameter describes {id} of the path",
    ],
    [
      "a path parameter without placeholder",
      openapi({ "/a": get({ parameters: [path("id")] }) }),
      "/paths/~1a/get: the path has no {id} for its path parameter",
    ],
    [
      "a parameter given twice",
      openapi({ "/a/{id}": get({ parameters: [path("id"), path("id")] }) }),
      '/paths/~1a~1{id}/get/parameters/1: a second parameter "id" in path',
    ],
    [
      "a reference to something else than a parameter",
      openapi({ "/a": get({ parameters: [{ $ref: "#/info" }] }) }),
      "/paths/~1a/get/parameters/0: the reference leads to no parameter",
    ],
  ];
  for (const [what, source, expected] of broken) {
    it(`is refused for ${what}, with its place`, async () => assert.deepEqual(await found(source), [expected]));
  }

  it("may declare {proxy+} with its plus, without, or not at all", async () => {
    for (const parameters of [[path("proxy+")], [path("proxy")], []]) {
      assert.equal((await loadDefinition(openapi({ "/a/{proxy+}": get({ parameters }) }))).operations.length, 1);
    }
  });

  it("may hold extensions anywhere, also among the paths", async () => {
    const source = openapi(
      { "/a": { ...get({ "x-a": 1 }), "x-b": 2 }, "x-c": 3 },
      { "x-d": 4, components: { "x-e": 5 } },
    );
    assert.equal((await loadDefinition(source)).operations.length, 1);
  });

  it("has its problems found one for each operation, a hundred at most", async () => {
    const source = many(150);
    for (const item of Object.values(source["paths"] as Record<string, { get: Node }>)) item.get["bad"] = 1;
    assert.equal((await found(source)).length, 100);
  });

  it("ends soon even when every item of a huge list is wrong, or equal", async () => {
    assert.deepEqual(await found(openapi({ "/a": get({ parameters: Array<number>(500_000).fill(1) }) })), [
      "/paths/~1a/get/parameters/0: must be object",
    ]);
    const tags = Array.from({ length: 100_000 }, (_, index) => ({ name: `t${index}` }));
    assert.equal((await loadDefinition(openapi({ "/a": get({}) }, { tags }))).operations.length, 1);
    const same = Array.from({ length: 100_000 }, () => ({ $ref: "#/components/parameters/Id" }));
    const root = { components: { parameters: { Id: { name: "id", in: "query", schema: {} } } } };
    assert.equal((await found(openapi({ "/a": get({ parameters: same }) }, root))).length, 99_999);
  });
});
