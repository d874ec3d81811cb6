import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { loadDefinition, operationsMap, split, subset } from "../../provider/definition";

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

/** An extension value: any JSON, keys of all kinds. */
const extension = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });

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
    "x-apigateway-backend": extension,
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
    "x-apigateway-ratelimits": { gold: { limit: 1 }, silver: { limit: 2 } },
  }));

const fingerprints = async (source: string | Node): Promise<Record<string, string>> =>
  operationsMap(await loadDefinition(source));

/** The same value with the members of every mapping turned round. */
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

/** Edits of parts that APIG has no field for. */
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
  (node) => (node["x-apigateway-backend"] = { type: "MOCK", edited: true }),
  (node) => (node["x-apigateway-cors"] = "edited"),
  (node) => (node["security"] = [{ iam: [] }, { code: [] }, {}]),
  (node) => (node["parameters"] = [{ name: "edited", in: "query", schema: { type: "string", maxLength: 7 } }]),
];

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};

describe("fingerprints, whatever the definition", () => {
  it("do not depend on the order of keys, on white space, nor on JSON or YAML", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.nat(4), async (source, indent) => {
        const expected = await fingerprints(source);
        assert.deepEqual(await fingerprints(reversed(source) as Node), expected);
        assert.deepEqual(await fingerprints(JSON.stringify(source, undefined, indent)), expected);
        assert.deepEqual(await fingerprints(stringify(source)), expected);
      }),
      { numRuns: 30 },
    );
  });

  it("do not change with edits of what APIG drops", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.nat(), fc.constantFrom(...dropped), async (source, index, edit) => {
        const edited = structuredClone(source);
        edit(edited, pick(operationsOf(edited), index).node);
        assert.deepEqual(await fingerprints(edited), await fingerprints(source));
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
        const { [key]: before, ...others } = await fingerprints(source);
        const { [key]: after, ...same } = await fingerprints(edited);
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
        assert.deepEqual(await fingerprints(shared), await fingerprints(written));
      }),
      { numRuns: 30 },
    );
  });
});

describe("parts, whatever the definition", () => {
  it("carry exactly the operations asked for, unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.infiniteStream(fc.boolean()), async (source, coins) => {
        const loaded = await loadDefinition(source);
        const wanted = Object.entries(operationsMap(loaded)).filter(() => coins.next().value);
        assert.deepEqual(
          await fingerprints(subset(loaded, new Set(wanted.map(([key]) => key)))),
          Object.fromEntries(wanted),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("together are the whole, no operation twice, none above the limit", async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.integer({ min: 1, max: 5 }), async (source, max) => {
        const loaded = await loadDefinition(source);
        const whole = operationsMap(loaded);
        const parts = await Promise.all(split(loaded, new Set(Object.keys(whole)), max).map(fingerprints));
        assert.equal(parts.length, Math.ceil(loaded.operations.length / max));
        for (const part of parts) assert.ok(Object.keys(part).length <= max);
        assert.deepEqual(
          parts.flatMap((part) => Object.entries(part)),
          Object.entries(whole),
        );
      }),
      { numRuns: 30 },
    );
  });
});
