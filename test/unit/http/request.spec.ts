import assert from "node:assert/strict";
import { buildRequest } from "../../../provider/http/request";
import { create, listProjects, read } from "./support/operations";
import { connectTo, heldRuntime, place, servers } from "./support/server";

const open = servers();
const root = "https://host.example.com/";

describe("a request", () => {
  it("has path values encoded, one segment each", () => {
    const { url } = buildRequest(read, { path: { id: "a/b c?宠" } }, root, { project_id: "p1" });
    assert.equal(url, "https://host.example.com/v2/p1/things/a%2Fb%20c%3F%E5%AE%A0");
  });

  it("takes the project from the place, whatever the arguments say", () => {
    const { url } = buildRequest(read, { path: { id: "t", project_id: "other" } }, root, { project_id: "p1" });
    assert.match(url, /\/v2\/p1\//);
  });

  for (const id of ["", ".", "..", undefined]) {
    it(`is refused with the path value ${JSON.stringify(id)}, which would address something else`, () => {
      const args = id === undefined ? {} : { path: { id } };
      assert.throws(() => buildRequest(read, args, root, { project_id: "p1" }), TypeError);
    });
  }

  it("has its query sorted and encoded the way signatures want it, without undefined values", () => {
    const query = { name: "a b/c+d'(e)*", limit: 5, exact: true, none: undefined };
    const { url } = buildRequest(listProjects, { query }, root, {});
    assert.equal(url.split("?")[1], "exact=true&limit=5&name=a%20b%2Fc%2Bd%27%28e%29%2A");
  });

  it("goes below the path of the endpoint, if that has one", () => {
    assert.equal(buildRequest(listProjects, {}, "https://h/ci/", {}).url, `https://h/ci${listProjects.path}`);
  });

  it("goes over the wire byte for byte as it was put together", async () => {
    const server = await open({ status: 200, body: {} });
    await connectTo(server.url)
      .huawei(place)
      .call(read, { path: { id: "a'b|c d" }, query: { q: "x'y z|[1]" } });
    assert.equal(server.received[0]?.target, "/v2/p1/things/a%27b%7Cc%20d?q=x%27y%20z%7C%5B1%5D");
  });

  it("has a content type only with a body, and says the length of an empty one", async () => {
    const server = await open({ status: 200, body: {} });
    const caller = connectTo(server.url).huawei(place);
    await caller.call(
      { ...create, method: "PUT", success: [200], response: read.response },
      { path: { instance_id: "i" } },
    );
    await caller.call(read, { path: { id: "t" } });
    const [put, get] = server.received;
    assert.ok(put && get);
    assert.equal(put.headers["content-length"], "0");
    assert.equal(put.headers["transfer-encoding"], undefined);
    assert.equal(get.headers["content-type"], undefined);
  });

  it("sends JSON as UTF-8", async () => {
    const server = await open({ status: 201, body: { id: "t" } });
    await connectTo(server.url)
      .huawei(place)
      .call(create, { path: { instance_id: "i" }, body: { name: "宠物" } });
    const [request] = server.received;
    assert.ok(request);
    assert.equal(request.headers["content-type"], "application/json");
    assert.deepEqual(JSON.parse(request.body.toString()), { name: "宠物" });
  });
});

describe("a form", () => {
  const form = {
    fields: { is_create_group: "false", group_id: "g1" },
    files: { file_name: { fileName: "pets.yaml", content: "openapi: 3.0.0\ntitle: 宠物\r\n" } },
  };

  it("has its fields in order, then the file with its name, and a known length", async () => {
    const server = await open({ status: 201, body: { id: "t" } });
    await connectTo(server.url)
      .huawei(place)
      .call(create, { path: { instance_id: "i" }, form });
    const [request] = server.received;
    assert.ok(request);
    assert.match(request.headers["content-type"] ?? "", /^multipart\/form-data; ?boundary=/);
    assert.equal(Number(request.headers["content-length"]), request.body.length);
    const parts = [
      ...request.body.toString().matchAll(/name="([^"]+)"(?:; filename="([^"]+)")?.*?\r\n\r\n(.*?)\r\n--/gs),
    ];
    assert.deepEqual(
      parts.map(([, name, fileName, content]) => [name, fileName, content]),
      [
        ["is_create_group", undefined, "false"],
        ["group_id", undefined, "g1"],
        ["file_name", "pets.yaml", form.files.file_name.content],
      ],
    );
  });

  it("is sent whole again by a retry", async () => {
    const server = await open({ status: 429 }, { status: 201, body: { id: "t" } });
    await connectTo(server.url, heldRuntime())
      .huawei(place)
      .call(create, { path: { instance_id: "i" }, form });
    const [first, second] = server.received;
    assert.ok(first && second);
    assert.equal(first.body.length, second.body.length);
    assert.match(second.body.toString(), /openapi: 3\.0\.0/);
  });
});
