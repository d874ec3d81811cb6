import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Apig, definition, httpBackend, mockApi, releaseId } from "../apig/client";

const groupId = "c77f5e81d9cb4424bf704ef2b0ac7600";
const apiId = "5f918d104dc84480a75166ba99efff21";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Record<string, string | undefined>;
}

describe("Parameters at the gateway", () => {
  let apig: Apig;
  let backend: Server;
  let address: string;

  before(async () => {
    apig = await Apig.open();
    backend = createServer((request, response) => {
      void text(request).then((body) => {
        const { method, url, headers } = request;
        response
          .writeHead(201, { "content-type": "application/json", location: "/pets/7" })
          .end(JSON.stringify({ method, url, headers, body }));
      });
    });
    await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
    address = `127.0.0.1:${(backend.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    await apig.control.reset();
    await apig.control.options({ gatewayDelay: 0 });
    await apig.control.seed({ groups: [{ id: groupId, name: "first" }] });
  });
  after(async () => {
    await new Promise((resolve) => backend.close(resolve));
    await apig.close();
  });

  const publish = (fields: object = {}) =>
    apig.control.seed({ apis: [{ id: apiId, definition: mockApi(groupId, { ...fields }), publish: [releaseId] }] });

  const http = (fields: Record<string, unknown> = {}) => httpBackend(address, fields);

  /** What the back end saw of a call. */
  const seen = async (path: string, visit: Parameters<Apig["visit"]>[2] = {}): Promise<Seen> => {
    const answer = await apig.visit(groupId, path, visit);
    assert.equal(answer.status, 201, answer.text);
    return JSON.parse(answer.text) as Seen;
  };

  const query = (fields: object) => ({ name: "a", type: "STRING", location: "QUERY", valid_enable: 1, ...fields });

  describe("are checked", () => {
    const refused = { status: 400, error_code: "APIG.0201", error_msg: "API request error" };
    const ofNumber = (fields: object = {}) => query({ type: "NUMBER", ...fields });

    const rows: [what: string, parameter: object, good: string[], bad: string[]][] = [
      ["required", query({ required: 1 }), ["?a=1", "?a="], ["", "?b=1"]],
      ["required without further checks", query({ required: 1, valid_enable: 2 }), ["?a=1"], [""]],
      ["numbers", ofNumber(), ["", "?a=1", "?a=-1.5", "?a=2e3"], ["?a=", "?a=x", "?a=1x", "?a=0x10", "?a=1&a=x"]],
      ["bounds", ofNumber({ min_num: 2, max_num: 4 }), ["?a=2", "?a=4", "?a=2.5"], ["?a=1.9", "?a=5"]],
      ["zero bounds", ofNumber({ min_num: 0, max_num: 0 }), ["?a=-1", "?a=5"], []],
      ["lengths", query({ min_size: 2, max_size: 3 }), ["", "?a=xx", "?a=%E4%B8%AD%E6%96%87"], ["?a=x", "?a=xxxx"]],
      ["enumerations", query({ enumerations: "up,down" }), ["?a=up", "?a=down"], ["?a=UP", "?a=left", "?a=up,down"]],
      ["numbers in enumerations", ofNumber({ enumerations: "1,2" }), ["?a=2"], ["?a=3"]],
      ["nothing when switched off", query({ max_size: 1, valid_enable: 2 }), ["?a=xx"], []],
    ];
    for (const [what, parameter, good, bad] of rows) {
      it(what, async () => {
        await publish({ req_params: [parameter] });
        for (const each of good) assert.equal((await apig.visit(groupId, `/test/demo${each}`)).status, 200, each);
        for (const each of bad) {
          const answer = await apig.visit(groupId, `/test/demo${each}`);
          const { error_code, error_msg } = JSON.parse(answer.text) as Record<string, unknown>;
          assert.deepEqual({ status: answer.status, error_code, error_msg }, refused, each);
        }
      });
    }

    it("in headers, whatever their case, and in the path", async () => {
      await publish({
        req_uri: "/pets/{id}",
        req_params: [
          { name: "id", type: "NUMBER", location: "PATH", valid_enable: 1 },
          { name: "X-Kind", type: "STRING", location: "HEADER", required: 1, valid_enable: 1, enumerations: "cat" },
        ],
      });
      const status = async (path: string, headers = {}) => (await apig.visit(groupId, path, { headers })).status;
      assert.equal(await status("/pets/7", { "x-kind": "cat" }), 200);
      assert.equal(await status("/pets/x", { "x-kind": "cat" }), 400);
      assert.equal(await status("/pets/7", { "x-kind": "dog" }), 400);
      assert.equal(await status("/pets/7"), 400);
    });

    it("after the caller is let in", async () => {
      await publish({ auth_type: "IAM", req_params: [query({ required: 1 })] });
      assert.equal((await apig.visit(groupId, "/test/demo")).status, 401);
    });

    it("before the back end is called", async () => {
      await publish({ ...http({ url_domain: "192.0.2.1:80" }), req_params: [query({ required: 1 })] });
      assert.equal((await apig.visit(groupId, "/test/demo")).status, 400);
    });
  });

  describe("go to the back end", () => {
    it("under their own name and place when passed through, and not otherwise", async () => {
      const named = (name: string, location: string, pass_through: number) => ({
        name,
        type: "STRING",
        location,
        pass_through,
      });
      const req_params = [
        named("on", "QUERY", 1),
        named("off", "QUERY", 2),
        named("X-On", "HEADER", 1),
        named("X-Off", "HEADER", 2),
        named("id", "PATH", 1),
      ];
      await publish({ ...http({ req_uri: "/b/{id}" }), req_uri: "/pets/{id}", req_params });
      const headers = { "x-on": "1", "x-off": "2", "x-other": "3" };
      const { url, headers: got } = await seen("/pets/a%20b?on=1&on=2&off=3&undeclared=4", { headers });
      assert.equal(url, "/b/a%20b?on=1&on=2");
      assert.deepEqual([got["x-on"], got["x-off"], got["x-other"]], ["1", undefined, "3"]);
    });

    it("from the request into path, query and header, from constants and from the system", async () => {
      const req_params = [
        { name: "id", type: "STRING", location: "PATH" },
        { name: "q", type: "STRING", location: "QUERY" },
        { name: "X-H", type: "STRING", location: "HEADER" },
        { name: "no", type: "STRING", location: "QUERY" },
      ];
      const from = (origin: string, value: string, location: string, name: string) => ({
        name,
        origin,
        location,
        value,
      });
      const backend_params = [
        from("REQUEST", "X-H", "PATH", "p"),
        from("REQUEST", "id", "QUERY", "owner"),
        from("REQUEST", "no", "QUERY", "missing"),
        from("REQUEST", "q", "HEADER", "X-Q"),
        from("CONSTANT", "2", "QUERY", "version"),
        from("SYSTEM", "apiId", "HEADER", "X-Api"),
        from("SYSTEM", "stage", "HEADER", "X-Where"),
        from("SYSTEM", "sourceIp", "HEADER", "X-Who"),
      ];
      await publish({ ...http({ req_uri: "/b/{p}/c-{p}" }), req_uri: "/pets/{id}", req_params, backend_params });
      const { url, headers } = await seen("/pets/7?q=x", { headers: { "x-h": "h/i" } });
      assert.equal(url, "/b/h%2Fi/c-h%2Fi?owner=7&version=2");
      assert.deepEqual([headers["x-q"], headers["x-h"]], ["x", undefined]);
      assert.deepEqual([headers["x-api"], headers["x-where"], headers["x-who"]], [apiId, "RELEASE", "127.0.0.1"]);
    });

    it("with their default where the caller sends none", async () => {
      await publish({ ...http(), req_params: [query({ default_value: "10", pass_through: 1 })] });
      assert.equal((await seen("/test/demo")).url, "/b?a=10");
      assert.equal((await seen("/test/demo?a=5")).url, "/b?a=5");
    });

    it("with any method, the body and its type, behind a prefix too", async () => {
      await publish({ ...http(), req_method: "ANY", match_mode: "SWA" });
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const headers = { "content-type": "application/vnd.pets+json", "content-length": "7" };
        const got = await seen("/test/demo/7", { method, body: '{"a":1}', headers });
        assert.deepEqual([got.method, got.url, got.body], [method, "/b/7", '{"a":1}']);
        assert.equal(got.headers["content-type"], "application/vnd.pets+json");
      }
    });
  });

  it("of an imported file work from the file to the back end and back", async () => {
    const operation = {
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "integer", minimum: 1 } },
        {
          name: "sort",
          in: "query",
          schema: { type: "string", enum: ["up", "down"] },
          "x-apigateway-pass-through": "always",
        },
      ],
      "x-apigateway-backend": {
        type: "HTTP",
        httpEndpoints: { address, scheme: "http", method: "POST", path: "/owners/{owner}/pets", timeout: 5000 },
        parameters: [{ name: "owner", in: "path", origin: "REQUEST", value: "id" }],
      },
    };
    const file = definition({ "POST /pets/{id}": operation });
    const { body } = await apig.import({ is_create_group: "false", group_id: groupId }, file);
    assert.deepEqual(body["failure"], []);
    const [{ id }] = body["success"] as [{ id: string }];
    await apig.make("/apis/action", { action: "online", env_id: releaseId, api_id: id });
    const answer = await apig.visit(groupId, "/pets/7?sort=up", { method: "POST", body: "{}" });
    assert.deepEqual([answer.status, answer.headers["location"]], [201, "/pets/7"]);
    assert.equal((JSON.parse(answer.text) as Seen).url, "/owners/7/pets?sort=up");
    for (const bad of ["/pets/0.5", "/pets/x", "/pets/7?sort=left"]) {
      assert.equal((await apig.visit(groupId, bad, { method: "POST" })).status, 400, bad);
    }
  });
});
