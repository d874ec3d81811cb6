import assert from "node:assert/strict";
import { Apig, definition, invalid } from "./client";

type Fields = Record<string, unknown>;

/** How an import reads the spellings of the pages, and which operations it refuses while it accepts the others. */
describe("Reading a file", () => {
  let apig: Apig;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(() => apig.control.reset());
  after(() => apig.close());

  const imported = async (operation: object, fields: Fields = {}, key = "GET /pets"): Promise<Fields> => {
    const { body } = await apig.import({}, definition({ [key]: operation }, fields));
    assert.deepEqual(body["failure"], []);
    const [{ id }] = body["success"] as [{ id: string }];
    return (await apig.call("GET", `/apis/${id}`)).body;
  };

  const backend = "x-apigateway-backend";

  const http = (fields: object = {}, rest: object = {}) => ({
    [backend]: {
      type: "HTTP",
      httpEndpoints: { address: "127.0.0.1:80", scheme: "http", method: "GET", path: "/", ...fields },
      ...rest,
    },
  });

  const vpc = (fields: object) => ({
    [backend]: {
      type: "HTTP-VPC",
      httpVpcEndpoints: { name: "channel", scheme: "http", method: "GET", path: "/", ...fields },
    },
  });

  const serverless = (fields: object) => ({
    [backend]: {
      type: "FUNCTION",
      functionEndpoints: { "function-urn": "urn:f", version: "v1", "invocation-type": "sync", ...fields },
    },
  });

  describe("takes the spellings of back ends", () => {
    const rows: [what: string, operation: Fields, section: string, field: string, expected: unknown][] = [
      ["retry-count", http({ "retry-count": "3" }), "backend_api", "retry_count", "3"],
      ["retryCount", http({ retryCount: "3" }), "backend_api", "retry_count", "3"],
      ["a number of retries", http({ "retry-count": 3 }), "backend_api", "retry_count", "3"],
      ["-1 retries as none", http({ retryCount: "-1" }), "backend_api", "retry_count", undefined],
      ["enable-client-ssl", http({ "enable-client-ssl": true }), "backend_api", "enable_client_ssl", true],
      ["enableClientSsl", http({ enableClientSsl: true }), "backend_api", "enable_client_ssl", true],
      ["enableSmChannel", http({ enableSmChannel: true }), "backend_api", "enable_sm_channel", true],
      ["scheme HTTPS", http({ scheme: "HTTPS" }), "backend_api", "req_protocol", "HTTPS"],
      [
        "invocation-type synchronous",
        serverless({ "invocation-type": "synchronous" }),
        "func_info",
        "invocation_type",
        "sync",
      ],
      ["network-type", serverless({ "network-type": "V2" }), "func_info", "network_type", "V2"],
      ["an empty alias-urn as none", serverless({ "alias-urn": "" }), "func_info", "alias_urn", undefined],
    ];
    for (const [what, operation, section, field, expected] of rows) {
      it(what, async () => assert.equal(((await imported(operation))[section] as Fields)[field], expected));
    }

    for (const name of ["vpc-proxy-host", "host"]) {
      it(`${name} of a VPC channel`, async () => {
        const { vpc_channel_info } = (await imported(vpc({ [name]: "pets.example" })))["backend_api"] as Fields;
        assert.deepEqual(vpc_channel_info, { vpc_channel_id: "channel", vpc_channel_proxy_host: "pets.example" });
      });
    }

    it("in HEADER", async () => {
      const parameters = [{ name: "X-Via", value: "gateway", in: "HEADER", origin: "CONSTANT" }];
      const api = await imported(http({}, { parameters }));
      assert.equal((api["backend_params"] as [Fields])[0]["location"], "HEADER");
    });
  });

  describe("takes the spellings of policies", () => {
    const policy = (condition: object, fields: object = {}) => ({
      "x-apigateway-backend-policies": [
        { type: "MOCK", name: "near", mockEndpoints: { "result-content": "x" }, conditions: [condition], ...fields },
      ],
    });
    const parameters = [{ name: "who", in: "query" }];

    const source = { condition_type: "exact", condition_origin: "source", condition_value: "10.0.0.1" };
    const asked = { condition_type: "enum", condition_origin: "param", condition_value: "a,b", req_param_name: "who" };
    const rows: [what: string, condition: Fields, expected: Fields][] = [
      ["type equal", { type: "equal", value: "10.0.0.1", origin: "source" }, source],
      ["type exact", { type: "exact", value: "10.0.0.1", origin: "source" }, source],
      ["no type of a source", { type: "", value: "10.0.0.1", origin: "source", parameter: "" }, source],
      ["parameter", { type: "enum", value: "a,b", origin: "request", parameter: "who" }, asked],
      ["parameter_name", { type: "enum", value: "a,b", origin: "param", parameter_name: "who" }, asked],
      ["request_parameter", { type: "enum", value: "a,b", origin: "request_parameter", parameter: "who" }, asked],
    ];
    for (const [what, condition, expected] of rows) {
      it(what, async () => {
        const api = await imported({ parameters, ...policy(condition) });
        const [{ name, effect_mode, conditions }] = api["policy_mocks"] as [Fields];
        assert.deepEqual([name, effect_mode, conditions], ["near", "ANY", [expected]]);
      });
    }

    const condition = { type: "equal", value: "10.0.0.1", origin: "source" };

    it("HTTP-VPC beside HTTP", async () => {
      const api = await imported({ ...http(), ...policy(condition, vpc({})[backend]) });
      assert.equal((api["policy_https"] as Fields[]).length, 1);
    });

    it("but not HTTP beside HTTP-VPC", () =>
      refusedFor({ ...vpc({}), ...policy(condition, http()[backend]) }, "x-apigateway-backend-policies.type"));
  });

  it("takes responses with any key, and the samples in them", async () => {
    const samples = { "x-apigateway-result-normal-sample": "good", "x-apigateway-result-failure-sample": "" };
    const api = await imported({ responses: { "default-cors": { description: "", ...samples } } });
    assert.deepEqual([api["result_normal_sample"], api["result_failure_sample"]], ["good", ""]);
  });

  it("takes a bound of 0 and an empty example for none", async () => {
    const bounds = { maxLength: 0, minLength: 0, maximum: 0, minimum: 0 };
    const parameters = ["string", "integer"].map((type) => ({
      name: type,
      in: "query",
      schema: { type, ...bounds },
      example: "",
    }));
    const none = { min_num: undefined, max_num: undefined, min_size: undefined, max_size: undefined };
    for (const parameter of (await imported({ parameters }))["req_params"] as Fields[]) {
      const { min_num, max_num, min_size, max_size, sample_value } = parameter;
      assert.deepEqual({ min_num, max_num, min_size, max_size, sample_value }, { ...none, sample_value: undefined });
    }
  });

  it("hands on only what is passed through always", async () => {
    const parameters = ["always", "never", undefined].map((through, index) => ({
      name: `p${index}`,
      in: "query",
      "x-apigateway-pass-through": through,
    }));
    const shown = (await imported({ parameters }))["req_params"] as Fields[];
    assert.deepEqual(
      shown.map(({ pass_through }) => pass_through),
      [1, 2, 2],
    );
  });

  describe("with a custom authorizer", () => {
    const secured = (authorizer: unknown, type = "AUTHORIZER") => {
      const scheme = { type: "apiKey", in: "header", name: "unused", "x-apigateway-auth-type": type };
      const mine = { ...scheme, "x-apigateway-authorizer": authorizer };
      return { security: [{ mine: [] }], components: { securitySchemes: { mine } } };
    };
    const authorizer = { authorizer_type: "FUNC", authorizer_uri: "urn:f", type: "FRONTEND" };

    for (const type of ["FRONTEND", "BACKEND"]) {
      it(`of type ${type} asks for it`, async () => {
        const api = await imported({}, secured({ ...authorizer, type }));
        assert.equal(api["auth_type"], "AUTHORIZER");
        assert.match(String(api["authorizer_id"]), /^[0-9a-f]{32}$/u);
      });
    }

    const refused: [parameter: string, authorizer: unknown][] = [
      ["x-apigateway-authorizer", undefined],
      ["authorizer_type", { ...authorizer, authorizer_type: "HTTP" }],
      ["authorizer_uri", { ...authorizer, authorizer_uri: "" }],
      ["x-apigateway-authorizer.type", { ...authorizer, type: "MIDDLE" }],
    ];
    for (const [parameter, value] of refused) {
      it(`is refused for ${parameter}`, () => refusedFor({}, parameter, "GET /pets", secured(value)));
    }
  });

  /** Checks that the operation is refused, and that a second one of the same file is imported. */
  const refusedFor = async (operation: object, parameter: string, key = "GET /bad", fields: Fields = {}) => {
    const file = definition({ [key]: operation, "GET /good": { security: [] } }, fields);
    const { status, body } = await apig.import({}, file);
    const [{ error_code, error_msg }, ...others] = body["failure"] as [Fields];
    assert.deepEqual({ error_code, error_msg }, invalid(parameter));
    assert.deepEqual([status, others.length, (body["success"] as unknown[]).length], [200, 0, 1]);
  };

  const query = (name: string, place = "query") => ({ parameters: [{ name, in: place, schema: { type: "string" } }] });

  describe("refuses only the operation", () => {
    for (const name of ["1st", "_a", "a b", "a[]", "größe", "", "a".repeat(33)]) {
      it(`with a parameter ${name.slice(0, 5)}`, () => refusedFor(query(name), "name"));
    }

    const headers = ["Authorization", "X-Auth-Token", "X_Own", "X-Apig-Own", "X-Sdk-Date", "X-Stage", "X-Stage-Own"];
    for (const name of headers) {
      for (const spelling of [name, name.toLowerCase()]) {
        it(`with a header ${spelling}`, () => refusedFor(query(spelling, "header"), name === "X_Own" ? "X_own" : name));
      }
    }

    for (const path of ["/a#b", "/a?b=c", "/a/{x}.json", "/a/pre-{x}"]) {
      it(`at ${path}`, () => refusedFor({}, "req_uri", `GET ${path}`));
    }

    it("of a path variable that is no parameter", () => refusedFor({}, "req_params", "GET /a/{x}"));
    it("of a path variable that is a query parameter only", () => refusedFor(query("x"), "req_params", "GET /a/{x}"));

    it("with a missing scheme behind a known one", async () => {
      const securitySchemes = {
        app: { type: "apiKey", in: "header", name: "a", "x-apigateway-auth-type": "AppSigv1" },
      };
      const fields = { components: { securitySchemes } };
      await refusedFor({ security: [{ app: [] }, { none: [] }] }, "security", "GET /bad", fields);
    });

    it("with a scheme of the file that is missing", () =>
      refusedFor({}, "security", "GET /bad", { security: [{ none: [] }] }));

    it("with a back end's variable from nowhere", () => refusedFor(http({ path: "/b/{x}" }), "backend_params"));

    it("with a back end's variable that is not passed through", () =>
      refusedFor({ ...query("x", "path"), ...http({ path: "/b/{x}" }) }, "backend_params", "GET /a/{x}"));

    it("with a pass-through that is neither always nor never", () => {
      const parameters = [{ name: "a", in: "query", "x-apigateway-pass-through": "sometimes" }];
      return refusedFor({ parameters }, "x-apigateway-pass-through");
    });
  });

  it("takes a back end's variable that is passed through", async () => {
    const parameters = [{ name: "x", in: "path", required: true, "x-apigateway-pass-through": "always" }];
    await imported({ parameters, ...http({ path: "/b/{x}" }) }, {}, "GET /a/{x}");
  });
});
