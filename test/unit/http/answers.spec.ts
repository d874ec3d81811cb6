import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { ApiError } from "../../../provider/http/errors";
import type { Operation } from "../../../provider/http/operation";
import { create, listProjects, read } from "./support/operations";
import { connectTo, heldRuntime, place, servers, type Answer } from "./support/server";

const open = servers();
const args = { path: { id: "t1", instance_id: "i1" } };

async function call(operation: Operation<unknown>, answer: Answer): Promise<unknown> {
  const server = await open(answer);
  const connection = connectTo(server.url, heldRuntime(), { "bkci:userId": "u" });
  const caller = operation.service === "bkci" ? connection.bkci() : connection.huawei(place);
  return caller.call(operation, args).catch((error: unknown) => error);
}

const shaped: Operation<unknown> = { ...read, response: z.looseObject({ id: z.string(), tags: z.array(z.string()) }) };

describe("answers", () => {
  it("are read from UTF-8 text, compressed or not, whatever content type they claim", async () => {
    const body = { id: "宠物", extra: 1, tags: [] };
    assert.deepEqual(await call(shaped, { status: 200, headers: { "Content-Type": "text/html" }, body }), body);
    const zipped: Answer = (_, response) =>
      void response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(JSON.stringify(body)));
    assert.deepEqual(await call(shaped, zipped), body);
  });

  it("without a body are undefined", async () => {
    const remove: Operation<unknown> = { ...read, success: [204], response: z.undefined() };
    assert.equal(await call(remove, { status: 204 }), undefined);
  });

  it("count only with a documented status", async () => {
    const error = await call(read, { status: 202, body: {} });
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.kind, error.status], ["malformed", 202]);
  });

  const unusable: Readonly<Record<string, Answer>> = {
    "a web page": { status: 200, body: "<!doctype html><title>Login</title>" },
    "cut-off JSON": { status: 200, body: '{"id": "t1", "tags": [' },
    "another shape": { status: 200, body: { id: 7, tags: "a" } },
    "nothing at all": { status: 200 },
    "another charset": (_, response) => void response.writeHead(200).end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
    "damaged compression": (_, response) =>
      void response.writeHead(200, { "Content-Encoding": "gzip" }).end("not gzip"),
    "something endless": (_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once("drain", write);
      };
      response.writeHead(200);
      write();
    },
  };
  for (const [what, answer] of Object.entries(unusable)) {
    it(`that are ${what} are a readable error`, async () => {
      const error = await call(shaped, answer);
      assert.ok(error instanceof ApiError);
      assert.equal(error.kind, "malformed");
      assert.match(error.message, /^could not read the thing: [^\n<{]+$/);
    });
  }

  it("of a wrong shape are described by the path of what is wrong, never by values", async () => {
    const error = await call(shaped, { status: 200, body: { id: "t1", tags: [["canary"]] } });
    assert.ok(error instanceof ApiError);
    assert.match(error.message, /tags\.0: /);
    assert.doesNotMatch(error.message, /canary/);
  });

  it("that are unreadable leave it open whether a create took effect", async () => {
    const error = await call(create, { status: 201, body: {} });
    assert.ok(error instanceof ApiError);
    assert.equal(error.kind, "ambiguous");
  });

  it("of BK-CI are what stands in data, and null for none", async () => {
    assert.deepEqual(await call(listProjects, { status: 200, body: { status: 0, data: [{ a: 1 }] } }), [{ a: 1 }]);
    assert.equal(await call(listProjects, { status: 200, body: { status: 0, message: null } }), null);
  });

  it("of BK-CI without its envelope are no success", async () => {
    const error = await call(listProjects, { status: 200, body: [] });
    assert.ok(error instanceof ApiError);
    assert.equal(error.kind, "malformed");
  });

  it("that redirect are not followed: credentials must not travel to another host", async () => {
    const other = await open({ status: 200, body: {} });
    const error = await call(read, { status: 302, headers: { Location: other.url } });
    assert.ok(error instanceof ApiError);
    assert.equal(error.kind, "endpoint");
    assert.equal(other.received.length, 0);
  });

  it("tell the time of the service by their Date header", async () => {
    const server = await open({ status: 200, headers: { Date: "Thu, 15 Jan 2026 10:00:00 GMT" }, body: {} });
    const runtime = heldRuntime(Date.UTC(2026, 0, 15, 9, 0, 0));
    const caller = connectTo(server.url, runtime).huawei(place);
    const before = caller.moment("apig");
    assert.equal(before(), runtime.now(), "our own clock while the service has said nothing");
    runtime.pass(3_000);
    await caller.call(read, args);
    assert.equal(before(), Date.UTC(2026, 0, 15, 9, 59, 57), "the moment that was noted, on the clock known meanwhile");
    runtime.pass(5_000);
    assert.equal(caller.moment("apig")(), Date.UTC(2026, 0, 15, 10, 0, 5));
    assert.equal(caller.moment("kms")(), runtime.now());
  });
});
