/** How parameters are sent: the service has texts and numbers in path, query and header, with a few limits. */
import assert from "node:assert/strict";
import { complaintOf, ok, openapi, read, sentOf, swagger } from "./documents";

type Node = Record<string, unknown>;

/** The parameters that are sent for an operation with these parameters. */
async function sent(parameters: unknown[], path = "/a", root: Node = {}): Promise<Node[]> {
  const document = await sentOf(openapi({ [path]: { get: { responses: ok, parameters } } }, root));
  return Object.values(document["paths"] as Record<string, { get: { parameters: Node[] } }>)[0]?.get.parameters ?? [];
}

/** What is sent for a query parameter with this schema. */
async function schema(of: unknown, root?: Node): Promise<unknown> {
  return (await sent([{ name: "q", in: "query", schema: of }], "/a", root))[0]?.["schema"];
}

describe("A parameter", () => {
  const shapes: Record<string, [unknown, unknown]> = {
    "a text with its limits": [
      { type: "string", minLength: 1, maxLength: 9, pattern: "x", format: "uuid", default: "a" },
      { type: "string", minLength: 1, maxLength: 9, default: "a" },
    ],
    "a number with its limits": [
      { type: "number", minimum: 0.5, maximum: 9, multipleOf: 3 },
      { type: "number", minimum: 0.5, maximum: 9 },
    ],
    "a whole number that may not reach its limits": [
      { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 10 },
      { type: "integer", minimum: 1, maximum: 9 },
    ],
    "the same in the words of 3.0": [
      { type: "integer", minimum: 0, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: false },
      { type: "integer", minimum: 1, maximum: 10 },
    ],
    "a fraction that may not reach its limit": [
      { type: "number", exclusiveMinimum: 0 },
      { type: "number", minimum: 0 },
    ],
    "a flag": [
      { type: "boolean", default: false },
      { type: "string", default: "false" },
    ],
    "a list": [{ type: "array", items: { type: "integer" }, default: [1] }, { type: "string" }],
    "a mapping": [{ type: "object", additionalProperties: true }, { type: "string" }],
    "a number that may be null": [
      { type: ["integer", "null"], minimum: 1, default: 3 },
      { type: "string", default: "3" },
    ],
    "a number or null": [{ anyOf: [{ type: "integer" }, { type: "null" }] }, { type: "string" }],
    "a nullable number of 3.0": [{ type: "integer", nullable: true }, { type: "string" }],
    "a text or null": [
      { anyOf: [{ type: "string", maxLength: 5 }, { type: "null" }] },
      { type: "string", maxLength: 5 },
    ],
    "a number or a text": [{ oneOf: [{ type: "integer", maximum: 3 }, { type: "string" }] }, { type: "string" }],
    "all of some": [{ allOf: [{ type: "integer" }, { minimum: 2 }] }, { type: "integer", minimum: 2 }],
    "one of some texts": [{ enum: ["a", "b"] }, { type: "string", enum: ["a", "b"] }],
    "one of some numbers": [{ enum: [1, 2] }, { type: "number", enum: [1, 2] }],
    "one of some texts with a comma, which the service would cut": [{ enum: ["a,b", "c"] }, { type: "string" }],
    "a constant": [{ const: "x" }, { type: "string", enum: ["x"] }],
    "limits of zero, which exports write for none": [
      { type: "string", maxLength: 0, minimum: 0, maximum: 0 },
      { type: "string" },
    ],
    "the same of a number": [{ type: "number", minimum: 0, maximum: 0 }, { type: "number" }],
    "a text with lengths that are none": [{ type: "string", minLength: 0.5, maxLength: "9" }, { type: "string" }],
    "one of some that stand there twice": [{ enum: ["a", "b", "a"] }, { type: "string", enum: ["a", "b"] }],
    "one of some numbers that stand there twice": [
      { type: "integer", enum: [1, 1] },
      { type: "integer", enum: [1] },
    ],
    "a limit that is zero": [
      { type: "integer", minimum: 0, maximum: 5 },
      { type: "integer", minimum: 0, maximum: 5 },
    ],
    nothing: [{}, { type: "string" }],
  };
  for (const [what, [given, kept]] of Object.entries(shapes)) {
    it(`that is ${what} is sent as ${JSON.stringify(kept)}`, async () => assert.deepEqual(await schema(given), kept));
  }

  it("has its schema behind references, and may have it in `content`", async () => {
    const root = {
      components: { schemas: { Size: { $ref: "#/components/schemas/Whole" }, Whole: { type: "integer" } } },
    };
    assert.deepEqual(await schema({ $ref: "#/components/schemas/Size" }, root), { type: "integer" });
    const content = { "application/json": { schema: { type: "integer" } } };
    assert.deepEqual((await sent([{ name: "q", in: "query", content }]))[0]?.["schema"], { type: "integer" });
  });

  it("of Swagger 2.0 has its type in itself; bodies and forms are none", async () => {
    const parameters = [
      { name: "n", in: "query", type: "long", maximum: 3 },
      { name: "b", in: "body", description: "what to make", schema: { type: "object" } },
      { name: "f", in: "formData", type: "file" },
    ];
    const document = await sentOf(swagger({ "/a": { post: { responses: ok, parameters } } }));
    const { post } = (document["paths"] as Record<string, { post: Node }>)["/a"] ?? {};
    assert.deepEqual(post?.["parameters"], [
      { name: "n", in: "query", required: false, schema: { type: "integer", maximum: 3 } },
    ]);
    assert.deepEqual(post["requestBody"], { description: "what to make", content: {} });
  });

  it("of the path item holds for its operations, unless they have their own", async () => {
    const shared = [{ name: "q", in: "query", schema: { type: "integer" } }];
    const own = [{ name: "q", in: "query", required: true, schema: {} }];
    const item = { parameters: shared, get: { responses: ok }, put: { responses: ok, parameters: own } };
    const { operations } = await read(openapi({ "/a": item }));
    assert.deepEqual(
      operations.map(({ line }) => /, (q\*?), mock/.exec(line)?.[1]),
      ["q", "q*"],
    );
  });

  it("keeps its example, where its notation has one", async () => {
    const [one] = await sent([{ name: "q", in: "query", example: 3, schema: { type: "integer" } }]);
    assert.equal(one?.["example"], 3);
    const { paths } = (await sentOf(
      swagger(
        { "/a": { get: { responses: ok, parameters: [{ name: "q", in: "query", type: "integer", example: 3 }] } } },
        { schemes: ["https"] },
      ),
    )) as { paths: { "/a": { get: { parameters: unknown[] } } } };
    assert.deepEqual(paths["/a"].get.parameters, [{ name: "q", in: "query", required: false, type: "integer" }]);
  });

  it("in a cookie is not sent", async () => {
    assert.deepEqual(await sent([{ name: "session", in: "cookie", schema: {} }]), []);
  });
});

describe("The parameters of a path", () => {
  const namesAt = async (path: string, ...parameters: unknown[]) =>
    (await sent(parameters, path)).map(({ name, required }) => [name, required]);
  const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "integer" } });

  it("are all declared, whether the file does so or not", async () => {
    assert.deepEqual(await namesAt("/a/{id}/{part}", inPath("id")), [
      ["id", true],
      ["part", true],
    ]);
    assert.deepEqual(await namesAt("/a", inPath("id")), [], "one that the path does not have is dropped");
  });

  it("that take the rest are declared without their plus", async () => {
    for (const name of ["proxy", "proxy+"])
      assert.deepEqual(await namesAt("/a/{proxy+}", inPath(name)), [["proxy", true]]);
  });

  it("get a name that APIG takes", async () => {
    const document = await sentOf(
      openapi({ "/a/{$id}/{1st}/{名}": { get: { responses: ok, parameters: [inPath("$id")] } } }),
    );
    const [path = ""] = Object.keys(document["paths"] as object);
    assert.match(path, /^\/a\/\{[A-Za-z][\w.-]*\}\/\{[A-Za-z][\w.-]*\}\/\{[A-Za-z][\w.-]*\}$/);
    assert.equal(new Set(path.match(/\{[^}]+\}/g)).size, 3);
  });

  it("keep what a back end of the file is given of them under their new names", async () => {
    const backend = {
      type: "HTTP",
      httpEndpoints: { address: "a.example.com", scheme: "http", method: "GET", path: "/{x}" },
      parameters: [{ name: "x", in: "path", value: "$id", origin: "REQUEST" }],
    };
    const { operations } = await read(
      openapi({ "/{$id}": { get: { responses: ok, "x-apigateway-backend": backend } } }),
    );
    const sent = operations[0]?.projection.operation["x-apigateway-backend"] as { parameters: { value: string }[] };
    assert.equal(`/{${sent.parameters[0]?.value}}`, operations[0]?.path);
  });

  it("of one name are told apart", async () => {
    const names = (await namesAt("/a/{id}/{b}/{id}")).map(([name]) => name);
    assert.equal(new Set(names).size, 3);
  });

  it("of one name are told apart from what looks like it, too", async () => {
    const names = (await namesAt("/{id_3}/{id}/{id}")).map(([name]) => name);
    assert.equal(new Set(names).size, 3);
  });

  it("of one name reach a back end of the file one after the other, and its policies, too", async () => {
    const parameters = ["x", "y"].map((name) => ({ name, in: "path", value: "id", origin: "REQUEST" }));
    const endpoint = { address: "a.example.com", scheme: "http", method: "GET", path: "/{x}/{y}" };
    const backend = { type: "HTTP", httpEndpoints: endpoint };
    const constant = { name: "z", in: "query", value: "id", origin: "CONSTANT" };
    const get = {
      responses: ok,
      "x-apigateway-backend": { ...backend, parameters: [...parameters, constant] },
      "x-apigateway-backend-policies": [
        {
          ...backend,
          name: "gold",
          parameters,
          conditions: [{ type: "equal", value: "1", origin: "request", parameter: "id" }],
        },
      ],
    };
    const { operations } = await read(openapi({ "/{id}/{id}": { get } }));
    const { projection, path } = operations[0]!;
    const valuesOf = (backend: unknown) =>
      (backend as { parameters: { value: string }[] }).parameters.map((p) => p.value);
    const [policy] = projection.operation["x-apigateway-backend-policies"] as { conditions: unknown }[];
    const [first, second] = Array.from(path.matchAll(/\{(.*?)\}/g), ([, name]) => name);
    assert.deepEqual(valuesOf(projection.operation["x-apigateway-backend"]), [first, second, "id"]);
    assert.deepEqual(valuesOf(policy), [first, second]);
    assert.deepEqual(policy?.conditions, [{ type: "equal", value: "1", origin: "request", parameter: first }]);
  });

  it("are at most fifty", async () => {
    const path = (count: number) => Array.from({ length: count }, (_, index) => `/{v${index}}`).join("");
    assert.equal((await namesAt(path(50))).length, 50);
    assert.match(
      await complaintOf(openapi({ [path(51)]: { get: { responses: ok } } })),
      /51 variables; an API takes 50/,
    );
  });

  for (const path of [
    "/a/pre-{x}",
    "/a/{x}-post",
    "/a/{x}{y}",
    "/a/{x",
    "/a/x}",
    "/a/{}",
    "/a/{x+}/b",
    "/a/{*x}",
    "/a/{x?}",
    "/a/{x...}",
    "/a/*",
  ]) {
    it(`are whole segments: ${path} is refused`, async () => {
      assert.notEqual(await complaintOf(openapi({ [path]: { get: { responses: ok } } })), "");
    });
  }

  it("leave room for 512 characters", async () => {
    const path = `/${"a".repeat(511)}`;
    assert.equal((await read(openapi({ [path]: { get: { responses: ok } } }))).operations.length, 1);
    assert.match(await complaintOf(openapi({ [`${path}b`]: { get: { responses: ok } } })), /has 513 characters/);
  });
});

describe("Parameters that APIG cannot declare", () => {
  const dropped = async (...parameters: unknown[]) =>
    [...(await read(openapi({ "/a": { get: { responses: ok, parameters } } }))).dropped.values()].flat();
  const named = (name: string, place: string) => ({ name, in: place, schema: {} });

  it("are dropped by name", async () => {
    for (const name of ["a[b]", "$top", "1a", "x".repeat(33), "a b", ""])
      assert.deepEqual(await dropped(named(name, "query")), [name]);
    for (const name of ["a", "A-b_c.d", "x".repeat(32)]) assert.deepEqual(await dropped(named(name, "query")), []);
    for (const name of ["Authorization", "x-auth-token", "X-Apig-Mode", "x-sdk-date", "x-stage", "a_b"]) {
      assert.deepEqual(await dropped(named(name, "header")), [name]);
    }
  });

  it("are dropped where a header is there in other letters, and beyond fifty", async () => {
    assert.deepEqual(await dropped(named("X-Id", "header"), named("x-id", "header")), ["x-id"]);
    const many = Array.from({ length: 52 }, (_, index) => named(`q${index}`, "query"));
    assert.deepEqual(await dropped(...many), ["q50", "q51"]);
  });

  it("are errors where a back end of the file names them", async () => {
    const backend = {
      type: "HTTP",
      httpEndpoints: { address: "a.example.com", scheme: "http", method: "GET", path: "/" },
      parameters: [{ name: "q", in: "query", value: "a[b]", origin: "REQUEST" }],
    };
    const get = { responses: ok, parameters: [named("a[b]", "query")], "x-apigateway-backend": backend };
    assert.match(
      await complaintOf(openapi({ "/a": { get } })),
      /is given the parameter a\[b\], which APIG cannot declare/,
    );
    const policy = { ...backend, name: "gold", conditions: [] };
    assert.match(
      await complaintOf(openapi({ "/a": { get: { responses: ok, "x-apigateway-backend-policies": [policy] } } })),
      /its back-end policy gold is given the parameter a\[b\], which the operation does not have/,
    );
  });
});
