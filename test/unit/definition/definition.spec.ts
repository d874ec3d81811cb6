import assert from "node:assert/strict";
import { DefinitionError } from "../../../provider/definition";
import { keysOf, ok, openapi, operationOf, problemsOf, read, swagger } from "./documents";

const scheme = { type: "apiKey", name: "Authorization", in: "header" };
const schemes = {
  open: scheme,
  app: { ...scheme, "x-apigateway-auth-type": "AppSigv1" },
  code: { ...scheme, "x-apigateway-auth-type": "AppSigv1", "x-apigateway-auth-opt": { "appcode-auth-type": "header" } },
  iam: { ...scheme, "x-apigateway-auth-type": "IAM" },
  own: { ...scheme, "x-apigateway-auth-type": "AUTHORIZER" },
};

describe("a loaded definition", () => {
  it("carries title and description", async () => {
    const info = { title: "pets", description: "all of them", version: "1" };
    const paths = { "/a": { get: { responses: ok } } };
    const three = await read(openapi(paths, { info }));
    assert.deepEqual([three.title, three.description], ["pets", "all of them"]);
    const two = await read(swagger(paths));
    assert.deepEqual([two.title, two.description], ["pets", undefined]);
  });

  it("may have a version that YAML takes for a number", async () => {
    const text = "openapi: 3.0.3\ninfo: { title: pets, version: 1.0 }\npaths: { /a: { get: { responses: {} } } }\n";
    assert.equal((await read(text)).title, "pets");
  });

  it("keys operations by method and path in the order of the paths", async () => {
    const paths = {
      "/b": { post: { responses: ok }, get: { responses: ok } },
      "/a": { delete: { responses: ok } },
      "x-note": {},
    };
    const { operations } = await read(openapi(paths));
    assert.deepEqual(
      operations.map(({ key, method, path }) => [key, method, path]),
      [
        ["GET /b", "GET", "/b"],
        ["POST /b", "POST", "/b"],
        ["DELETE /a", "DELETE", "/a"],
      ],
    );
  });

  it("puts the basePath of Swagger 2.0 in front of the paths, without doubling the slash", async () => {
    for (const [basePath, path] of [
      ["/v1", "/v1/pets"],
      ["/v1/", "/v1/pets"],
      ["/", "/pets"],
    ] as const) {
      const { operations } = await read(swagger({ "/pets": { get: { responses: ok } } }, { basePath }));
      assert.deepEqual(
        operations.map((operation) => operation.path),
        [path],
      );
    }
  });

  it("ignores host, schemes of addresses and servers of OpenAPI 3.0 in paths", async () => {
    const { operations } = await read(
      openapi({ "/pets": { get: { responses: ok } } }, { servers: [{ url: "https://example.com/v1" }] }),
    );
    assert.deepEqual(
      operations.map(({ key }) => key),
      ["GET /pets"],
    );
  });

  it("knows x-apigateway-any-method as the method ANY", async () => {
    const { operations } = await read(
      openapi({ "/pets": { "x-apigateway-any-method": { operationId: "all_pets", responses: ok } } }),
    );
    assert.deepEqual(
      operations.map(({ key, name }) => [key, name]),
      [["ANY /pets", "all_pets"]],
    );
  });

  it("follows path items that are references", async () => {
    const { operations } = await read(openapi({ "/a": { $ref: "#/paths/~1b" }, "/b": { get: { responses: ok } } }));
    assert.deepEqual(
      operations.map(({ key }) => key),
      ["GET /a", "GET /b"],
    );
  });

  it("describes operations by default as public, exact, open and without backend", async () => {
    const { line, projection, ...rest } = await operationOf({});
    assert.match(line, /^get_pets, public, NONE, mock #[\w-]{8}$/);
    assert.equal(projection.scheme, null);
    assert.deepEqual(rest, {
      key: "GET /pets",
      method: "GET",
      path: "/pets",
      name: "get_pets",
      matchMode: "NORMAL",
      requestType: "public",
      authentication: { authType: "NONE", appCode: false },
      backendType: "MOCK",
      protocol: undefined,
      cors: false,
      description: "",
    });
  });

  it("reads match mode, request type, CORS and kind of back end from the extensions", async () => {
    const extensions = {
      "x-apigateway-match-mode": "SWA",
      "x-apigateway-request-type": "private",
      "x-apigateway-cors": true,
      "x-apigateway-backend": {
        type: "FUNCTION",
        functionEndpoints: { "function-urn": "u", version: "v", "invocation-type": "sync" },
      },
    };
    const { matchMode, requestType, cors, backendType } = await operationOf(extensions);
    assert.deepEqual([matchMode, requestType, cors, backendType], ["SWA", "private", true, "FUNCTION"]);
  });

  it("tells the protocol from schemes of Swagger 2.0, those of the operation first", async () => {
    const protocolWith = async (own: object, root: object) => {
      const { operations } = await read(swagger({ "/a": { get: { responses: ok, ...own } } }, { ...root }));
      return operations[0]?.protocol;
    };
    assert.equal(await protocolWith({}, {}), undefined);
    assert.equal(await protocolWith({}, { schemes: ["http"] }), "HTTP");
    assert.equal(await protocolWith({ schemes: ["https"] }, { schemes: ["http"] }), "HTTPS");
    assert.equal(await protocolWith({ schemes: ["https", "http"] }, {}), "BOTH");
    assert.equal(await protocolWith({ schemes: ["ws"] }, {}), undefined);
  });

  const authentications: [string, object[] | undefined, object[] | undefined, string | undefined, boolean][] = [
    ["no security at all", undefined, undefined, "NONE", false],
    ["a global scheme", undefined, [{ app: [] }], "APP", false],
    ["an own scheme instead of the global one", [{ iam: [] }], [{ app: [] }], "IAM", false],
    ["an empty list that lifts the global one", [], [{ app: [] }], "NONE", false],
    ["an empty requirement", [{}], undefined, "NONE", false],
    ["simple authentication", [{ code: [] }], undefined, "APP", true],
    ["a custom authorizer", [{ own: [] }], undefined, "AUTHORIZER", false],
  ];
  for (const [what, own, global, authType, appCode] of authentications) {
    it(`tells the authentication with ${what}`, async () => {
      const root = { components: { securitySchemes: schemes }, ...(global && { security: global }) };
      const { authentication } = await operationOf(own ? { security: own } : {}, root);
      assert.deepEqual(authentication, { authType, appCode });
    });
  }

  it("tells the authentication of Swagger 2.0 alike", async () => {
    const { operations } = await read(
      swagger({ "/a": { get: { responses: ok, security: [{ code: [] }] } } }, { securityDefinitions: schemes }),
    );
    assert.deepEqual(operations[0]?.authentication, { authType: "APP", appCode: true });
  });
});

describe("problems of a definition", () => {
  it("point at a reference that leads nowhere, where it is needed", async () => {
    const paths = { "/pets": { get: { responses: ok, parameters: [{ $ref: "#/components/parameters/None" }] } } };
    const [problem, ...more] = await problemsOf(openapi(paths));
    assert.deepEqual(more, []);
    assert.equal(problem?.pointer, "/paths/~1pets/get/parameters/0/$ref");
    assert.match(problem.message, /"#\/components\/parameters\/None": it leads nowhere/);
  });

  it("are no references, types or members that APIG has no use for", async () => {
    const schema = { type: ["object", "null"], properties: { a: { $ref: "#/nowhere" } }, exclusiveMinimum: 3 };
    const content = { "application/json": { schema } };
    const post = {
      responses: { 201: { description: "x", content } },
      requestBody: { content },
      callbacks: 7,
      new: true,
    };
    const root = { webhooks: { a: 1 }, components: { schemas: { A: schema } }, jsonSchemaDialect: "any" };
    assert.deepEqual(await keysOf(openapi({ "/a": { post } }, root)), ["POST /a"]);
  });

  it("are all found at once", async () => {
    const get = { responses: ok, parameters: [{ $ref: "#/none" }] };
    assert.equal((await problemsOf(openapi({ "/a": { get }, "/b": { get }, c: { get } }))).length, 3);
  });

  it("are told in lines, the first twenty and the number of the rest", () => {
    const problems = Array.from({ length: 23 }, (_, index) => ({
      pointer: index === 0 ? "" : `/p${index}`,
      message: "is odd",
    }));
    const lines = new DefinitionError(problems).message.split("\n");
    assert.deepEqual(
      [lines[0], lines[1], lines[2], lines.at(-1)],
      ["the API definition has 23 problems:", "  (document): is odd", "  /p1: is odd", "  and 3 more"],
    );
    assert.equal(lines.length, 22);
  });

  it("of one kind are one line, which names the operations", () => {
    const problems = Array.from({ length: 9 }, (_, index) => ({
      pointer: `/paths/~1p${index}/get`,
      message: "is odd",
      operation: { key: `GET /p${index}`, pointer: `/paths/~1p${index}/get` },
    }));
    assert.equal(
      new DefinitionError(problems).message,
      "the API definition has 9 problems:\n  GET /p0: is odd (also GET /p1, GET /p2, GET /p3, GET /p4, GET /p5, 3 more)",
    );
  });

  it("tell of members of a path item that look like methods", async () => {
    const get = { responses: ok };
    const messages = (await problemsOf(openapi({ "/a": { get, Post: get, delte: get } }))).map(
      ({ message }) => message,
    );
    assert.deepEqual(
      messages.map((message) => /did you mean (\w+)\?/.exec(message)?.[1]),
      ["post", "delete"],
    );
  });

  it("tell of two operations that become one", async () => {
    const paths = { "/a": { get: { responses: ok } }, "/b": { get: { responses: ok } } };
    const [problem] = await problemsOf(openapi(paths), { overrides: { "/b": { path: "/a" } } });
    assert.match(problem?.message ?? "", /another operation of the definition is GET \/a, too/);
  });

  for (const security of ["app", ["app"], { app: [] }, null, [[]], 7]) {
    it(`are security of the shape ${JSON.stringify(security)}, which would open the API`, async () => {
      const components = { securitySchemes: schemes };
      const own = openapi({ "/a": { get: { responses: ok, security } } }, { components });
      const global = openapi({ "/a": { get: { responses: ok } } }, { components, security });
      for (const [document, pointer] of [
        [own, "/paths/~1a/get/security"],
        [global, "/security"],
      ] as const) {
        const [problem, ...more] = await problemsOf(document, { defaults: { auth: "NONE" } });
        assert.deepEqual([problem?.pointer, more], [pointer, []]);
        assert.match(problem?.message ?? "", /must be a list of mappings/);
      }
    });
  }

  it("are operations, lists and parameters of another shape, which would be lost", async () => {
    const get = (more: object) => ({ get: { responses: ok, ...more } });
    for (const [item, message] of [
      [{ get: null }, "an operation must be a mapping"],
      [{ "x-apigateway-any-method": [] }, "an operation must be a mapping"],
      [get({ parameters: { id: {} } }), "must be a list"],
      [{ ...get({}), parameters: "id" }, "must be a list"],
      [get({ parameters: ["id"] }), "a parameter must be a mapping"],
      [get({ tags: "admin" }), "must be a list"],
      [get({ schemes: "https" }), "must be a list"],
    ] as const) {
      const problems = await problemsOf(swagger({ "/a": item, "/b": get({}) }));
      assert.deepEqual(new Set(problems.map((problem) => problem.message)), new Set([message]));
    }
    assert.deepEqual(await keysOf(openapi({ "/a": get({ parameters: null, tags: null }) })), ["GET /a"]);
  });

  it("are there where nothing is left to import", async () => {
    assert.match((await problemsOf(openapi({})))[0]?.message ?? "", /no operations to import/);
  });
});
