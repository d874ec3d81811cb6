/** Answers that no real service gives: they must end soon, with a readable error, and the next call must work. */
import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { ApiError } from "../../../provider/http/errors";
import type { Operation } from "../../../provider/http/operation";
import { create, createCredential, listProjects, read } from "../http/support/operations";
import { connectTo, heldRuntime, place, servers, type Answer, type Received } from "../http/support/server";

const open = servers();
const args = { path: { id: "t1", instance_id: "i1", projectId: "demo" } };
const good: Answer = { status: 200, body: { id: "t1" } };

/** Writes directly to the socket, because node's server would refuse to send this. */
const raw = (text: string) => (_: Received, response: ServerResponse) => void response.socket?.end(text);
const head = "HTTP/1.1 200 OK\r\n";

function failureOf(call: Promise<unknown>): Promise<ApiError> {
  return call.then(
    () => assert.fail("it did not fail"),
    (error: unknown) => (error instanceof ApiError ? error : assert.fail(error as Error)),
  );
}

describe("A hostile answer", () => {
  const rows: Record<string, [answer: Answer, kind: ApiError["kind"]]> = {
    "is no HTTP": [raw("SSH-2.0-OpenSSH_9.6\r\n"), "malformed"],
    "has headers without end": [raw(`${head}${"X-Long: long\r\n".repeat(100_000)}\r\n{}`), "malformed"],
    "has two lengths": [raw(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `), "malformed"],
    "has a negative length": [raw(`${head}Content-Length: -2\r\n\r\n{}`), "malformed"],
    "has a length and is chunked as well": [
      raw(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
      "malformed",
    ],
    "has chunks of no size": [raw(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`), "malformed"],
    "is shorter than it says": [raw(`${head}Content-Length: 999\r\n\r\n{"id": "t1"}`), "network"],
    "ends in the middle of its headers": [raw(`${head}Content-Length: 2`), "network"],
    "ends in the middle of a chunk": [raw(`${head}Transfer-Encoding: chunked\r\n\r\nff\r\n{"id"`), "network"],
    "is a bomb of gzip": [
      (_, response) =>
        void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(80 * 1024 * 1024))),
      "malformed",
    ],
    "is huge, and an error": [
      (_, response) => void response.writeHead(400).end(Buffer.alloc(65 * 1024 * 1024, "x")),
      "malformed",
    ],
    "is UTF-16 and says so": [
      (_, response) =>
        void response
          .writeHead(200, { "content-type": "application/json; charset=utf-16" })
          .end(Buffer.from('{"id": "t1"}', "utf16le")),
      "malformed",
    ],
    "is nested without end": [{ status: 200, body: "[".repeat(1e6) }, "malformed"],
    "is nested without end, and closed": [{ status: 200, body: `${"[".repeat(1e6)}${"]".repeat(1e6)}` }, "malformed"],
  };
  for (const [what, [answer, kind]] of Object.entries(rows)) {
    it(`that ${what} is an error of one short line, and the next call goes through`, async () => {
      const server = await open(answer, good);
      const caller = connectTo(server.url, heldRuntime(), {
        "huaweicloud:token": "t",
        "huaweicloud:maxRetries": "0",
      }).huawei(place);
      const strict: Operation<unknown> = { ...read, response: create.response };
      const error = await failureOf(caller.call(strict, args));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, /^could not read the thing: [^\n]{1,600}$/);
      assert.deepEqual(await caller.call(strict, args), { id: "t1" });
    });
  }

  const listed = (count: number, item: string) => `{"id": "t1", "things": [${`${item},`.repeat(count)}${item}]}`;
  const zipped = (text: string): Answer => {
    const bytes = gzipSync(text);
    return (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bytes);
  };
  const excessive: Record<string, [answer: Answer, bound: string]> = {
    "bytes once unpacked": [zipped(listed(8e6, "1")), "is larger than 8 MB"],
    "items in a list": [zipped(listed(3e6, "1")), "the lists in the answer have more than 32768 items"],
    "items in all of its lists": [
      zipped(listed(100, `[${"{},".repeat(1e4)}{}]`)),
      "the lists in the answer have more than 32768 items",
    ],
    levels: [zipped("[".repeat(1e4) + "]".repeat(1e4)), "the answer is nested deeper than 200 levels"],
  };
  for (const [what, [answer, bound]] of Object.entries(excessive)) {
    it(`with too many ${what} is an error that names the bound, before a schema sees it`, async () => {
      const server = await open(answer, good);
      const caller = connectTo(server.url).huawei(place);
      let seen = 0;
      const response = z.unknown().refine(() => (seen += 1) > 0);
      const error = await failureOf(caller.call({ ...read, response }, args));
      assert.equal(error.kind, "malformed");
      assert.ok(error.message.includes(bound), error.message);
      assert.equal(seen, 0);
      assert.deepEqual(await caller.call(read, args), { id: "t1" });
    });
  }

  it("that is as large as an honest one may be is read, larger ones where the operation has them", async () => {
    const page = JSON.parse(
      listed(1_000, JSON.stringify({ name: "n".repeat(900), tags: Array(20).fill({ key: "k" }) })),
    ) as unknown;
    const group = JSON.parse(listed(12, JSON.stringify("x".repeat(1024 * 1024)))) as unknown;
    const server = await open({ status: 200, body: page }, { status: 200, body: group });
    const caller = connectTo(server.url).huawei(place);
    assert.deepEqual(await caller.call(read, args), page);
    assert.deepEqual(await caller.call({ ...read, largestAnswer: 32 * 1024 * 1024 }, args), group);
  });

  for (const text of ["path(", "Access token ", "verification failed", "\\u005c", "%25", "\u001b[2J", "ref"]) {
    it(`whose message is a megabyte of ${JSON.stringify(text)} is a short one`, async () => {
      const message = text.repeat(1e6 / text.length);
      const server = await open({ status: 400, body: { status: 400, message } });
      const config = { "huaweicloud:token": "token", "bkci:userId": "u" };
      for (const operation of [read, create, listProjects, createCredential]) {
        const connection = connectTo(server.url, heldRuntime(), config);
        const caller = operation.service === "bkci" ? connection.bkci() : connection.huawei(place);
        const error = await failureOf(caller.call(operation, { ...args, body: { v1: "ref", v2: text.repeat(1e3) } }));
        assert.match(error.message, /^could not [^\n]{1,1000}$/);
        assert.doesNotMatch(error.message, /ref/);
      }
    });
  }

  it("that goes on behind its end spoils no other call", async () => {
    const server = await open((_, response) => {
      response.socket?.write(
        `${head}Content-Length: 12\r\n\r\n{"id": "t1"}${head}Content-Length: 13\r\n\r\n{"id": "bad"}`,
      );
    }, good);
    const caller = connectTo(server.url).huawei(place);
    for (let count = 0; count < 3; count++) assert.deepEqual(await caller.call(read, args), { id: "t1" });
  });

  it("with an error of any make is in words, and none of its control characters is", async () => {
    const bodies: unknown[] = [
      null,
      7,
      "text",
      [],
      [[{}]],
      { error_code: {}, error_msg: [] },
      { error: null },
      { error: "text", error_description: 7 },
      { error: { error: { error: {} } } },
      { status: "x", message: { a: 1 }, data: [] },
      { error_code: "\u001b]0;title\u0007", error_msg: "\u001b[2J\u202egnirts\u2066 \u0000" },
      { error_msg: "long ".repeat(1e5), error_code: "C".repeat(1e5) },
      JSON.parse('{"__proto__": {"error_code": "APIG.3201"}, "constructor": {"error_msg": 1}}'),
    ];
    for (const body of bodies) {
      for (const operation of [read, create, listProjects, createCredential]) {
        for (const status of [200, 400, 404, 500]) {
          const server = await open({ status, body, headers: { "X-Request-Id": "\u00e9" } });
          const connection = connectTo(server.url, heldRuntime(), { "huaweicloud:token": "t", "bkci:userId": "u" });
          const caller = operation.service === "bkci" ? connection.bkci() : connection.huawei(place);
          const shaped: Operation<unknown> = { ...operation, response: create.response };
          const error = await failureOf(caller.call(shaped, args));
          assert.match(error.message, /^could not [^\n]{1,1000}$/);
          assert.doesNotMatch(
            error.message,
            /[\p{Cc}\p{Bidi_Control}]|\[object|undefined(?<!received undefined)|TypeError/u,
          );
        }
      }
    }
  });

  const redirects: Record<string, [operation: Operation<unknown>, config: Record<string, string>]> = {
    "a token": [read, { "huaweicloud:token": "canary" }],
    "a signature": [create, { "huaweicloud:accessKey": "canary", "huaweicloud:secretKey": "canary" }],
    "a password": [
      read,
      { "huaweicloud:userName": "u", "huaweicloud:password": "canary", "huaweicloud:domainName": "d" },
    ],
    "a BK-CI token": [createCredential, { "bkci:accessToken": "canary", "bkci:userId": "u" }],
  };
  for (const [what, [operation, config]] of Object.entries(redirects)) {
    it(`that sends ${what} to another host is not obeyed, whatever its status`, async () => {
      const other = await open({ status: 200, body: {} });
      for (const status of [300, 301, 302, 303, 305, 307, 308]) {
        for (const headers of [{ Location: other.url }, { Location: other.url, Refresh: `0; url=${other.url}` }]) {
          const server = await open({ status, headers });
          const connection = connectTo(server.url, heldRuntime(), config);
          const caller = operation.service === "bkci" ? connection.bkci() : connection.huawei(place);
          const error = await failureOf(caller.call(operation, { ...args, body: { v1: "canary" } }));
          assert.equal(error.status, status);
          assert.ok(server.received.length >= 1);
        }
      }
      assert.deepEqual(other.received, []);
    });
  }
});
