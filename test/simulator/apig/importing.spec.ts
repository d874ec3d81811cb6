import assert from "node:assert/strict";
import { Apig, definition, invalid, mockApi, type Answer } from "./client";

describe("Importing APIs", () => {
  let apig: Apig;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(() => apig.control.reset());
  after(() => apig.close());

  const entries = (answer: Answer, list: string) =>
    (answer.body[list] ?? []) as { path: string; method: string; id: string; action: string; error_code: string }[];

  const group = async (): Promise<string> => (await apig.make("/api-groups", { name: "given" })).id;

  const into = (group_id: string, file: object | string, fields: Record<string, string> = {}) =>
    apig.import({ is_create_group: "false", group_id, ...fields }, file);

  describe("form", () => {
    const file = definition({ "GET /pets": {} });

    it("needs only the file: it creates a group named by the title, described by the description", async () => {
      const { status, body } = await apig.import(
        {},
        { ...file, info: { title: "Pets", description: "all", version: "1" } },
      );
      assert.equal(status, 200);
      const { body: made } = await apig.call("GET", `/api-groups/${String(body["group_id"])}`);
      assert.deepEqual([made["name"], made["remark"]], ["Pets", "all"]);
    });

    it("ignores title and description when the group is given", async () => {
      const id = await group();
      await into(id, { ...file, info: { title: "?", version: "1" } });
      const { body } = await apig.call("GET", `/api-groups/${id}`);
      assert.deepEqual([body["name"], body["remark"]], ["given", ""]);
    });

    it("takes the documented values of every field", async () => {
      const id = await group();
      for (const mode of ["merge", "override"]) {
        const { status } = await into(id, file, {
          extend_mode: mode,
          api_mode: mode,
          simple_mode: "true",
          mock_mode: "false",
        });
        assert.equal(status, 200, mode);
      }
    });

    const refused: Record<string, Record<string, string>> = {
      is_create_group: { is_create_group: "yes" },
      group_id: { is_create_group: "false" },
      extend_mode: { extend_mode: "replace" },
      api_mode: { api_mode: "MERGE" },
      simple_mode: { simple_mode: "1" },
      mock_mode: { mock_mode: "" },
      dry_run: { dry_run: "true" },
    };
    for (const [name, fields] of Object.entries(refused)) {
      it(`refuses ${name} outside the page`, async () => {
        assert.deepEqual(await apig.import(fields, file), { status: 400, body: invalid(name) });
      });
    }

    it("refuses a form without the file", async () => {
      assert.deepEqual(await apig.import({}), { status: 400, body: invalid("file_name") });
    });
  });

  describe("file", () => {
    const refused: Record<string, { file: string | object; code: string }> = {
      "an empty file": { file: " \n", code: "APIG.3609" },
      "neither JSON nor YAML": { file: "{a: [", code: "APIG.3600" },
      "a text that is no object": { file: "hello", code: "APIG.3600" },
      "OpenAPI 3.1": { file: { ...definition({}), openapi: "3.1.0" }, code: "APIG.3601" },
      "Swagger 1.2": { file: { swagger: "1.2", info: { title: "Pets" }, paths: {} }, code: "APIG.3601" },
      "no version": { file: { info: { title: "Pets" }, paths: {} }, code: "APIG.3601" },
      "no paths": { file: { openapi: "3.0.0", info: { title: "Pets", version: "1" } }, code: "APIG.3602" },
      "no info": { file: { openapi: "3.0.0", paths: {} }, code: "APIG.3602" },
      "a path without a slash": { file: definition({ "GET pets": {} }), code: "APIG.3602" },
      "a reference to nothing": {
        file: definition({ "GET /pets": { parameters: [{ $ref: "#/components/parameters/none" }] } }),
        code: "APIG.3602",
      },
      "a title that no group may have": {
        file: { ...definition({}), info: { title: "Pet Store", version: "1" } },
        code: "APIG.2044",
      },
    };
    for (const [what, { file, code }] of Object.entries(refused)) {
      it(`refuses ${what} with ${code} and makes no group`, async () => {
        const { status, body } = await apig.import({}, file);
        assert.deepEqual([status, body["error_code"]], [400, code]);
        assert.equal((await apig.call("GET", "/api-groups")).body["total"], 1);
      });
    }

    it("takes YAML", async () => {
      const { status } = await apig.import({}, 'swagger: "2.0"\ninfo: {title: Pets, version: "1"}\npaths: {}\n');
      assert.equal(status, 200);
    });

    it("takes 300 operations and refuses 301 with 403 APIG.3127", async () => {
      await apig.control.quotas({ apis: 1000 });
      const file = (count: number) =>
        definition(Object.fromEntries(Array.from({ length: count }, (_, index) => [`GET /n${index}`, {}])));
      assert.deepEqual(await apig.import({}, file(301)), {
        status: 403,
        body: {
          error_code: "APIG.3127",
          error_msg: "The number of APIs has reached the upper limit. A maximum of 300 APIs can be imported at a time",
        },
      });
      assert.equal(entries(await apig.import({}, file(300)), "success").length, 300);
    });

    it("fails the operations beyond the quota of APIs, and imports the ones before", async () => {
      await apig.control.quotas({ apis: 1 });
      const answer = await apig.import({}, definition({ "GET /a": {}, "GET /b": {} }));
      assert.deepEqual(
        entries(answer, "success").map(({ path }) => path),
        ["/a"],
      );
      assert.deepEqual(
        entries(answer, "failure").map(({ path, error_code }) => [path, error_code]),
        [["/b", "APIG.3102"]],
      );
    });
  });

  describe("clash", () => {
    it("keeps the existing API under merge", async () => {
      const id = await group();
      await apig.make("/apis", mockApi(id, { remark: "old" }));
      const answer = await into(id, definition({ "GET /test/demo": { description: "new" } }));
      assert.deepEqual(
        entries(answer, "failure").map(({ error_code }) => error_code),
        ["APIG.3301"],
      );
      const { body } = await apig.call("GET", `/apis?group_id=${id}`);
      assert.equal((body["apis"] as [{ remark: string }])[0].remark, "old");
    });

    it("overwrites the API with the same method, path and match mode under override, and keeps its id", async () => {
      const id = await group();
      const api = await apig.make("/apis", mockApi(id, { remark: "old" }));
      const answer = await into(id, definition({ "GET /test/demo": { operationId: "newName" } }), {
        api_mode: "override",
      });
      assert.deepEqual(entries(answer, "success"), [
        { path: "/test/demo", method: "GET", action: "update", id: api.id },
      ]);
      const { body } = await apig.call("GET", `/apis/${api.id}`);
      assert.deepEqual([body["name"], body["remark"]], ["newName", ""]);
    });

    it("does not clash when the match mode differs", async () => {
      const id = await group();
      await apig.make("/apis", mockApi(id));
      const answer = await into(id, definition({ "GET /test/demo": { "x-apigateway-match-mode": "SWA" } }));
      assert.equal(entries(answer, "success").length, 1);
    });

    for (const api_mode of ["merge", "override"]) {
      it(`fails an operation whose name another API has, under ${api_mode}`, async () => {
        const id = await group();
        await apig.make("/apis", mockApi(id));
        const answer = await into(id, definition({ "GET /other": { operationId: "API_demo" } }), { api_mode });
        assert.deepEqual(entries(answer, "failure"), [
          { path: "/other", error_msg: "The API name already exists", method: "GET", error_code: "APIG.3202" },
        ]);
      });

      it(`lets the first of two clashing operations in one file win, under ${api_mode}`, async () => {
        const file = definition({ "GET /a": { operationId: "same" }, "GET /b": { operationId: "same" } });
        const answer = await apig.import({ api_mode }, file);
        assert.deepEqual(
          entries(answer, "success").map(({ path }) => path),
          ["/a"],
        );
        assert.deepEqual(
          entries(answer, "failure").map(({ path, error_code }) => [path, error_code]),
          [["/b", "APIG.3202"]],
        );
      });
    }

    it("goes to ignore where the option says so", async () => {
      await apig.control.options({ importClash: "ignore" });
      const id = await group();
      await apig.make("/apis", mockApi(id));
      const { body } = await into(id, definition({ "GET /test/demo": {} }));
      assert.deepEqual([body["failure"], body["ignore"]], [[], [{ method: "GET", path: "/test/demo" }]]);
    });

    it("within one file goes to failure whatever the option says", async () => {
      await apig.control.options({ importClash: "ignore" });
      const file = definition({ "GET /a": { operationId: "same" }, "GET /b": { operationId: "same" } });
      const { body } = await apig.import({}, file);
      assert.deepEqual([(body["failure"] as unknown[]).length, body["ignore"]], [1, undefined]);
    });

    it("never removes an API that the file does not name", async () => {
      const id = await group();
      await apig.make("/apis", mockApi(id));
      await into(id, definition({ "GET /other": {} }), { api_mode: "override" });
      assert.equal((await apig.call("GET", `/apis?group_id=${id}`)).body["total"], 2);
    });
  });

  it("nests the file's id and result where the option says so", async () => {
    await apig.control.options({ importSwagger: "nested" });
    const { body } = await apig.import({}, definition({}));
    assert.deepEqual(Object.keys(body), ["group_id", "failure", "success", "swagger"]);
    assert.equal((body["swagger"] as { result: string }).result, "Success");
  });

  it("notes the number of operations in the journal", async () => {
    await apig.import({}, definition({ "GET /a": {}, "PUT /a": {} }));
    const calls = await apig.control.journal();
    assert.equal(calls.find(({ operation }) => operation === "ImportApiDefinitionsV2")?.note, "operations=2");
  });

  it("leaves imported APIs unpublished", async () => {
    await apig.import({}, definition({ "GET /a": {} }));
    const { body } = await apig.call("GET", "/apis");
    assert.equal((body["apis"] as [{ run_env_id: string }])[0].run_env_id, "");
  });

  describe("later", () => {
    const start = async (file: object): Promise<string> => {
      const form = new FormData();
      form.set("file_name", new Blob([JSON.stringify(file)]), "pets.json");
      const { info } = apig.simulator;
      const response = await fetch(
        `${info.apig}/v2/${info.projectId}/apigw/instances/${info.instanceId}/openapi/async-import`,
        { method: "POST", body: form, headers: { "x-auth-token": info.token } },
      );
      assert.equal(response.status, 202);
      return ((await response.json()) as { task_id: string }).task_id;
    };

    it("answers a task whose result holds the import's body as text", async () => {
      const { status, body } = await apig.call("GET", `/async-tasks/${await start(definition({ "GET /a": {} }))}`);
      assert.deepEqual([status, body["task_status"], body["task_type"]], [200, "succeed", "import_api"]);
      const result = JSON.parse(String(body["task_result"])) as { success: unknown[] };
      assert.equal(result.success.length, 1);
    });

    it("answers a failed task whose result holds the refusal as text", async () => {
      await apig.make("/api-groups", { name: "Pets" });
      const { body } = await apig.call("GET", `/async-tasks/${await start(definition({}))}`);
      assert.equal(body["task_status"], "failed");
      assert.equal(body["task_result"], '{"error_code":"APIG.3201","error_msg":"The API group name already exists"}');
    });

    it("answers 404 APIG.3072 for a task that does not exist", async () => {
      const { status, body } = await apig.call("GET", "/async-tasks/unknown");
      assert.deepEqual([status, body["error_code"]], [404, "APIG.3072"]);
    });
  });
});
