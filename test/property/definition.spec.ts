import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { openText, readDefinition, writeDocument, type Definition } from "../../provider/definition";
import { invalidIn } from "../unit/definition/official";

type Node = Record<string, unknown>;

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const text = fc.string({ maxLength: 12 });
const type = fc.constantFrom("string", "integer", "number");

const parameter = fc.record(
  {
    name: word,
    in: fc.constantFrom("query", "header"),
    required: fc.boolean(),
    description: text,
    schema: fc.record({ type }),
  },
  { requiredKeys: ["name", "in", "schema"] },
);

/** Any back end that the checks accept, with unknown members. */
const backend = fc.record({
  type: fc.constant("MOCK"),
  mockEndpoints: fc.record({ "result-content": text }),
  telepathy: fc.jsonValue({ maxDepth: 2 }),
});

const operation = fc.record(
  {
    operationId: word,
    summary: text,
    description: text,
    tags: fc.array(word, { maxLength: 2 }),
    deprecated: fc.boolean(),
    parameters: fc.uniqueArray(parameter, { maxLength: 3, selector: ({ name, in: place }) => `${place} ${name}` }),
    security: fc.array(fc.constantFrom({}, { code: [] }, { iam: [] }), { maxLength: 2 }),
    responses: fc.constant({
      200: { description: "fine", content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
    }),
    "x-apigateway-match-mode": fc.constantFrom("NORMAL", "SWA"),
    "x-apigateway-backend": backend,
    "x-apigateway-ratelimit": fc.constantFrom("gold", "silver"),
  },
  { requiredKeys: ["responses"] },
);

const method = fc.constantFrom("get", "put", "post", "x-apigateway-any-method");
const pathItem = fc.dictionary(method, operation, { minKeys: 1, maxKeys: 3 });

const components = {
  schemas: {
    Pet: { type: "object", description: "a pet", properties: { friend: { $ref: "#/components/schemas/Pet" } } },
    Unused: { type: "string" },
  },
  securitySchemes: {
    iam: { type: "apiKey", in: "header", name: "n", "x-apigateway-auth-type": "IAM" },
    code: {
      type: "apiKey",
      in: "header",
      name: "n",
      "x-apigateway-auth-type": "AppSigv1",
      "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
    },
  },
};

const limit = (count: number) => ({ "api-limit": count, interval: 1, unit: "MINUTE" });

const definition = fc
  .dictionary(
    word.map((name) => `/${name}`),
    pathItem,
    { minKeys: 1, maxKeys: 4 },
  )
  .map((paths): Node => ({
    openapi: "3.0.3",
    info: { title: "pets", version: "1" },
    paths,
    components,
    "x-apigateway-ratelimits": { gold: limit(1), silver: limit(2) },
  }));

const read = (source: string | Node): Promise<Definition> => readDefinition(openText(source), { mockMode: true });

/** The line of each operation, by its key. */
const lines = async (source: string | Node): Promise<Record<string, string>> =>
  Object.fromEntries((await read(source)).operations.map(({ key, line }) => [key, line]));

/** The same value with the members of every mapping in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

/** The operations of a generated document, to be edited in place. */
function operationsOf(source: Node): { key: string; node: Node; item: Node }[] {
  return Object.entries(source["paths"] as Record<string, Record<string, Node>>).flatMap(([path, item]) =>
    Object.entries(item).map(([name, node]) => ({
      key: `${name.startsWith("x-") ? "ANY" : name.toUpperCase()} ${path}`,
      node,
      item,
    })),
  );
}

/** Edits of parts for which APIG has no field. */
const dropped: readonly ((source: Node, node: Node) => void)[] = [
  (source) => Object.assign(source["info"] as Node, { version: "2", title: "other" }),
  (source) =>
    Object.assign(source, { servers: [{ url: "https://other.example" }], externalDocs: { url: "https://a.example" } }),
  (source) => Object.assign((source["components"] as typeof components).schemas.Pet, { description: "another pet" }),
  (_, node) => (node["responses"] = { 404: { description: "gone" } }),
  (_, node) => (node["deprecated"] = node["deprecated"] !== true),
  (_, node) => (node["x-note"] = "ours"),
];

/** Edits that APIG keeps. */
const kept: readonly ((node: Node) => void)[] = [
  (node) => (node["operationId"] = "edited_name"),
  (node) => (node["description"] = "an edited description"),
  (node) => (node["x-apigateway-backend"] = { type: "MOCK", mockEndpoints: { "result-content": "an edited answer" } }),
  (node) => (node["x-apigateway-cors"] = true),
  (node) => (node["x-apigateway-request-type"] = "private"),
  (node) => (node["parameters"] = [{ name: "edited", in: "query", schema: { type: "string", maxLength: 7 } }]),
];

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};

describe("lines of operations, whatever the definition", () => {
  it("do not depend on the order of keys, on white space, nor on JSON or YAML", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.nat(4), async (source, indent) => {
        const expected = await lines(source);
        assert.deepEqual(await lines(reversed(source) as Node), expected);
        assert.deepEqual(await lines(JSON.stringify(source, undefined, indent)), expected);
        assert.deepEqual(await lines(stringify(source)), expected);
      }),
      { numRuns: 30 },
    );
  });

  it("do not change with edits of what APIG drops", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.nat(), fc.constantFrom(...dropped), async (source, index, edit) => {
        const edited = structuredClone(source);
        edit(edited, pick(operationsOf(edited), index).node);
        assert.deepEqual(await lines(edited), await lines(source));
      }),
      { numRuns: 50 },
    );
  });

  it("change with every edit of what APIG keeps, for the edited operation alone", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.nat(), fc.constantFrom(...kept), async (source, index, edit) => {
        const edited = structuredClone(source);
        const { key, node } = pick(operationsOf(edited), index);
        edit(node);
        const { [key]: before, ...others } = await lines(source);
        const { [key]: after, ...same } = await lines(edited);
        assert.notEqual(after, before);
        assert.deepEqual(same, others);
      }),
      { numRuns: 50 },
    );
  });

  it("do not depend on whether a parameter is written out or shared", async () => {
    await fc.assert(
      fc.asyncProperty(definition, parameter, fc.nat(), async (source, extra, index) => {
        const written = structuredClone(source);
        pick(operationsOf(written), index).node["parameters"] = [extra];
        const shared = structuredClone(source);
        pick(operationsOf(shared), index).node["parameters"] = [{ $ref: "#/components/parameters/Shared.it" }];
        (shared["components"] as Node)["parameters"] = {
          "Shared.it": { $ref: "#/components/parameters/Really" },
          Really: extra,
        };
        assert.deepEqual(await lines(shared), await lines(written));
      }),
      { numRuns: 30 },
    );
  });
});

describe("what is sent, whatever the definition", () => {
  it("is valid by the official schema, and projected once more the same", async () => {
    await fc.assert(
      fc.asyncProperty(definition, async (source) => {
        const { title, operations } = await read(source);
        const text = writeDocument({ title }, operations);
        assert.deepEqual(invalidIn(text), []);
        const again = (await read(text)).operations;
        assert.deepEqual(
          again.map(({ projection }) => projection).sort(byText),
          operations.map(({ projection }) => projection).sort(byText),
        );
        assert.deepEqual(await lines(text), await lines(source));
      }),
      { numRuns: 50 },
    );
  });

  it("carries exactly the operations asked for, unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.infiniteStream(fc.boolean()), async (source, coins) => {
        const { title, operations } = await read(source);
        const wanted = operations.filter(() => coins.next().value);
        fc.pre(wanted.length > 0);
        const sent = await lines(writeDocument({ title }, wanted));
        assert.deepEqual(sent, Object.fromEntries(wanted.map(({ key, line }) => [key, line])));
      }),
      { numRuns: 30 },
    );
  });
});

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
