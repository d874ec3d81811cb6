import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Apig, httpBackend, mockApi, releaseId } from "../apig/client";

const groupId = "c77f5e81d9cb4424bf704ef2b0ac7600";
const apiId = "5f918d104dc84480a75166ba99efff21";
const appId = "356de8eb7a8742168586e5daf5339965";
const app_code = "a".repeat(64);

describe("Gateway", () => {
  let apig: Apig;

  before(async () => {
    apig = await Apig.open();
  });
  beforeEach(async () => {
    await apig.control.reset();
    await apig.control.options({ gatewayDelay: 0 });
  });
  after(() => apig.close());

  /** A published API of a group of its own. */
  const publish = (fields: object = {}, id = apiId) =>
    apig.control.seed({ apis: [{ id, definition: mockApi(groupId, { ...fields }), publish: [releaseId] }] });

  const group = () => apig.control.seed({ groups: [{ id: groupId, name: "first" }] });

  const refusal = async (...visit: Parameters<Apig["visit"]>) => {
    const { status, text: body } = await apig.visit(...visit);
    const { error_code, request_id } = JSON.parse(body) as Record<string, unknown>;
    assert.match(String(request_id), /^[0-9a-f]{32}$/u);
    return [status, error_code];
  };

  describe("routing", () => {
    beforeEach(group);

    it("serves a mock under the group's sub domain", async () => {
      await publish();
      const { status, text: body } = await apig.visit(groupId, "/test/demo");
      assert.deepEqual([status, body], [200, "mocked"]);
    });

    it("refuses other hosts, paths and environments with 404 APIG.0101", async () => {
      await publish();
      await apig.control.seed({ environments: [{ id: "dev", name: "dev" }] });
      const unknown = [404, "APIG.0101"];
      assert.deepEqual(await refusal("other", "/test/demo"), unknown);
      assert.deepEqual(await refusal(groupId, "/test/demo", { headers: { host: "127.0.0.1" } }), unknown);
      assert.deepEqual(await refusal(groupId, "/test"), unknown);
      assert.deepEqual(await refusal(groupId, "/test/demo/more"), unknown);
      assert.deepEqual(await refusal(groupId, "/test/demo", { headers: { "x-stage": "dev" } }), unknown);
      assert.deepEqual(await refusal(groupId, "/test/demo", { headers: { "x-stage": "none" } }), unknown);
    });

    it("serves a mock with a status of its own", async () => {
      await publish({ mock_info: { result_content: "made", status_code: 201 } });
      const { status, text: body } = await apig.visit(groupId, "/test/demo");
      assert.deepEqual([status, body], [201, "made"]);
    });

    it("refuses a group whose sub domain is closed", async () => {
      await publish();
      const closed = { sl_domain_access_enabled: false };
      await apig.call("PUT", `/api-groups/${groupId}/sl-domain-access-settings`, closed);
      assert.deepEqual(await refusal(groupId, "/test/demo"), [404, "APIG.0101"]);
    });

    it("refuses other methods with the text for methods", async () => {
      await publish();
      const { text: body } = await apig.visit(groupId, "/test/demo", { method: "PUT" });
      assert.equal((JSON.parse(body) as Record<string, unknown>)["error_msg"], "The API does not exist");
    });

    it("serves another environment under X-Stage", async () => {
      await apig.control.seed({
        environments: [{ id: "dev", name: "dev" }],
        apis: [{ definition: mockApi(groupId), publish: ["dev"] }],
      });
      assert.equal((await apig.visit(groupId, "/test/demo", { headers: { "x-stage": "dev" } })).status, 200);
    });

    const content = (result_content: string) => ({ name: `API_${result_content}`, mock_info: { result_content } });
    const served: [what: string, apis: object[], path: string, method: string, expected: string][] = [
      ["a parameter", [{ ...content("one"), req_uri: "/pets/{id}" }], "/pets/7", "GET", "one"],
      ["the rest of the path", [{ ...content("all"), req_uri: "/{proxy+}" }], "/a/b/c", "GET", "all"],
      ["any method", [{ ...content("any"), req_method: "ANY" }], "/test/demo", "PATCH", "any"],
      ["a prefix", [{ ...content("swa"), req_uri: "/pets", match_mode: "SWA" }], "/pets/7/name", "GET", "swa"],
      [
        "a literal before a parameter",
        [
          { ...content("one"), req_uri: "/pets/{id}" },
          { ...content("mine"), req_uri: "/pets/mine" },
        ],
        "/pets/mine",
        "GET",
        "mine",
      ],
      [
        "a whole path before a prefix",
        [
          { ...content("swa"), req_uri: "/pets", match_mode: "SWA" },
          { ...content("one"), req_uri: "/{kind}/{id}" },
        ],
        "/pets/7",
        "GET",
        "one",
      ],
      [
        "a named method before any",
        [
          { ...content("any"), req_method: "ANY" },
          { ...content("get"), req_method: "GET" },
        ],
        "/test/demo",
        "GET",
        "get",
      ],
    ];
    for (const [what, apis, path, method, expected] of served) {
      it(`matches ${what}`, async () => {
        for (const [index, fields] of apis.entries()) await publish(fields, `api${index}`);
        assert.equal((await apig.visit(groupId, path, { method })).text, expected);
      });
    }

    it("does not match a prefix within a segment", async () => {
      await publish({ req_uri: "/pets", match_mode: "SWA" });
      assert.deepEqual(await refusal(groupId, "/petshop"), [404, "APIG.0101"]);
    });

    it("serves what was published until it is published again", async () => {
      await publish();
      await apig.call("PUT", `/apis/${apiId}`, mockApi(groupId, { mock_info: { result_content: "new" } }));
      assert.equal((await apig.visit(groupId, "/test/demo")).text, "mocked");
      await apig.make("/apis/action", { action: "online", env_id: releaseId, api_id: apiId });
      assert.equal((await apig.visit(groupId, "/test/demo")).text, "new");
    });
  });

  describe("authentication", () => {
    const simple = { auth_type: "APP", auth_opt: { app_code_auth_type: "HEADER" } };
    const withCode = { headers: { "x-apig-appcode": app_code } };

    beforeEach(async () => {
      await group();
      await apig.control.seed({ apps: [{ id: appId, name: "caller", codes: [{ id: "code", app_code }] }] });
    });

    const authorize = () => apig.make("/app-auths", { env_id: releaseId, app_ids: [appId], api_ids: [apiId] });

    it("lets an authorized app in by its code, and nobody without: 401 APIG.0303", async () => {
      await publish(simple);
      await authorize();
      assert.equal((await apig.visit(groupId, "/test/demo", withCode)).status, 200);
      assert.deepEqual(await refusal(groupId, "/test/demo"), [401, "APIG.0303"]);
      const wrong = { headers: { "x-apig-appcode": "b".repeat(64) } };
      assert.deepEqual(await refusal(groupId, "/test/demo", wrong), [401, "APIG.0303"]);
    });

    it("refuses an app that is not authorized with 403 APIG.0304", async () => {
      await publish(simple);
      assert.deepEqual(await refusal(groupId, "/test/demo", withCode), [403, "APIG.0304"]);
    });

    it("refuses the code where simple authentication is off", async () => {
      await publish({ auth_type: "APP" });
      await authorize();
      assert.deepEqual(await refusal(groupId, "/test/demo", withCode), [401, "APIG.0303"]);
    });

    it("refuses calls without a user where IAM is asked for: 401 APIG.0301", async () => {
      await publish({ auth_type: "IAM" });
      assert.deepEqual(await refusal(groupId, "/test/demo", withCode), [401, "APIG.0301"]);
    });

    it("follows changes after the delay, not before", async () => {
      await publish(simple);
      await authorize();
      await apig.control.options({ gatewayDelay: 5000 });
      const status = async (): Promise<number> => (await apig.visit(groupId, "/test/demo", withCode)).status;

      await apig.call("DELETE", `/apps/${appId}/app-codes/code`);
      await apig.control.clock({ advance: 4000 });
      assert.equal(await status(), 200, "a deleted code works for a while");
      await apig.control.clock({ advance: 1000 });
      assert.equal(await status(), 401);

      await apig.make(`/apps/${appId}/app-codes`, { app_code });
      assert.equal(await status(), 401, "a new code takes a while");
      await apig.control.clock({ advance: 5000 });
      assert.equal(await status(), 200);

      await apig.make("/apis/action", { action: "offline", env_id: releaseId, api_id: apiId });
      assert.equal(await status(), 200, "an API taken offline answers for a while");
      await apig.control.clock({ advance: 5000 });
      assert.equal(await status(), 404);
    });

    it("serves one version at every moment while it is published again", async () => {
      await publish();
      await apig.control.options({ gatewayDelay: 5000 });
      await apig.call("PUT", `/apis/${apiId}`, mockApi(groupId, { mock_info: { result_content: "new" } }));
      await apig.make("/apis/action", { action: "online", env_id: releaseId, api_id: apiId });
      assert.equal((await apig.visit(groupId, "/test/demo")).text, "mocked");
      await apig.control.clock({ advance: 5000 });
      assert.equal((await apig.visit(groupId, "/test/demo")).text, "new");
    });
  });

  describe("HTTP back ends", () => {
    let backend: Server;
    let address: string;

    before((done) => {
      backend = createServer((request, response) => {
        void text(request).then((body) => {
          const { method, url, headers } = request;
          response.writeHead(202, { "x-from": "backend" }).end(JSON.stringify({ method, url, headers, body }));
        });
      }).listen(0, "127.0.0.1", () => {
        address = `127.0.0.1:${(backend.address() as AddressInfo).port}`;
        done();
      });
    });
    after((done) => void backend.close(done));
    beforeEach(group);

    const http = (fields: Record<string, unknown> = {}) => httpBackend(address, fields);

    it("get method, path, query and body as the API maps them, without the caller's code", async () => {
      const all = { name: "all", type: "STRING", location: "QUERY", pass_through: 1 };
      await publish({
        ...http({ req_method: "PUT", req_uri: "/owners/{owner}" }),
        req_method: "POST",
        req_uri: "/pets/{id}",
        req_params: [{ name: "id", type: "STRING", location: "PATH" }, all],
        backend_params: [
          { name: "owner", origin: "REQUEST", location: "PATH", value: "id" },
          { name: "version", origin: "CONSTANT", location: "QUERY", value: "2" },
          { name: "X-Via", origin: "CONSTANT", location: "HEADER", value: "gateway" },
        ],
      });
      const headers = { "x-apig-appcode": app_code, "x-own": "kept" };
      const answer = await apig.visit(groupId, "/pets/a%20b?all=1", { method: "POST", body: "{}", headers });
      const seen = JSON.parse(answer.text) as {
        method: string;
        url: string;
        body: string;
        headers: Record<string, string>;
      };
      assert.deepEqual([answer.status, answer.headers["x-from"]], [202, "backend"]);
      assert.deepEqual([seen.method, seen.url, seen.body], ["PUT", "/owners/a%20b?all=1&version=2", "{}"]);
      assert.deepEqual([seen.headers["x-via"], seen.headers["x-own"]], ["gateway", "kept"]);
      assert.equal(seen.headers["x-apig-appcode"], undefined);
    });

    it("get what follows a prefix", async () => {
      await publish({ ...http(), req_uri: "/pets", match_mode: "SWA" });
      const { url } = JSON.parse((await apig.visit(groupId, "/pets/7/name")).text) as { url: string };
      assert.equal(url, "/b/7/name");
    });

    it("on other machines are refused with 502, and so are those that do not answer", async () => {
      await publish(http({ url_domain: "192.0.2.1:80" }));
      assert.deepEqual(await refusal(groupId, "/test/demo"), [502, "APIG.0201"]);
      const closed = createServer();
      await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
      const { port } = closed.address() as AddressInfo;
      await new Promise((resolve) => closed.close(resolve));
      await publish({ ...http({ url_domain: `127.0.0.1:${port}` }), name: "dead", req_uri: "/dead" }, "dead");
      assert.deepEqual(await refusal(groupId, "/dead"), [502, "APIG.0201"]);
    });

    it("that take too long end with 504", async () => {
      const silent = createServer(() => undefined);
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const { port } = silent.address() as AddressInfo;
      await publish(http({ url_domain: `127.0.0.1:${port}`, timeout: 20 }));
      assert.deepEqual(await refusal(groupId, "/test/demo"), [504, "APIG.0201"]);
      silent.closeAllConnections();
      await new Promise((resolve) => silent.close(resolve));
    });
  });
});
