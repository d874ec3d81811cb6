import assert from "node:assert/strict";
import { DefinitionError, loadDefinition, operationsMap } from "../../../provider/definition";
import { ok, openapi, operationOf, problemsOf, swagger } from "./documents";

const scheme = { type: "apiKey", name: "Authorization", in: "header" };
const schemes = {
  open: scheme,
  app: { ...scheme, "x-apigateway-auth-type": "AppSigv1" },
  code: { ...scheme, "x-apigateway-auth-type": "AppSigv1", "x-apigateway-auth-opt": { "appcode-auth-type": "header" } },
  iam: { ...scheme, "x-apigateway-auth-type": "IAM" },
  own: { ...scheme, "x-apigateway-auth-type": "AUTHORIZER" },
};

describe("a loaded definition", () => {
  it("carries title, description and version", async () => {
    const info = { title: "pets", description: "all of them", version: "1" };
    const three = await loadDefinition(openapi({}, { info }));
    assert.deepEqual([three.version, three.title, three.description], ["3.0", "pets", "all of them"]);
    const two = await loadDefinition(swagger({}));
    assert.deepEqual([two.version, two.title, two.description], ["2.0", "pets", undefined]);
  });

  it("keys operations by method and path in the order of the paths", async () => {
    const paths = {
      "/b": { post: { responses: ok }, get: { responses: ok } },
      "/a": { delete: { responses: ok } },
      "x-note": {},
    };
    const { operations } = await loadDefinition(openapi(paths));
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
      const { operations } = await loadDefinition(swagger({ "/pets": { get: { responses: ok } } }, { basePath }));
      assert.deepEqual(
        operations.map((operation) => operation.path),
        [path],
      );
    }
  });

  it("ignores host, schemes of addresses and servers of OpenAPI 3.0 in paths", async () => {
    const { operations } = await loadDefinition(
      openapi({ "/pets": { get: { responses: ok } } }, { servers: [{ url: "https://example.com/v1" }] }),
    );
    assert.deepEqual(
      operations.map(({ key }) => key),
      ["GET /pets"],
    );
  });

  it("knows x-apigateway-any-method as the method ANY", async () => {
    const { operations } = await loadDefinition(
      openapi({ "/pets": { "x-apigateway-any-method": { operationId: "all_pets", responses: ok } } }),
    );
    assert.deepEqual(
      operations.map(({ key, name }) => [key, name]),
      [["ANY /pets", "all_pets"]],
    );
  });

  it("follows path items that are references", async () => {
    const { operations } = await loadDefinition(
      openapi({ "/a": { $ref: "#/paths/~1b" }, "/b": { get: { responses: ok } } }),
    );
    assert.deepEqual(
      operations.map(({ key }) => key),
      ["GET /a", "GET /b"],
    );
  });

  it("describes operations by default as public, exact, open and without backend", async () => {
    const { fingerprint, ...rest } = await operationOf({});
    assert.match(fingerprint, /^[\w-]{16}$/);
    assert.deepEqual(rest, {
      key: "GET /pets",
      method: "GET",
      path: "/pets",
      name: undefined,
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
      "x-apigateway-backend": { type: "FUNCTION" },
    };
    const { matchMode, requestType, cors, backendType } = await operationOf(extensions);
    assert.deepEqual([matchMode, requestType, cors, backendType], ["SWA", "private", true, "FUNCTION"]);
  });

  for (const [type, backendType] of [
    ["HTTP", "HTTP"],
    ["HTTP-VPC", "HTTP"],
    ["MOCK", "MOCK"],
    ["something new", undefined],
  ] as const) {
    it(`takes a back end ${type} for ${backendType ?? "nothing it knows"}`, async () => {
      assert.equal((await operationOf({ "x-apigateway-backend": { type } })).backendType, backendType);
    });
  }

  it("tells the protocol from schemes of Swagger 2.0, those of the operation first", async () => {
    const protocolWith = async (own: object, root: object) => {
      const { operations } = await loadDefinition(swagger({ "/a": { get: { responses: ok, ...own } } }, { ...root }));
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
    ["a scheme that says nothing to APIG", [{ open: [] }], undefined, undefined, false],
    ["a scheme that does not exist", [{ missing: [] }], undefined, undefined, false],
  ];
  for (const [what, own, global, authType, appCode] of authentications) {
    it(`tells the authentication with ${what}`, async () => {
      const root = { components: { securitySchemes: schemes }, ...(global && { security: global }) };
      const { authentication } = await operationOf(own ? { security: own } : {}, root);
      assert.deepEqual(authentication, { authType, appCode });
    });
  }

  it("tells the authentication of Swagger 2.0 alike", async () => {
    const { operations } = await loadDefinition(
      swagger({ "/a": { get: { responses: ok, security: [{ code: [] }] } } }, { securityDefinitions: schemes }),
    );
    assert.deepEqual(operations[0]?.authentication, { authType: "APP", appCode: true });
  });

  it("maps keys to fingerprints", async () => {
    const definition = await loadDefinition(openapi({ "/a": { get: { responses: ok }, put: { responses: ok } } }));
    const [get, put] = definition.operations;
    assert.deepEqual(operationsMap(definition), { "GET /a": get?.fingerprint, "PUT /a": put?.fingerprint });
  });
});

describe("problems of a definition", () => {
  it("point at a reference that leads nowhere", async () => {
    const problems = await problemsOf(
      openapi({ "/pets": { get: { responses: { 200: { $ref: "#/components/responses/None" } } } } }),
    );
    assert.deepEqual(problems, [
      {
        pointer: "/paths/~1pets/get/responses/200/$ref",
        message: 'the reference "#/components/responses/None" leads nowhere',
      },
    ]);
  });

  it("do not include references in examples, defaults and extensions, which are data", async () => {
    const data = { $ref: "elsewhere.json" };
    const schema = { type: "object", example: data, default: data, properties: { example: { type: "string" } } };
    const content = { "application/json": { schema, examples: { one: { value: data } } } };
    const response = { 200: { description: "x", content, "x-data": data } };
    const { operations } = await loadDefinition(openapi({ "/pets": { get: { responses: response } } }));
    assert.equal(operations.length, 1);
  });

  it("do include references below properties that are named like data", async () => {
    const schema = { type: "object", properties: { example: { $ref: "#/none" } } };
    const problems = await problemsOf(openapi({}, { components: { schemas: { Pet: schema } } }));
    assert.deepEqual(
      problems.map(({ pointer }) => pointer),
      ["/components/schemas/Pet/properties/example/$ref"],
    );
  });

  it("are all found at once", async () => {
    const paths = Object.fromEntries(
      ["/a", "/b"].map((path) => [path, { get: { responses: { 200: { $ref: "#/none" } } } }]),
    );
    assert.equal((await problemsOf(openapi(paths))).length, 2);
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
    assert.equal(
      new DefinitionError(problems.slice(0, 1)).message,
      "the API definition has a problem:\n  (document): is odd",
    );
  });

  it("are found by the OpenAPI schema", async () => {
    for (const source of [
      openapi({ "/a": { get: { responses: {} } } }),
      swagger({ "/a": { get: {} } }),
      openapi({}, { info: { title: "no version" } }),
    ]) {
      assert.notEqual((await problemsOf(source)).length, 0);
    }
  });
});
