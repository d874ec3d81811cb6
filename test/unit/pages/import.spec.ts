/** Seed page 002, `ImportApiDefinitionsV2`: the user's message for every status row and example body of the page. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { openSimulator, type TestSimulator } from "../../simulator/open";

const groupId = "d9ce8c9eede54b3f841ec324fe0bfdc2";

/** The complete example answer of the page. */
const example = {
  group_id: groupId,
  failure: [
    {
      path: "/test/demo",
      error_msg:
        "The API already exists, An API with the same combination of the method, path, and x-apigateway-match-mode fields already exists. API name: API_demo",
      method: "GET",
      error_code: "APIG.3301",
    },
  ],
  success: [{ path: "/test", method: "GET", action: "create", id: "8ae6bcafab6f49d78242bff26ad8a4f0" }],
  swagger_id: "412488ba965041f9838a5266a5f8e574",
  result: "Success",
};

const rows = [
  [400, "APIG.3201", "The API group name already exists"],
  [401, "APIG.1002", "Incorrect token or token resolution failed"],
  [403, "APIG.1005", "No permissions to request this method"],
  [404, "APIG.3001", "API group not found"],
  [500, "APIG.9999", "System error"],
] as const;

const operation = (name: string) => ({
  get: {
    operationId: name,
    responses: { "200": { description: "ok" } },
    "x-apigateway-backend": { type: "MOCK", mockEndpoints: { "result-content": "ok" } },
  },
});
const definition = {
  openapi: "3.0.3",
  info: { title: "APIGroup_test", version: "1" },
  paths: { "/test": operation("API_test"), "/test/demo": operation("API_demo2") },
};

describe("the page of the import, from the service to the user", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  /** Runs `check` and `create` like an `up`. Without `groupId` the import makes the group. */
  async function up(settings: Record<string, string> = {}, args: Record<string, unknown> = {}) {
    const { ApiImport } = handlersFor(simulator, settings);
    const { inputs, failures } = await ApiImport.check({}, { definition, ...args });
    assert.deepEqual(failures, []);
    return ApiImport.create(inputs);
  }

  it("200: what is in `failure` fails the resource by path, method, code and text, and keeps what was made", async () => {
    const seed = {
      groups: [{ id: groupId, name: "APIGroup_test" }],
      apis: [
        { path: "/test/demo", name: "API_demo" },
        { path: "/test", name: "API_test", id: example.success[0]?.id },
      ].map(({ path, name, id }) => ({
        ...(id && { id }),
        definition: {
          name,
          group_id: groupId,
          type: 1,
          req_protocol: "HTTPS",
          req_method: "GET",
          req_uri: path,
          auth_type: "NONE",
          backend_type: "MOCK",
          mock_info: { result_content: "ok" },
        },
      })),
    };
    await simulator.control.seed(seed);
    const body = { operation: "ImportApiDefinitionsV2", times: 1, kind: { status: 200, body: example } } as const;
    await simulator.control.faults({ faults: [body] });
    await assert.rejects(
      up({}, { groupId }),
      (error: Error & { id?: string; reasons?: string[]; properties?: Record<string, unknown> }) => {
        const [reason = ""] = error.reasons ?? [];
        assert.match(reason, /1 operation was not imported into group d9ce8c9eede54b3f841ec324fe0bfdc2/);
        assert.ok(reason.includes(`GET /test/demo: ${example.failure[0]?.error_msg ?? ""} (APIG.3301)`), reason);
        assert.equal(error.id, `${simulator.info.instanceId}/${groupId}`);
        assert.deepEqual(error.properties?.["apis"], [
          {
            id: example.success[0]?.id,
            method: "GET",
            path: "/test",
            action: "create",
            name: "API_test",
            authentication: "NONE",
          },
        ]);
        return true;
      },
    );
  });

  for (const [status, code, text] of rows) {
    it(`${status}: "${text}" reaches the user with code, status, request id and no stack`, async () => {
      const body = { error_code: code, error_msg: text };
      await simulator.control.faults({
        faults: [{ operation: "ImportApiDefinitionsV2", times: 9, kind: { status, body } }],
      });
      await assert.rejects(up(), (error: Error) => {
        assert.ok(error.message.includes("import the API definition into a new group"), error.message);
        assert.ok(error.message.includes(text), error.message);
        assert.match(error.message, new RegExp(`\\(${code}, HTTP ${status}, request [\\w-]+`));
        assert.doesNotMatch(`${error.message}${String(error.stack)}`, /\n\s+at /);
        assert.ok(!error.message.includes(simulator.info.token));
        return true;
      });
    });
  }

  it("404: a group that does not exist is named before anything is sent", async () => {
    await assert.rejects(up({}, { groupId }), { message: new RegExp(`API group ${groupId}.*APIG.3001`, "s") });
    assert.ok(!(await simulator.control.journal()).some(({ operation }) => operation === "ImportApiDefinitionsV2"));
  });

  it("400: a title that is taken says which setting takes the group over", async () => {
    await up();
    await assert.rejects(up(), { message: /The API group name already exists \(APIG\.3201.*adopt/s });
  });

  it("401: a wrong token", async () => {
    const message = /Incorrect token or token resolution failed \(APIG\.1002, HTTP 401/;
    await assert.rejects(up({ "huaweicloud:token": "wrong" }), { message });
  });
});
