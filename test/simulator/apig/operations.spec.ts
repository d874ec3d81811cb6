import assert from "node:assert/strict";
import { Apig, definition, invalid } from "./client";

/** How an operation of a definition file becomes an API. */
describe("Operations of an imported file", () => {
  let apig: Apig;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(() => apig.control.reset());
  after(() => apig.close());

  /** Imports a file with one operation, and returns its API. */
  const imported = async (file: object, fields: Record<string, string> = {}) => {
    const { body } = await apig.import(fields, file);
    assert.deepEqual(body["failure"], []);
    const [{ id }] = body["success"] as [{ id: string }];
    return (await apig.call("GET", `/apis/${id}`)).body;
  };

  const refusedFor = async (operation: object, parameter: string, key = "GET /pets"): Promise<void> => {
    const { status, body } = await apig.import({}, definition({ [key]: operation }));
    const [failure] = body["failure"] as [{ error_code: string; error_msg: string }];
    assert.equal(status, 200);
    assert.deepEqual({ error_code: failure.error_code, error_msg: failure.error_msg }, invalid(parameter));
  };

  it("take name and description from operationId and description", async () => {
    const api = await imported(definition({ "GET /pets": { operationId: "listPets", description: "all" } }));
    assert.deepEqual([api["name"], api["remark"]], ["listPets", "all"]);
  });

  it("get a name when they have none", async () => {
    assert.match(String((await imported(definition({ "GET /pets": {} })))["name"]), /^API_\w+$/u);
  });

  it("take visibility, match mode and CORS from their extensions", async () => {
    const extensions = {
      "x-apigateway-request-type": "private",
      "x-apigateway-match-mode": "SWA",
      "x-apigateway-cors": true,
    };
    const api = await imported(definition({ "GET /pets": extensions }));
    assert.deepEqual([api["type"], api["match_mode"], api["cors"]], [2, "SWA", true]);
  });

  it("are public, matched exactly and without CORS by default", async () => {
    const api = await imported(definition({ "GET /pets": {} }));
    assert.deepEqual([api["type"], api["match_mode"], api["cors"]], [1, "NORMAL", false]);
  });

  it("answer any method under x-apigateway-any-method", async () => {
    assert.equal((await imported(definition({ "ANY /pets": {} })))["req_method"], "ANY");
  });

  it("have the basePath of Swagger 2.0 in front of their path, and its schemes", async () => {
    const file = definition({ "GET /pets": { schemes: ["http", "https"] } }, { swagger: "2.0", basePath: "/v1/" });
    const { openapi, ...swagger } = file;
    assert.equal(openapi, "3.0.3");
    const api = await imported(swagger);
    assert.deepEqual([api["req_uri"], api["req_protocol"]], ["/v1/pets", "BOTH"]);
  });

  it("do not use the servers of OpenAPI 3.0", async () => {
    const api = await imported(definition({ "GET /pets": {} }, { servers: [{ url: "http://pets.example/v1" }] }));
    assert.deepEqual([api["req_uri"], api["req_protocol"]], ["/pets", "HTTPS"]);
  });

  for (const path of ["/a/{id}", "/{proxy+}", "/a/{id}/b", "/"]) {
    it(`take the path ${path}`, async () => {
      const [, name] = /\{(\w+)/u.exec(path) ?? [];
      const parameters = name === undefined ? [] : [{ name, in: "path", required: true, schema: { type: "string" } }];
      assert.equal((await imported(definition({ [`GET ${path}`]: { parameters } })))["req_uri"], path);
    });
  }

  for (const path of ["/a/pre-{id}", "/a/{id}-post", "/a/{proxy+}/b", "/a|b", `/${"a".repeat(512)}`]) {
    it(`refuse the path ${path.slice(0, 20)}`, () => refusedFor({}, "req_uri", `GET ${path}`));
  }

  it("refuse the method TRACE", () => refusedFor({}, "req_method", "TRACE /pets"));
  it("refuse an operationId that no API may have", () => refusedFor({ operationId: "list pets" }, "name"));
  it("refuse an unknown match mode", () => refusedFor({ "x-apigateway-match-mode": "PREFIX" }, "match_mode"));
  it("refuse an unknown visibility", () =>
    refusedFor({ "x-apigateway-request-type": "secret" }, "x-apigateway-request-type"));

  describe("with a back end", () => {
    const extension = "x-apigateway-backend";

    it("of type HTTP", async () => {
      const httpEndpoints = { address: "127.0.0.1:80", scheme: "http", method: "GET", path: "/u/{id}", timeout: 30000 };
      const parameters = [
        { name: "id", value: "petId", in: "path", origin: "REQUEST", description: "pet" },
        { name: "X-Invoke-User", value: "gateway", in: "header", origin: "CONSTANT" },
      ];
      const api = await imported(
        definition({
          "GET /pets/{petId}": {
            parameters: [{ name: "petId", in: "path", required: true, schema: { type: "string" } }],
            [extension]: { type: "HTTP", httpEndpoints, parameters },
          },
        }),
      );
      const { url_domain, req_uri, req_protocol, timeout } = api["backend_api"] as Record<string, unknown>;
      assert.deepEqual([url_domain, req_uri, req_protocol, timeout], ["127.0.0.1:80", "/u/{id}", "HTTP", 30000]);
      assert.deepEqual(api["backend_params"], [
        { name: "id", origin: "REQUEST", location: "PATH", value: "petId", remark: "pet" },
        { name: "X-Invoke-User", origin: "CONSTANT", location: "HEADER", value: "gateway", remark: "" },
      ]);
    });

    it("of type HTTP-VPC, whose timeout is 5000 by default", async () => {
      const httpVpcEndpoints = { name: "channel", scheme: "https", method: "ANY", path: "/" };
      const api = await imported(definition({ "GET /p": { [extension]: { type: "HTTP-VPC", httpVpcEndpoints } } }));
      const { vpc_channel_status, vpc_channel_info, timeout } = api["backend_api"] as Record<string, unknown>;
      assert.deepEqual([vpc_channel_status, vpc_channel_info, timeout], [1, { vpc_channel_id: "channel" }, 5000]);
    });

    it("of type FUNCTION", async () => {
      const functionEndpoints = { "function-urn": "urn:f", version: "v1", "invocation-type": "async" };
      const api = await imported(definition({ "GET /p": { [extension]: { type: "FUNCTION", functionEndpoints } } }));
      assert.equal((api["func_info"] as Record<string, unknown>)["function_urn"], "urn:f");
    });

    it("missing, are refused unless mock_mode is on", async () => {
      await refusedFor({ [extension]: undefined }, extension);
      const file = { ...definition({ "GET /p": { [extension]: undefined } }), info: { title: "Other", version: "1" } };
      assert.equal((await imported(file, { mock_mode: "true" }))["backend_type"], "MOCK");
    });

    const refused: Record<string, unknown> = {
      [`${extension}.type`]: { type: "LAMBDA" },
      [`${extension}.httpEndpoints`]: { type: "HTTP" },
      [`${extension}.address`]: { type: "HTTP", httpEndpoints: { scheme: "http", method: "GET", path: "/" } },
      [`${extension}.timeout`]: {
        type: "HTTP",
        httpEndpoints: { address: "a", scheme: "http", method: "GET", path: "/", timeout: 60001 },
      },
      [`${extension}.result-content`]: { type: "MOCK", mockEndpoints: {} },
      backend_params: {
        type: "MOCK",
        mockEndpoints: { "result-content": "" },
        parameters: [{ name: "a", value: "unknown", in: "query", origin: "REQUEST" }],
      },
    };
    for (const [parameter, backend] of Object.entries(refused)) {
      it(`are refused for ${parameter}`, () => refusedFor({ [extension]: backend }, parameter));
    }
  });

  describe("with parameters", () => {
    it("keep type, place and limits, those of the path behind their own", async () => {
      const file = definition({
        "GET /pets/{id}": {
          parameters: [
            { $ref: "#/components/parameters/limit" },
            { name: "tags", in: "query", schema: { type: "array" } },
            { name: "session", in: "cookie", schema: { type: "string" } },
          ],
        },
      });
      const path = {
        ...file.paths["/pets/{id}"],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", maxLength: 8 } }],
      };
      const limit = {
        name: "limit",
        in: "query",
        description: "how many",
        schema: { type: "integer", maximum: 100, default: 10 },
      };
      const api = await imported({ ...file, paths: { "/pets/{id}": path }, components: { parameters: { limit } } });
      const shown = (api["req_params"] as Record<string, unknown>[]).map(
        ({ name, location, type, required, max_num, max_size, default_value }) => [
          name,
          location,
          type,
          required,
          max_num ?? max_size,
          default_value,
        ],
      );
      assert.deepEqual(shown, [
        ["id", "PATH", "STRING", 1, 8, undefined],
        ["limit", "QUERY", "NUMBER", 2, 100, "10"],
      ]);
    });

    const parameter = (fields: object) => ({ parameters: [{ schema: { type: "string" }, ...fields }] });

    for (const place of ["formData", "body", "cookie"]) {
      it(`in ${place} are ignored`, async () => {
        const api = await imported(definition({ "GET /pets": parameter({ name: "pet", in: place }) }));
        assert.deepEqual(api["req_params"], []);
      });
    }
    it("named X-Auth-Token are refused", () =>
      refusedFor(parameter({ name: "x-auth-token", in: "header" }), "X-Auth-Token"));
    it("with a name of 33 characters are refused", () =>
      refusedFor(parameter({ name: "a".repeat(33), in: "query" }), "name"));

    it("beyond 50 are refused with APIG.3111", async () => {
      const parameters = Array.from({ length: 51 }, (_, index) => ({ name: `p${index}`, in: "query" }));
      const { body } = await apig.import({}, definition({ "GET /p": { parameters } }));
      assert.equal((body["failure"] as [{ error_code: string }])[0].error_code, "APIG.3111");
    });
  });

  describe("with security", () => {
    const scheme = { type: "apiKey", in: "header", name: "Authorization" };
    const securitySchemes = {
      app: { ...scheme, "x-apigateway-auth-type": "AppSigv1" },
      code: {
        ...scheme,
        "x-apigateway-auth-type": "AppSigv1",
        "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
      },
      iam: { ...scheme, name: "unused", "x-apigateway-auth-type": "IAM" },
      plain: scheme,
      odd: { ...scheme, "x-apigateway-auth-type": "Basic" },
    };
    const secured = (operation: object, fields: object) =>
      definition({ "GET /pets": operation }, { components: { securitySchemes }, ...fields });

    const rows: [what: string, operation: object, file: object, expected: [string, string]][] = [
      ["none at all leave the API open", {}, {}, ["NONE", "DISABLE"]],
      ["AppSigv1 ask for an app", { security: [{ app: [] }] }, {}, ["APP", "DISABLE"]],
      ["appcode-auth-type header take an AppCode", { security: [{ code: [] }] }, {}, ["APP", "HEADER"]],
      ["IAM ask for a user", { security: [{ iam: [] }] }, {}, ["IAM", "DISABLE"]],
      ["no extension leave the API open", { security: [{ plain: [] }] }, {}, ["NONE", "DISABLE"]],
      ["nothing of their own follow the file", {}, { security: [{ code: [] }] }, ["APP", "HEADER"]],
      [
        "one of their own do not follow the file",
        { security: [{ iam: [] }] },
        { security: [{ app: [] }] },
        ["IAM", "DISABLE"],
      ],
      [
        "an empty list are open whatever the file says",
        { security: [] },
        { security: [{ app: [] }] },
        ["NONE", "DISABLE"],
      ],
    ];
    for (const [what, operation, fields, expected] of rows) {
      it(`of ${what}`, async () => {
        const api = await imported(secured(operation, fields));
        assert.deepEqual(
          [api["auth_type"], (api["auth_opt"] as Record<string, unknown>)["app_code_auth_type"]],
          expected,
        );
      });
    }

    it("of a scheme that the file lacks are refused", () => refusedFor({ security: [{ none: [] }] }, "security"));

    it("of an unknown kind are refused", async () => {
      const { body } = await apig.import({}, secured({ security: [{ odd: [] }] }, {}));
      assert.equal((body["failure"] as [{ error_code: string }])[0].error_code, "APIG.2012");
    });
  });
});
