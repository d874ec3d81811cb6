import assert from "node:assert/strict";
import { Apig, definition, mockApi, type Answer } from "./client";

/** The rows and samples of the two seed pages: import of APIs, details of an AppCode. */
describe("APIG pages over raw HTTP", () => {
  let apig: Apig;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(() => apig.control.reset());
  after(() => apig.close());

  const foreignProject = async (): Promise<{ projectId: string; instanceId: string }> => {
    const { identity } = (await apig.control.state()) as {
      identity: { places: { projectId: string; instanceId: string }[] };
    };
    return identity.places[1]!;
  };

  const systemError = (operation: string) => apig.control.faults({ faults: [{ operation, kind: { status: 500 } }] });

  describe("ImportApiDefinitionsV2", () => {
    const groupId = "d9ce8c9eede54b3f841ec324fe0bfdc2";
    const file = definition({ "GET /test/demo": {}, "GET /test": {} });

    it("answers 200 with the sample's body", async () => {
      await apig.control.seed({
        groups: [{ id: groupId, name: "APIGroup_test" }],
        apis: [{ definition: mockApi(groupId) }],
      });
      const { status, body } = await apig.import({ is_create_group: "false", group_id: groupId }, file);
      assert.equal(status, 200);
      const [{ id }] = body["success"] as [{ id: string }];
      assert.match(id, /^[0-9a-f]{32}$/u);
      assert.match(String(body["swagger_id"]), /^[0-9a-f]{32}$/u);
      assert.deepEqual(body, {
        group_id: "d9ce8c9eede54b3f841ec324fe0bfdc2",
        failure: [
          {
            path: "/test/demo",
            error_msg:
              "The API already exists, An API with the same combination of the method, path, and x-apigateway-match-mode fields already exists. API name: API_demo",
            method: "GET",
            error_code: "APIG.3301",
          },
        ],
        success: [{ path: "/test", method: "GET", action: "create", id }],
        swagger_id: body["swagger_id"],
        result: "Success",
      });
    });

    const refusals: Record<number, { make: () => Promise<Answer>; body: object }> = {
      400: {
        make: async () => {
          await apig.make("/api-groups", { name: "Pets" });
          return apig.import({}, file);
        },
        body: { error_code: "APIG.3201", error_msg: "The API group name already exists" },
      },
      401: {
        make: () => apig.import({}, file, { headers: { "x-auth-token": "wrong" } }),
        body: { error_code: "APIG.1002", error_msg: "Incorrect token or token resolution failed" },
      },
      403: {
        make: async () => apig.import({}, file, await foreignProject()),
        body: { error_code: "APIG.1005", error_msg: "No permissions to request this method" },
      },
      404: {
        make: () => apig.import({ is_create_group: "false", group_id: groupId }, file),
        body: { error_code: "APIG.3001", error_msg: "API group not found" },
      },
      500: {
        make: async () => {
          await systemError("ImportApiDefinitionsV2");
          return apig.import({}, file);
        },
        body: { error_code: "APIG.9999", error_msg: "System error" },
      },
    };
    for (const [status, { make, body }] of Object.entries(refusals)) {
      it(`answers ${status} with the sample's body`, async () => {
        assert.deepEqual(await make(), { status: Number(status), body });
      });
    }
  });

  describe("ShowDetailsOfAppCodeV2", () => {
    const appId = "9ed8b7fe84224de681e7d7a5587e76dc";
    const codeId = "b3d34f746d0847fb95138670e10207ed";
    const app_code = "fdc8d90a30174460a91ddacfa54d6f04c92e523a85cc4a1894f87cb13b6f572a";
    const path = `/apps/${appId}/app-codes/${codeId}`;
    const sample = { app_code, app_id: appId, id: codeId, create_time: "2020-07-24T02:31:45Z" };

    const seeded = async (): Promise<void> => {
      await apig.control.clock({ set: "2020-07-24T02:31:45Z" });
      await apig.control.seed({ apps: [{ id: appId, name: "caller", codes: [{ id: codeId, app_code }] }] });
      await apig.control.clock({ set: new Date().toISOString() });
    };

    it("answers 201 with the sample's body", async () => {
      await seeded();
      assert.deepEqual(await apig.call("GET", path), { status: 201, body: sample });
    });

    it("answers 200 once the option says so", async () => {
      await seeded();
      await apig.control.options({ appCodeShowStatus: 200 });
      assert.deepEqual(await apig.call("GET", path), { status: 200, body: sample });
    });

    const refusals: Record<number, { make: () => Promise<Answer>; body: object }> = {
      400: {
        make: () => apig.call("GET", `/apps/${appId}.x/app-codes/${codeId}`),
        body: {
          error_code: "APIG.2012",
          error_msg: "Invalid parameter value,parameterName:app_id. Please refer to the support documentation",
        },
      },
      401: {
        make: () => apig.call("GET", path, undefined, { headers: { "x-auth-token": "wrong" } }),
        body: { error_code: "APIG.1002", error_msg: "Incorrect token or token resolution failed" },
      },
      403: {
        make: async () => apig.call("GET", path, undefined, await foreignProject()),
        body: { error_code: "APIG.1005", error_msg: "No permissions to request this method" },
      },
      404: {
        make: () => apig.call("GET", path),
        body: { error_code: "APIG.3004", error_msg: "App 9ed8b7fe84224de681e7d7a5587e76dc does not exist" },
      },
      500: {
        make: async () => {
          await systemError("ShowDetailsOfAppCodeV2");
          return apig.call("GET", path);
        },
        body: { error_code: "APIG.9999", error_msg: "System error" },
      },
    };
    for (const [status, { make, body }] of Object.entries(refusals)) {
      it(`answers ${status} with the sample's body`, async () => {
        assert.deepEqual(await make(), { status: Number(status), body });
      });
    }
  });

  it("answers an instance that is not in the project with 404 APIG.3030", async () => {
    const { status, body } = await apig.call("GET", "/apps", undefined, { instanceId: "unknown" });
    assert.deepEqual([status, body["error_code"]], [404, "APIG.3030"]);
  });
});
