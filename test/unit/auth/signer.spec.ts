import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { sign } from "../../../provider/auth/signer";
import { create, read } from "../http/support/operations";
import { connectTo, heldRuntime, place, respond, servers, type Answer } from "../http/support/server";

const open = servers();
const keys = { accessKey: "AKIDEXAMPLE", secretKey: "secretsecret" };
const config = { "huaweicloud:accessKey": keys.accessKey, "huaweicloud:secretKey": keys.secretKey };
const date = Date.UTC(2026, 0, 15, 8, 9, 10);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a signature", () => {
  it("is the one the documented rules give", () => {
    const url = "https://apig.r.example.com/v2/p1/apps/a%2Fb%20c?limit=5&name=%E5%AE%A0";
    const signed = sign(
      { method: "POST", url, headers: { "Content-Type": "application/json" }, body: '{"a":1}' },
      keys,
      "p1",
      date,
    );
    const canonical = [
      "POST",
      "/v2/p1/apps/a%2Fb%20c/",
      "limit=5&name=%E5%AE%A0",
      "content-type:application/json",
      "host:apig.r.example.com",
      "x-project-id:p1",
      "x-sdk-date:20260115T080910Z",
      "",
      "content-type;host;x-project-id;x-sdk-date",
      sha256('{"a":1}'),
    ].join("\n");
    const text = ["SDK-HMAC-SHA256", "20260115T080910Z", sha256(canonical)].join("\n");
    const signature = createHmac("sha256", keys.secretKey).update(text).digest("hex");
    assert.equal(
      signed.headers["Authorization"],
      `SDK-HMAC-SHA256 Access=AKIDEXAMPLE, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=${signature}`,
    );
  });

  it("names the host with its port as it goes over the wire", async () => {
    const server = await open({ status: 200, body: {} });
    await connectTo(server.url, heldRuntime(), config)
      .huawei(place)
      .call(read, { path: { id: "t" } });
    assert.equal(server.received[0]?.headers.host, new URL(server.url).host);
  });

  it("covers the security token of a temporary key", async () => {
    const server = await open({ status: 200, body: {} });
    const temporary = { ...config, "huaweicloud:securityToken": "sts-token" };
    await connectTo(server.url, heldRuntime(), temporary)
      .huawei(place)
      .call(read, { path: { id: "t" } });
    const { headers } = server.received[0]!;
    assert.equal(headers["x-security-token"], "sts-token");
    assert.match(headers.authorization ?? "", /SignedHeaders=[^,]*x-security-token/);
  });

  it("leaves the body of a form out, and says so", async () => {
    const server = await open({ status: 201, body: { id: "t" } });
    const form = { fields: { a: "b" }, files: { file_name: { fileName: "a.json", content: "{}" } } };
    await connectTo(server.url, heldRuntime(), config)
      .huawei(place)
      .call(create, { path: { instance_id: "i" }, form });
    const { headers } = server.received[0]!;
    assert.equal(headers["x-sdk-content-sha256"], "UNSIGNED-PAYLOAD");
    assert.match(headers.authorization ?? "", /SignedHeaders=host;x-project-id;x-sdk-content-sha256;x-sdk-date,/);
  });

  it("is fresh for every attempt", async () => {
    const runtime = heldRuntime(date);
    const server = await open({ status: 429, headers: { "Retry-After": "30" } }, { status: 200, body: {} });
    await connectTo(server.url, runtime, config)
      .huawei(place)
      .call(read, { path: { id: "t" } });
    const dates = server.received.map(({ headers }) => headers["x-sdk-date"]);
    assert.deepEqual(dates, ["20260115T080910Z", "20260115T080940Z"]);
    const signatures = new Set(server.received.map(({ headers }) => headers.authorization));
    assert.equal(signatures.size, 2);
  });

  it("is made when the request is sent, not when it starts to wait for its turn", async () => {
    const runtime = heldRuntime(date);
    const slow: Answer = (_, response) => {
      runtime.pass(60_000);
      respond(response, { status: 200, body: {} });
    };
    const server = await open(slow);
    const caller = connectTo(server.url, runtime, { ...config, "huaweicloud:maxConcurrency": "1" }).huawei(place);
    await Promise.all([1, 2, 3].map((id) => caller.call(read, { path: { id: String(id) } })));
    const dates = server.received.map(({ headers }) => headers["x-sdk-date"]);
    assert.deepEqual(dates, ["20260115T080910Z", "20260115T081010Z", "20260115T081110Z"]);
  });

  describe("that is refused", () => {
    const far = { Date: "Thu, 15 Jan 2026 09:09:10 GMT" };
    const near = { Date: "Thu, 15 Jan 2026 08:22:10 GMT" };
    const refused = (headers: Record<string, string>) => ({ status: 401, headers, body: { error_code: "APIGW.0301" } });
    const call = (url: string) => {
      const caller = connectTo(url, heldRuntime(date), config).huawei(place);
      return () => caller.call(read, { path: { id: "t" } });
    };
    const datesOf = ({ received }: Awaited<ReturnType<typeof open>>) =>
      received.map(({ headers }) => headers["x-sdk-date"]);

    it("is made once more by the service's clock where that explains it, and so are all after it", async () => {
      const server = await open(refused(far), refused(far), { status: 200, headers: far, body: {} });
      const send = call(server.url);
      await Promise.all([send(), send()]);
      await send();
      assert.deepEqual(datesOf(server).sort(), [
        ...Array<string>(2).fill("20260115T080910Z"),
        ...Array<string>(3).fill("20260115T090910Z"),
      ]);
    });

    it("also by that clock is an error that names the clock, and the next call does not try both again", async () => {
      const server = await open(refused(far));
      const send = call(server.url);
      await assert.rejects(send(), /2 attempts.*this machine's clock/);
      await assert.rejects(send(), /this machine's clock/);
      assert.deepEqual(datesOf(server), ["20260115T080910Z", "20260115T090910Z", "20260115T090910Z"]);
    });

    for (const [what, headers] of Object.entries({
      "a difference that is tolerated": near,
      "a date that is none": { Date: "5 apples" },
      "a date that nobody can sign with": { Date: "Sat, 13 Sep 275760 00:00:00 GMT" },
    })) {
      it(`with ${what} is refused for good`, async () => {
        const server = await open(refused(headers));
        await assert.rejects(call(server.url)(), /this machine's clock/);
        assert.equal(server.received.length, 1);
      });
    }
  });

  it("is not sent next to a token", async () => {
    const server = await open({ status: 200, body: {} });
    await connectTo(server.url, heldRuntime(), config)
      .huawei(place)
      .call(read, { path: { id: "t" } });
    await connectTo(server.url, heldRuntime(), { "huaweicloud:token": "tok" })
      .huawei(place)
      .call(read, { path: { id: "t" } });
    const sent = server.received.map(({ headers }) => [headers["x-auth-token"], headers.authorization !== undefined]);
    assert.deepEqual(sent, [
      [undefined, true],
      ["tok", false],
    ]);
  });
});
