import assert from "node:assert/strict";
import { loadDefinition, MAX_OPERATIONS, operationsMap, split, subset } from "../../../provider/definition";
import { many, ok, openapi, swagger } from "./documents";

type Node = Record<string, unknown>;

const use = (name: string): Node => ({
  200: { description: "x", content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } },
});

async function cut(source: Node, ...keys: string[]): Promise<{ document: Node; keys: string[] }> {
  const text = subset(await loadDefinition(source), new Set(keys));
  return { document: JSON.parse(text) as Node, keys: Object.keys(operationsMap(await loadDefinition(text))) };
}

describe("a part of a definition", () => {
  const source = openapi(
    {
      "/a": {
        summary: "s",
        parameters: [{ $ref: "#/components/parameters/Id" }],
        get: { responses: use("Pet") },
        put: { responses: use("Shop") },
      },
      "/b": { get: { responses: use("Shop") }, "x-apigateway-any-method": { responses: ok } },
      "/c": { get: { responses: ok } },
    },
    {
      security: [{ s: [] }],
      tags: [{ name: "t" }],
      "x-apigateway-ratelimits": { gold: {} },
      components: {
        securitySchemes: { s: { type: "apiKey", in: "header", name: "n" } },
        "x-apigateway-responses": { default: {} },
        parameters: { Id: { name: "id", in: "query", schema: { type: "string" } } },
        schemas: {
          Pet: { type: "object", properties: { owner: { $ref: "#/components/schemas/Owner" } } },
          Owner: {
            type: "object",
            properties: { pets: { type: "array", items: { $ref: "#/components/schemas/Pet" } } },
          },
          Shop: { type: "object" },
        },
      },
    },
  );

  it("has the operations asked for and no other", async () => {
    assert.deepEqual((await cut(source, "GET /a", "ANY /b", "GET /none")).keys, ["GET /a", "ANY /b"]);
  });

  it("keeps the other members of the path, and everything at the root", async () => {
    const { document } = await cut(source, "GET /a");
    assert.deepEqual(Object.keys((document["paths"] as Record<string, Node>)["/a"] ?? {}), [
      "summary",
      "parameters",
      "get",
    ]);
    const others = (node: Node) => Object.entries(node).filter(([key]) => key !== "paths" && key !== "components");
    assert.deepEqual(others(document), others(source));
  });

  it("takes along the shared parts it refers to, directly or not, and no other schemas", async () => {
    const { document } = await cut(source, "GET /a");
    const components = document["components"] as Record<string, Node>;
    assert.deepEqual(Object.keys(components["schemas"] ?? {}).sort(), ["Owner", "Pet"]);
    assert.deepEqual(Object.keys(components["parameters"] ?? {}), ["Id"]);
    assert.deepEqual(components["securitySchemes"], (source["components"] as Record<string, Node>)["securitySchemes"]);
    assert.deepEqual(components["x-apigateway-responses"], { default: {} });
  });

  it("leaves fingerprints as they are", async () => {
    const all = operationsMap(await loadDefinition(source));
    const text = subset(await loadDefinition(source), new Set(["GET /a"]));
    assert.equal(operationsMap(await loadDefinition(text))["GET /a"], all["GET /a"]);
  });

  it("gives operations other names where it is told to", async () => {
    const names = new Map([
      ["GET /a", "another"],
      ["PUT /a", undefined],
    ]);
    const named = openapi({
      "/a": { get: { operationId: "own-get", responses: ok }, put: { operationId: "own-put", responses: ok } },
    });
    const definition = await loadDefinition(named);
    const renamed = await loadDefinition(subset(definition, new Set(names.keys()), names));
    assert.deepEqual(
      renamed.operations.map(({ name }) => name),
      ["another", "own-put"],
    );
    assert.deepEqual(
      definition.operations.map(({ name }) => name),
      ["own-get", "own-put"],
    );
  });

  it("keeps the basePath of Swagger 2.0, and prunes its shared parts", async () => {
    const two = swagger(
      {
        "/a": { get: { responses: { 200: { description: "x", schema: { $ref: "#/definitions/Pet" } } } } },
        "/b": { get: { responses: ok } },
      },
      {
        basePath: "/v1",
        definitions: { Pet: { type: "object" }, Shop: { type: "object" } },
        parameters: { Id: { name: "id", in: "query", type: "string" } },
      },
    );
    const { document, keys } = await cut(two, "GET /v1/a");
    assert.deepEqual(keys, ["GET /v1/a"]);
    assert.deepEqual(document["definitions"], { Pet: { type: "object" } });
    assert.equal(document["parameters"], undefined);
  });

  it("carries what it quotes from an operation that stays behind", async () => {
    const schema = {
      type: "object",
      properties: { again: { $ref: "#/paths/~1a/get/responses/200/content/application~1json/schema" } },
    };
    const quoted = { $ref: "#/paths/~1a/get/responses/200/content/application~1json/schema" };
    const quoting = openapi({
      "/a": { get: { responses: { 200: { description: "x", content: { "application/json": { schema } } } } } },
      "/b": {
        get: {
          responses: {
            200: { description: "x", content: { "application/json": { schema: quoted } } },
            404: { $ref: "#/paths/~1a/get/responses/200" },
          },
        },
      },
    });
    const { document, keys } = await cut(quoting, "GET /b");
    assert.deepEqual(keys, ["GET /b"]);
    const components = document["components"] as Record<string, Node>;
    assert.deepEqual(Object.keys(components).sort(), ["responses", "schemas"]);
    assert.equal(Object.keys(components["schemas"] ?? {}).length, 1);
    assert.equal(Object.keys(components["responses"] ?? {}).length, 1);
  });

  it("keeps a path that is called like the prototype's members", async () => {
    const { keys } = await cut(
      openapi({ "/__proto__": { get: { responses: ok } }, "/constructor": { get: { responses: ok } } }),
      "GET /__proto__",
    );
    assert.deepEqual(keys, ["GET /__proto__"]);
  });
});

describe("splitting a definition", () => {
  it("makes one document of up to 300 operations, two of 301, none of none", async () => {
    assert.equal(MAX_OPERATIONS, 300);
    const definition = await loadDefinition(many(301));
    const keys = definition.operations.map(({ key }) => key);
    assert.equal(split(definition, new Set(keys.slice(0, 300))).length, 1);
    const parts = split(definition, new Set(keys));
    assert.deepEqual(
      parts.map((text) => Object.keys((JSON.parse(text) as { paths: Node }).paths).length),
      [300, 1],
    );
    assert.deepEqual(split(definition, new Set()), []);
  });

  it("may separate the operations of one path", async () => {
    const definition = await loadDefinition(openapi({ "/a": { get: { responses: ok }, put: { responses: ok } } }));
    const parts = await Promise.all(
      split(definition, new Set(["GET /a", "PUT /a"]), 1).map(async (text) =>
        Object.keys(operationsMap(await loadDefinition(text))),
      ),
    );
    assert.deepEqual(parts, [["GET /a"], ["PUT /a"]]);
  });
});
