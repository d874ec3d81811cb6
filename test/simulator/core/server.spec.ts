import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { openSimulator, type TestSimulator } from "../open";
import { wire, type Answer } from "./wire";

describe("The simulator's front", () => {
  let simulator: TestSimulator;
  let secrets: string;

  before(async () => {
    simulator = await openSimulator();
    secrets = `${simulator.info.kms}/v1/${simulator.info.projectId}/secrets`;
  });
  beforeEach(() => simulator.control.reset());
  after(() => simulator.close());

  const post = (body: unknown, headers: Record<string, string>): Promise<Answer> =>
    wire(secrets, { method: "POST", headers: { "x-auth-token": simulator.info.token, ...headers }, body });

  it("listens on loopback only: no other address of this machine has anybody at its ports", async () => {
    const others = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
    for (const url of [simulator.info.url, simulator.info.gateway]) {
      const { hostname, port } = new URL(url);
      assert.equal(hostname, "127.0.0.1");
      for (const host of ["127.0.0.2", ...others.filter((address) => address !== hostname)]) {
        const socket = connect({ host, port: Number(port) });
        await assert.rejects(once(socket, "connect"), host);
      }
    }
  });

  it("answers 404 APIG.0101 to a path or method that no service has, with credentials or without", async () => {
    const { apig, token } = simulator.info;
    const calls: [string, string][] = [
      ["GET", "/"],
      ["GET", "/v2/nothing"],
      ["PATCH", "/v3/projects"],
      ["DELETE", "/v3/projects"],
      ["HEAD", "/v3/projects"],
    ];
    for (const [method, path] of calls) {
      const answer = await wire(`${apig}${path}`, { method, headers: { "x-auth-token": token } });
      assert.equal(answer.status, 404);
      if (method === "HEAD") continue;
      assert.deepEqual(answer.body, {
        error_code: "APIG.0101",
        error_msg: "The API does not exist or has not been published in the environment",
        request_id: answer.headers["x-request-id"],
      });
    }
  });

  it("dates every answer by its own clock and numbers it", async () => {
    await simulator.control.clock({ set: "2030-01-01T00:00:00Z" });
    const answers = await Promise.all([
      wire(secrets),
      wire(`${simulator.info.url}/nothing`),
      wire(`${simulator.info.url}/v3/%zz`),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 404, 400],
    );
    for (const { headers } of answers) {
      assert.match(String(headers["date"]), /^Tue, 01 Jan 2030 00:00:0\d GMT$/);
      assert.match(String(headers["x-request-id"]), /^[0-9a-f]{32}$/);
    }
    assert.notEqual(answers[0].headers["x-request-id"], answers[1].headers["x-request-id"]);
  });

  const refused: [rule: string, body: unknown, contentType: string][] = [
    ["a body that is not JSON", "{", "application/json"],
    ["a body of another content type", "{}", "text/plain"],
    ["a form where JSON is due", "--x--\r\n", "multipart/form-data; boundary=x"],
  ];
  for (const [rule, body, contentType] of refused) {
    it(`refuses ${rule}`, async () => {
      assert.equal((await post(body, { "content-type": contentType })).status, 400);
    });
  }

  it("takes JSON with a charset", async () => {
    const body = JSON.stringify({ name: "a", secret_string: "x" });
    assert.equal((await post(body, { "content-type": "application/json;charset=utf-8" })).status, 200);
  });

  it("refuses unknown query parameters", async () => {
    const answer = await wire(`${secrets}?page=1`, { headers: { "x-auth-token": simulator.info.token } });
    assert.equal(answer.status, 400);
  });

  it("asks for credentials before it reads a body", async () => {
    const answer = await wire(secrets, { method: "POST", body: "{", headers: { "content-type": "application/json" } });
    assert.equal(answer.status, 401);
  });

  it("takes bodies of 12 MB and no more", async () => {
    const limit = 12 * 1024 * 1024;
    const headers = { "content-type": "application/json" };
    assert.equal((await post("x".repeat(limit), headers)).status, 400);
    assert.equal((await post("x".repeat(limit + 1), headers)).status, 413);
    const entries = await simulator.control.journal();
    assert.deepEqual(
      entries.map(({ operation, status }) => [operation, status]),
      [
        ["CreateSecret", 400],
        ["CreateSecret", 413],
      ],
    );
  });
});
