import assert from "node:assert/strict";
import { loadDefinition, operationsMap } from "../../../provider/definition";
import { backend, ok, openapi, operationOf, swagger } from "./documents";

type Node = Record<string, unknown>;

const id = { name: "id", in: "query", schema: { type: "string" } };
const policies = {
  "x-apigateway-ratelimits": { gold: { "api-limit": 10 }, silver: { "api-limit": 5 } },
  "x-apigateway-access-controls": { office: { type: "IP" } },
};

async function fingerprintOf(get: Node, root: Node = {}): Promise<string> {
  return (await operationOf(get, root)).fingerprint;
}

/** Pairs of `[what, operation, root]` before and after. */
type Edit = readonly [what: string, before: readonly [Node, Node?], after: readonly [Node, Node?]];

const scheme = (type: string): Node => ({
  components: { securitySchemes: { s: { type: "apiKey", in: "header", name: "n", "x-apigateway-auth-type": type } } },
});

describe("a fingerprint", () => {
  const seen: readonly Edit[] = [
    ["the operationId", [{ operationId: "one" }], [{ operationId: "two" }]],
    ["the description, which becomes the remark", [{ description: "a" }], [{ description: "b" }]],
    ["the tags", [{ tags: ["a"] }], [{ tags: ["b"] }]],
    ["a new parameter", [{}], [{ parameters: [id] }]],
    ["a parameter's description", [{ parameters: [id] }], [{ parameters: [{ ...id, description: "d" }] }]],
    ["a parameter that becomes required", [{ parameters: [id] }], [{ parameters: [{ ...id, required: true }] }]],
    [
      "a parameter's limits",
      [{ parameters: [id] }],
      [{ parameters: [{ ...id, schema: { type: "string", maxLength: 3 } }] }],
    ],
    [
      "a parameter's values",
      [{ parameters: [id] }],
      [{ parameters: [{ ...id, schema: { type: "string", enum: ["a"] } }] }],
    ],
    [
      "a parameter's extension",
      [{ parameters: [id] }],
      [{ parameters: [{ ...id, "x-apigateway-pass-through": "never" }] }],
    ],
    ["the description of the body", [{}], [{ requestBody: { description: "d", content: {} } }]],
    [
      "the backend",
      [{ "x-apigateway-backend": backend }],
      [{ "x-apigateway-backend": { ...backend, description: "d" } }],
    ],
    [
      "the order of a list in an extension",
      [{ "x-apigateway-plugins": ["a", "b"] }],
      [{ "x-apigateway-plugins": ["b", "a"] }],
    ],
    [
      "a sample answer",
      [{}],
      [{ responses: { 200: { description: "x", "x-apigateway-result-normal-sample": "{}" } } }],
    ],
    ["own security", [{}], [{ security: [{ s: [] }] }]],
    ["security lifted", [{}, { security: [{ s: [] }] }], [{ security: [] }, { security: [{ s: [] }] }]],
    ["the document's security", [{}], [{}, { security: [{ s: [] }] }]],
    [
      "the security scheme",
      [{ security: [{ s: [] }] }, scheme("IAM")],
      [{ security: [{ s: [] }] }, scheme("AppSigv1")],
    ],
    [
      "a policy it names",
      [{ "x-apigateway-ratelimit": "gold" }, policies],
      [{ "x-apigateway-ratelimit": "gold" }, { "x-apigateway-ratelimits": { gold: { "api-limit": 11 } } }],
    ],
    ["another extension of the document", [{}], [{}, { "x-apigateway-zone": "a" }]],
  ];
  for (const [what, before, after] of seen) {
    it(`sees ${what}`, async () => assert.notEqual(await fingerprintOf(...before), await fingerprintOf(...after)));
  }

  const schema = (description: string): Node => ({ "application/json": { schema: { type: "object", description } } });
  const ignored: readonly Edit[] = [
    ["info", [{}], [{}, { info: { title: "other", version: "2", description: "d" } }]],
    ["servers", [{}], [{ servers: [{ url: "/" }] }, { servers: [{ url: "https://a.example" }] }]],
    [
      "a description in the schema of the body",
      [{ requestBody: { content: schema("a") } }],
      [{ requestBody: { content: schema("b") } }],
    ],
    [
      "responses",
      [{}],
      [{ responses: { 200: { description: "other", content: schema("a") }, 404: { description: "x" } } }],
    ],
    [
      "a description in the schema of a parameter",
      [{ parameters: [id] }],
      [{ parameters: [{ ...id, schema: { type: "string", description: "d", title: "t" } }] }],
    ],
    [
      "external documentation and deprecation",
      [{}],
      [{ externalDocs: { url: "https://a.example" }, deprecated: true }],
    ],
    [
      "the order of parameters",
      [{ parameters: [id, { ...id, name: "b" }] }],
      [{ parameters: [{ ...id, name: "b" }, id] }],
    ],
    ["extensions of others", [{ "x-internal": 1 }], [{ "x-internal": 2 }]],
    [
      "policies it does not name",
      [{ "x-apigateway-ratelimit": "gold" }, policies],
      [{ "x-apigateway-ratelimit": "gold" }, { "x-apigateway-ratelimits": { gold: { "api-limit": 10 } } }],
    ],
    ["shared parts it does not use", [{}], [{}, { components: { schemas: { Pet: { type: "object" } } } }]],
    [
      "a security scheme's description",
      [{ security: [{ s: [] }] }, scheme("IAM")],
      [
        { security: [{ s: [] }] },
        {
          components: {
            securitySchemes: {
              s: { type: "apiKey", in: "header", name: "n", "x-apigateway-auth-type": "IAM", description: "d" },
            },
          },
        },
      ],
    ],
  ];
  for (const [what, before, after] of ignored) {
    it(`does not see ${what}`, async () => assert.equal(await fingerprintOf(...before), await fingerprintOf(...after)));
  }

  it("is the same for a parameter written out, shared, or given to the whole path", async () => {
    const out = openapi({ "/pets": { get: { responses: ok, parameters: [id] } } });
    const shared = openapi(
      { "/pets": { get: { responses: ok, parameters: [{ $ref: "#/components/parameters/Id" }] } } },
      { components: { parameters: { Id: id } } },
    );
    const path = openapi({ "/pets": { get: { responses: ok }, parameters: [id] } });
    const [a, b, c] = await Promise.all(
      [out, shared, path].map(async (source) => operationsMap(await loadDefinition(source))),
    );
    assert.deepEqual(a, b);
    assert.deepEqual(a, c);
  });

  it("sees an own parameter that replaces the path's", async () => {
    const source = (own: Node[]) => openapi({ "/pets": { get: { responses: ok, parameters: own }, parameters: [id] } });
    const plain = await loadDefinition(source([]));
    const replaced = await loadDefinition(source([{ ...id, required: true }]));
    assert.notDeepEqual(operationsMap(plain), operationsMap(replaced));
  });

  it("sees the protocols of Swagger 2.0, in any order", async () => {
    const source = (schemes: string[]) => swagger({ "/a": { get: { responses: ok } } }, { schemes });
    const [one, both, turned] = await Promise.all(
      [["https"], ["http", "https"], ["https", "http"]].map(async (schemes) =>
        operationsMap(await loadDefinition(source(schemes))),
      ),
    );
    assert.notDeepEqual(one, both);
    assert.deepEqual(both, turned);
  });

  it("differs between methods and paths of equal content", async () => {
    const { operations } = await loadDefinition(
      openapi({ "/a": { get: { responses: ok }, put: { responses: ok } }, "/b": { get: { responses: ok } } }),
    );
    assert.equal(new Set(operations.map(({ fingerprint }) => fingerprint)).size, 3);
  });

  it("stays what it is: a change here would re-import every operation of every user", async () => {
    const get = {
      operationId: "list",
      description: "d",
      parameters: [id],
      security: [{ s: [] }],
      "x-apigateway-backend": backend,
    };
    assert.equal(await fingerprintOf(get, scheme("IAM")), "W07NrWtyC-f7dS09");
  });
});
