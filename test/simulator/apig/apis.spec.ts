import assert from "node:assert/strict";
import { Apig, invalid, mockApi, releaseId } from "./client";

describe("APIs and their publication", () => {
  let apig: Apig;
  let groupId: string;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(async () => {
    await apig.control.reset();
    groupId = (await apig.make("/api-groups", { name: "first" })).id;
  });
  after(() => apig.close());

  const code = async (method: string, path: string, body?: unknown) => {
    const answer = await apig.call(method, path, body);
    return [answer.status, answer.body["error_code"]];
  };

  const made = (fields: Record<string, unknown> = {}) => apig.make("/apis", mockApi(groupId, fields));

  const listed = async (query = "") => {
    const { body } = await apig.call("GET", `/apis?${query}`);
    return body["apis"] as Record<string, unknown>[];
  };

  describe("APIs", () => {
    it("are created with 201, shown and replaced with 200, deleted with 204", async () => {
      const api = await made({ remark: "one" });
      assert.deepEqual(await apig.call("GET", `/apis/${api.id}`), { status: 200, body: api });
      const { status, body } = await apig.call("PUT", `/apis/${api.id}`, mockApi(groupId, { req_method: "POST" }));
      assert.deepEqual([status, body["id"], body["req_method"], body["remark"]], [200, api.id, "POST", ""]);
      assert.deepEqual(await code("DELETE", `/apis/${api.id}`), [204, undefined]);
      assert.deepEqual(await code("GET", `/apis/${api.id}`), [404, "APIG.3002"]);
    });

    it("have a name of their own in the group", async () => {
      await made();
      assert.deepEqual(await code("POST", "/apis", mockApi(groupId, { req_uri: "/other" })), [400, "APIG.3202"]);
      const other = await apig.make("/api-groups", { name: "second" });
      assert.deepEqual(await code("POST", "/apis", mockApi(other.id)), [201, undefined]);
    });

    it("have method, path and match mode of their own in the group", async () => {
      await made();
      assert.deepEqual(await code("POST", "/apis", mockApi(groupId, { name: "other" })), [400, "APIG.3301"]);
      assert.deepEqual(await code("POST", "/apis", mockApi(groupId, { name: "other", match_mode: "SWA" })), [
        201,
        undefined,
      ]);
    });

    it("need a group that exists", async () => {
      assert.deepEqual(await code("POST", "/apis", mockApi("unknown")), [404, "APIG.3001"]);
    });

    const refused: [string, Record<string, unknown>][] = [
      ["name", { name: "ab" }],
      ["type", { type: 3 }],
      ["req_protocol", { req_protocol: "FTP" }],
      ["req_method", { req_method: "TRACE" }],
      ["req_uri", { req_uri: "no/slash" }],
      ["auth_type", { auth_type: "BASIC" }],
      ["app_code_auth_type", { auth_opt: { app_code_auth_type: "QUERY" } }],
      ["backend_type", { backend_type: "VPC" }],
      ["mock_info", { mock_info: undefined }],
      ["backend_api", { backend_type: "HTTP" }],
      ["func_info", { backend_type: "FUNCTION" }],
      ["authorizer_id", { auth_type: "AUTHORIZER" }],
      ["remark", { remark: "a".repeat(256) }],
      ["body_remark", { body_remark: "a".repeat(20_481) }],
      ["match_mode", { match_mode: "EXACT" }],
      ["color", { color: "red" }],
      ["req_params", { req_params: ["a", "A"].map((name) => ({ name, type: "STRING", location: "HEADER" })) }],
    ];
    for (const [parameter, fields] of refused) {
      it(`refuse ${parameter} as in ${JSON.stringify(fields).slice(0, 50)}`, async () => {
        const answer = await apig.call("POST", "/apis", mockApi(groupId, fields));
        assert.deepEqual(answer, { status: 400, body: invalid(parameter) });
      });
    }

    it("take a zero for an optional number as not set", async () => {
      const parameter = {
        name: "id",
        type: "STRING",
        location: "QUERY",
        required: 0,
        valid_enable: 0,
        pass_through: 0,
      };
      const mock = mockApi(groupId, { req_params: [parameter], mock_info: { result_content: "", status_code: 0 } });
      const { status, body } = await apig.call("POST", "/apis", mock);
      assert.equal(status, 201);
      assert.deepEqual(body["req_params"], [{ name: "id", type: "STRING", location: "QUERY" }]);
      assert.ok(!("status_code" in (body["mock_info"] as object)));
    });

    describe("with an HTTP back end", () => {
      const address = { req_protocol: "HTTP", req_method: "GET", req_uri: "/x", timeout: 5000 };
      const group = { member_group_id: "g", req_protocol: "HTTP", req_method: "GET", req_uri: "/x" };
      const web = (backend_api: object) =>
        apig.call("POST", "/apis", mockApi(groupId, { backend_type: "HTTP", mock_info: undefined, backend_api }));

      const complete: [where: string, backend: object][] = [
        ["an address", { ...address, url_domain: "127.0.0.1" }],
        ["a channel", { ...address, vpc_channel_status: 1, vpc_channel_info: { vpc_channel_id: "c" } }],
        ["groups of a channel", { timeout: 5000, vpc_channel_status: 4, member_group_url_infos: [group] }],
      ];
      for (const [where, backend] of complete) {
        it(`at ${where} are created`, async () => assert.equal((await web(backend)).status, 201));
      }

      it("have the default timeout for a zero, and no channel", async () => {
        const { body } = await web({ ...address, url_domain: "127.0.0.1", timeout: 0, vpc_channel_status: 0 });
        const { timeout, vpc_channel_status } = body["backend_api"] as Record<string, unknown>;
        assert.deepEqual([timeout, vpc_channel_status], [5000, undefined]);
      });

      const incomplete: [parameter: string, backend: object][] = [
        ["url_domain", address],
        ["req_uri", { ...address, url_domain: "127.0.0.1", req_uri: undefined }],
        ["req_method", { ...address, vpc_channel_status: 1, req_method: undefined }],
        ["member_group_url_infos", { ...address, vpc_channel_status: 4 }],
      ];
      for (const [parameter, backend] of incomplete) {
        it(`need ${parameter} in ${JSON.stringify(backend)}`, async () => {
          assert.deepEqual(await web(backend), { status: 400, body: invalid(parameter) });
        });
      }
    });

    it("are limited by quota: per instance, per group, and in tags", async () => {
      const tags = Array.from({ length: 11 }, (_, index) => `tag${index}`);
      assert.deepEqual(await code("POST", "/apis", mockApi(groupId, { tags })), [403, "APIG.3133"]);
      await apig.control.quotas({ apisPerGroup: 0 });
      assert.deepEqual(await code("POST", "/apis", mockApi(groupId)), [403, "APIG.3125"]);
      await apig.control.quotas({ apis: 0 });
      assert.deepEqual(await code("POST", "/apis", mockApi(groupId)), [403, "APIG.3102"]);
    });

    it("are listed without back ends and parameters", async () => {
      await made();
      const [api = {}] = await listed();
      assert.equal(api["req_uri"], "/test/demo");
      for (const field of ["mock_info", "backend_api", "func_info", "req_params", "backend_params"]) {
        assert.ok(!(field in api), field);
      }
    });

    it("are found by each filter", async () => {
      const api = await made({ tags: ["blue"] });
      await made({
        name: "other",
        req_uri: "/other",
        req_method: "POST",
        type: 2,
        auth_type: "APP",
        req_protocol: "HTTP",
      });
      const filters = [
        `id=${api.id}`,
        "name=DEMO",
        "name=API_demo&precise_search=name",
        "req_uri=/test",
        "req_uri=/test/demo&precise_search=name,req_uri",
        "req_method=GET",
        "req_protocol=HTTPS",
        "auth_type=NONE",
        "type=1",
        "tags=blue,red",
      ];
      for (const filter of filters) {
        assert.deepEqual(
          (await listed(filter)).map(({ id }) => id),
          [api.id],
          filter,
        );
      }
      assert.equal((await listed(`group_id=${groupId}`)).length, 2);
      assert.equal((await listed("env_id=unknown")).length, 0);
      assert.equal((await listed("vpc_channel_name=any")).length, 0);
    });
  });

  describe("publication", () => {
    const act = (action: string, api_id: string, env_id = releaseId) =>
      apig.call("POST", "/apis/action", { action, api_id, env_id });

    it("answers 201 with the publication, and shows on the API", async () => {
      const api = await made();
      const { status, body } = await act("online", api.id);
      assert.equal(status, 201);
      assert.deepEqual([body["api_id"], body["api_name"], body["env_id"]], [api.id, "API_demo", releaseId]);
      const [shown = {}] = await listed(`env_id=${releaseId}`);
      assert.deepEqual(
        [shown["run_env_id"], shown["run_env_name"], shown["publish_id"], shown["publish_time"]],
        [releaseId, "RELEASE", body["publish_id"], body["publish_time"]],
      );
    });

    it("in several environments shows joined by bars", async () => {
      const api = await made();
      const { id } = await apig.make("/envs", { name: "dev" });
      await act("online", api.id);
      await act("online", api.id, id);
      const [shown = {}] = await listed();
      assert.deepEqual([shown["run_env_id"], shown["run_env_name"]], [`${releaseId}|${id}`, "RELEASE|dev"]);
    });

    it("keeps the API from being deleted: 409 APIG.3416", async () => {
      const api = await made();
      await act("online", api.id);
      assert.deepEqual(await code("DELETE", `/apis/${api.id}`), [409, "APIG.3416"]);
      assert.equal((await act("offline", api.id)).status, 201);
      assert.deepEqual(await code("DELETE", `/apis/${api.id}`), [204, undefined]);
    });

    it("refuses unknown APIs, environments and actions, and offline where nothing is published", async () => {
      const api = await made();
      const codeOf = async (answer: ReturnType<typeof act>) => (await answer).body["error_code"];
      assert.equal(await codeOf(act("online", "unknown")), "APIG.3002");
      assert.equal(await codeOf(act("online", api.id, "unknown")), "APIG.3003");
      assert.equal(await codeOf(act("offline", api.id)), "APIG.3015");
      assert.deepEqual((await act("delete", api.id)).body, invalid("action"));
    });

    it("remembers ten publications of an API in an environment, the newest first", async () => {
      const api = await made();
      for (let time = 0; time < 11; time += 1) await act("online", api.id);
      const { body } = await apig.call("GET", `/apis/publish/${api.id}?env_id=${releaseId}`);
      const versions = body["api_versions"] as { status: number }[];
      assert.deepEqual([body["total"], versions.map(({ status }) => status)], [10, [1, ...Array<number>(9).fill(2)]]);
    });

    it("goes back to an earlier version, and ends with the version", async () => {
      const api = await made();
      const first = (await act("online", api.id)).body["version_id"];
      await act("online", api.id);
      const { status, body } = await apig.call("PUT", `/apis/publish/${api.id}`, { version_id: first });
      assert.deepEqual([status, body["version_id"]], [200, first]);
      assert.deepEqual(await code("DELETE", `/apis/versions/${String(first)}`), [204, undefined]);
      assert.equal((await listed())[0]?.["run_env_id"], "");
      assert.deepEqual(await code("DELETE", "/apis/versions/unknown"), [404, "APIG.3022"]);
    });

    describe("of many", () => {
      const batch = (body: object, action = "online") => apig.call("POST", `/apis/publish?action=${action}`, body);

      it("answers 200 with what failed beside what went well", async () => {
        const api = await made();
        const missing = "abd9c4b2ff974888b0ba79be7e6b2762";
        const { status, body } = await batch({ env_id: releaseId, apis: [api.id, missing], remark: "x" });
        assert.equal(status, 200);
        assert.deepEqual(
          (body["success"] as { api_id: string }[]).map(({ api_id }) => api_id),
          [api.id],
        );
        assert.deepEqual(body["failure"], [
          { api_id: missing, error_code: "APIG.3002", error_msg: `API ${missing} does not exist` },
        ]);
      });

      it("takes a whole group, or the named APIs of a group", async () => {
        const api = await made();
        await made({ name: "other", req_uri: "/other" });
        const count = async (body: object) => ((await batch(body)).body["success"] as unknown[]).length;
        assert.equal(await count({ env_id: releaseId, group_id: groupId }), 2);
        assert.equal(await count({ env_id: releaseId, group_id: groupId, apis: [api.id] }), 1);
      });

      it("takes offline, and fails where nothing is published", async () => {
        const api = await made();
        await batch({ env_id: releaseId, apis: [api.id] });
        const offline = async () => (await batch({ env_id: releaseId, apis: [api.id] }, "offline")).body;
        assert.equal(((await offline())["success"] as unknown[]).length, 1);
        const [failure] = (await offline())["failure"] as [{ error_code: string; api_name: string }];
        assert.deepEqual([failure.error_code, failure.api_name], ["APIG.3015", "API_demo"]);
      });

      it("refuses more than 1000 APIs, none at all, and other actions", async () => {
        const apis = Array.from({ length: 1001 }, (_, index) => `api${index}`);
        assert.deepEqual((await batch({ env_id: releaseId, apis })).body, invalid("apis"));
        assert.deepEqual((await batch({ env_id: releaseId })).body, invalid("apis"));
        assert.deepEqual((await batch({ env_id: releaseId, apis: ["a"] }, "delete")).body, invalid("action"));
      });

      it("notes the number of APIs in the journal", async () => {
        const api = await made();
        await batch({ env_id: releaseId, apis: [api.id] });
        assert.equal((await apig.control.journal()).at(-1)?.note, "apis=1");
      });
    });
  });
});
