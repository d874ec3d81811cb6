import assert from "node:assert/strict";
import { parse as parseYaml } from "yaml";
import { Apig, mockApi, releaseId } from "./client";

type Fields = Record<string, unknown>;

/** Definition files that the service exports. An import of them makes the same APIs again. */
describe("Exported files", () => {
  let apig: Apig;
  let groupId: string;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(async () => {
    await apig.control.reset();
    groupId = (await apig.make("/api-groups", { name: "first", remark: "one" })).id;
  });
  after(() => apig.close());

  const create = (fields: Fields) => apig.make("/apis", mockApi(groupId, fields));

  const exported = async (fields: Fields = {}, version = "3.0"): Promise<Fields> => {
    const wanted = { group_id: groupId, env_id: releaseId, define: "dev", ...fields };
    const { status, body } = await apig.call("POST", `/openapi/export?oas_version=${version}`, wanted);
    assert.equal(status, 200);
    return body;
  };

  const operationOf = (file: Fields, path = "/test/demo", method = "get"): Fields =>
    (file["paths"] as Record<string, Record<string, Fields>>)[path]?.[method] ?? {};

  /** What differs between two APIs of one definition, besides what the file has no place for. */
  const own = new Set(["id", "group_id", "group_name", "register_time", "update_time"]);

  const apisOf = async (group: string): Promise<Fields[]> => {
    const { body } = await apig.call("GET", `/apis?group_id=${group}`);
    const apis = await Promise.all(
      (body["apis"] as { id: string }[]).map(async ({ id }) => (await apig.call("GET", `/apis/${id}`)).body),
    );
    const clean = (value: unknown): unknown =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value).flatMap(([key, inner]) => (own.has(key) ? [] : [[key, clean(inner)]])),
          );
    return apis
      .map((api) => clean(api) as Fields)
      .sort((one, other) => String(one["name"]).localeCompare(String(other["name"])));
  };

  const parameter = (fields: Fields) => ({ valid_enable: 1, required: 2, remark: "", pass_through: 2, ...fields });

  const http = (fields: Fields = {}) => ({
    mock_info: undefined,
    backend_type: "HTTP",
    backend_api: {
      url_domain: "127.0.0.1:80",
      req_protocol: "HTTP",
      req_method: "ANY",
      req_uri: "/b",
      timeout: 4000,
      remark: "the pets",
      vpc_channel_status: 2,
      ...fields,
    },
  });

  const everything: Fields[] = [
    {
      name: "withParameters",
      remark: "what it does",
      req_method: "POST",
      req_uri: "/pets/{id}",
      result_normal_sample: '{"ok":true}',
      result_failure_sample: "no",
      cors: true,
      type: 2,
      match_mode: "SWA",
      req_params: [
        parameter({ name: "id", type: "STRING", location: "PATH", required: 1, min_size: 2, max_size: 8 }),
        parameter({ name: "size", type: "NUMBER", location: "QUERY", default_value: "10", min_num: 1, max_num: 99 }),
        parameter({ name: "sort", type: "STRING", location: "QUERY", enumerations: "up,down", pass_through: 1 }),
        parameter({ name: "level", type: "NUMBER", location: "QUERY", enumerations: "1,2", sample_value: "2" }),
        parameter({ name: "X-Trace", type: "STRING", location: "HEADER", required: 1, remark: "who", pass_through: 1 }),
      ],
      backend_params: [
        { name: "owner", origin: "REQUEST", location: "PATH", value: "id", remark: "owner" },
        { name: "X-Via", origin: "CONSTANT", location: "HEADER", value: "gateway", remark: "" },
        { name: "from", origin: "SYSTEM", location: "QUERY", value: "sourceIp", remark: "" },
      ],
      ...http({ req_uri: "/owners/{owner}", retry_count: "3", enable_client_ssl: true }),
    },
    { name: "plainly", req_uri: "/plain", req_method: "ANY", auth_type: "IAM", ...http() },
    {
      name: "overChannel",
      req_uri: "/channel",
      auth_type: "APP",
      auth_opt: { app_code_auth_type: "HEADER" },
      ...http({
        url_domain: undefined,
        vpc_channel_info: { vpc_channel_id: "channel", vpc_channel_proxy_host: "pets.example" },
        vpc_channel_status: 1,
      }),
    },
    {
      name: "serverless",
      req_uri: "/function",
      auth_type: "APP",
      mock_info: undefined,
      backend_type: "FUNCTION",
      is_send_fg_body_base64: false,
      func_info: {
        function_urn: "urn:f",
        version: "v1",
        alias_urn: "urn:f:!a",
        invocation_type: "async",
        network_type: "V2",
        timeout: 7000,
        remark: "counts",
      },
    },
    { name: "mocked", mock_info: { result_content: '{"a":1}', remark: "for now" } },
    {
      name: "byPolicy",
      req_uri: "/policy",
      policy_mocks: [
        {
          name: "near",
          effect_mode: "ALL",
          result_content: "near",
          backend_params: [],
          conditions: [{ condition_type: "exact", condition_origin: "source", condition_value: "127.0.0.1" }],
        },
      ],
    },
  ];

  for (const version of ["2.0", "3.0"]) {
    it(`make the same APIs again as ${version}`, async () => {
      for (const fields of everything) await create(fields);
      // Only 2.0 says protocol and type of the body, only 3.0 what the body is.
      const only =
        version === "2.0" ? { req_protocol: "BOTH", content_type: "application/json" } : { body_remark: "a pet" };
      await create({ name: "onlyHere", req_uri: "/only", ...only });
      const second = (await apig.make("/api-groups", { name: "second" })).id;
      const { body } = await apig.import({ is_create_group: "false", group_id: second }, await exported({}, version));
      assert.deepEqual(body["failure"], []);
      const [made, first] = [await apisOf(second), await apisOf(groupId)];
      for (const [index, api] of first.entries()) assert.deepEqual(made[index], api, String(api["name"]));
    });

    it(`make the same custom authorizer again as ${version}`, async () => {
      const scheme = {
        type: "apiKey",
        in: "header",
        name: "unused",
        "x-apigateway-auth-type": "AUTHORIZER",
        "x-apigateway-authorizer": { authorizer_type: "FUNC", authorizer_uri: "urn:f", type: "FRONTEND", ttl: 5 },
      };
      const operation = {
        operationId: "mine",
        security: [{ mine: [] }],
        responses: {},
        "x-apigateway-backend": { type: "MOCK", mockEndpoints: { "result-content": "x" } },
      };
      const file = {
        swagger: "2.0",
        info: { title: "Pets", version: "1" },
        paths: { "/test/demo": { get: operation } },
        securityDefinitions: { mine: scheme },
      };
      await apig.import({ is_create_group: "false", group_id: groupId }, file);
      const second = (await apig.make("/api-groups", { name: "second" })).id;
      await apig.import({ is_create_group: "false", group_id: second }, await exported({}, version));
      const [api] = await apisOf(second);
      assert.equal(api?.["auth_type"], "AUTHORIZER");
      assert.deepEqual([api], await apisOf(groupId));
    });
  }

  it("write zeros for bounds that are not set, an empty example, and never for what is not handed on", async () => {
    await create({ req_params: [parameter({ name: "a", type: "STRING", location: "QUERY", pass_through: 1 })] });
    const common = {
      name: "a",
      in: "query",
      required: false,
      description: "",
      "x-apigateway-orchestrations": [],
      "x-apigateway-pass-through": "always",
    };
    const schema = { type: "string", maximum: 0, minimum: 0, maxLength: 0 };
    assert.deepEqual(operationOf(await exported())["parameters"], [{ ...common, schema, example: "" }]);
    assert.deepEqual(operationOf(await exported({}, "2.0"))["parameters"], [
      { ...common, ...schema, minLength: 0, "x-apigateway-sample": "" },
    ]);
  });

  it("keep the samples in a response, default-cors with CORS, in 3.0, and beside it in 2.0", async () => {
    await create({ cors: true, result_normal_sample: "good", result_failure_sample: "bad" });
    const samples = { "x-apigateway-result-failure-sample": "bad", "x-apigateway-result-normal-sample": "good" };
    const [three, two] = [await exported(), await exported({}, "2.0")];
    const written = { "default-cors": { description: "response example", ...samples } };
    assert.deepEqual(operationOf(three)["responses"], written);
    const referred = { "default-cors": { $ref: "#/responses/default-cors" }, ...samples };
    assert.deepEqual(operationOf(two)["responses"], referred);
    assert.deepEqual(Object.keys(two["responses"] as Fields), ["default-cors"]);
  });

  it("name a response default without CORS", async () => {
    await create({});
    assert.deepEqual(Object.keys(operationOf(await exported())["responses"] as Fields), ["default"]);
  });

  it("write -1 retries and no client certificate where none are set", async () => {
    await create(http());
    const backend = operationOf(await exported())["x-apigateway-backend"] as { httpEndpoints: Fields };
    assert.deepEqual([backend.httpEndpoints["retryCount"], backend.httpEndpoints["enableClientSsl"]], ["-1", false]);
  });

  describe("by define", () => {
    beforeEach(async () => {
      const { id } = await create({ name: "published" });
      await apig.make("/apis/action", { action: "online", env_id: releaseId, api_id: id });
      await apig.call("PUT", `/apis/${id}`, mockApi(groupId, { name: "published", remark: "edited" }));
      await create({ name: "draft", req_uri: "/draft" });
    });

    const rows: [define: string, paths: string[], remark: string, backend: boolean][] = [
      ["spec", ["/test/demo"], "", false],
      ["proxy", ["/test/demo"], "", true],
      ["all", ["/test/demo"], "", true],
      ["dev", ["/test/demo", "/draft"], "edited", true],
    ];
    for (const [define, paths, remark, backend] of rows) {
      it(`hold with ${define} ${paths.join(" and ")}, ${backend ? "with" : "without"} back ends`, async () => {
        const file = await exported({ define });
        const operation = operationOf(file);
        assert.deepEqual(Object.keys(file["paths"] as Fields), paths);
        assert.equal(operation["description"], remark);
        assert.equal("x-apigateway-backend" in operation, backend);
      });
    }

    it("hold with spec, the default, only fronts of published APIs, which do not import", async () => {
      const file = await exported({ define: undefined });
      assert.deepEqual(file, await exported({ define: "spec" }));
      const { body } = await apig.import({}, { ...file, info: { title: "other", version: "1" } });
      assert.equal((body["failure"] as unknown[]).length, 1);
    });

    it("hold only the APIs that are asked for", async () => {
      const [{ id }] = (await apig.call("GET", "/apis?name=draft")).body["apis"] as [{ id: string }];
      assert.deepEqual(Object.keys((await exported({ apis: [id] }))["paths"] as Fields), ["/draft"]);
    });
  });

  it("come as YAML that says the same", async () => {
    await create({});
    const { info } = apig.simulator;
    const url = `${info.apig}/v2/${info.projectId}/apigw/instances/${info.instanceId}/openapi/export?oas_version=3.0`;
    const wanted = { group_id: groupId, env_id: releaseId, define: "dev", version: "1" };
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ ...wanted, type: "yaml" }),
      headers: { "x-auth-token": info.token, "content-type": "application/json" },
    });
    assert.deepEqual(parseYaml(await response.text()), await exported({ version: "1" }));
  });
});
