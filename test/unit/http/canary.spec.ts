/** No error shows a secret, for any place of the secret, any failure and any way to print the error. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { AxiosError } from "axios";
import { z } from "zod";
import { ProviderError } from "../../../provider/http/errors";
import type { CallArguments, Operation } from "../../../provider/http/operation";
import { create, createCredential, listProjects, read } from "./support/operations";
import { connectTo, heldRuntime, place, respond, servers, type Answer } from "./support/server";

const open = servers();

/** Needs encoding in a URL and escaping in JSON, so that every spelling is tried. */
const mark = "s3cr3t/";
const canary = (name: string) => `${mark}${name}+"=%2F\n&`;
const body = { app_code: canary("code"), nested: [{ v1: canary("v1"), password: canary("field") }], name: "harmless" };
/** Values of headers cannot have a line break. */
const headerCanary = (name: string) => canary(name).replace("\n", "");
const inBody = ["code", "v1", "field"].map(canary);

/** Sends back everything that it got, in every spelling, as its error message. */
const echo: Answer = (request, response) => {
  const { authorization = "", "x-auth-token": token = "" } = request.headers;
  const told = [
    request.target,
    decodeURIComponent(request.target),
    authorization,
    String(token),
    request.body.toString(),
  ];
  const sent = inBody.filter((secret) => request.body.includes(JSON.stringify(secret)));
  const planted = [String(token), ...sent].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret),
    Buffer.from(secret).toString("base64"),
    Buffer.from(`user:${secret}`).toString("base64url"),
  ]);
  const headers = { "X-Request-Id": String(token) };
  respond(response, {
    status: 400,
    headers,
    body: { error_code: sent[0] ?? "X.1", error_msg: [...planted, ...told].join(" ") },
  });
};

const faults: Readonly<Record<string, Answer>> = {
  "an echo of what was sent": echo,
  "an echo in plain text": (request, response) =>
    respond(response, { status: 400, body: `Verification failed : ${request.target}` }),
  "a web page with the request in it": (request, response) =>
    respond(response, { status: 502, body: `<html>${request.target}${request.body.toString()}` }),
  "a broken connection": (_, response) => void response.destroy(),
  "a cut-off answer": (request, response) =>
    respond(response, { status: 201, body: `{"app_code": ${request.body.toString()}` }),
  "an answer of another shape": (request, response) =>
    respond(response, { status: 200, body: { id: [request.body.toString()], status: [request.target] } }),
  "a redirect": (request, response) => respond(response, { status: 302, headers: { Location: request.target } }),
  "an endless 429": (request, response) =>
    respond(response, { status: 429, body: { error_msg: request.headers["x-auth-token"] ?? request.target } }),
};

/** A token is one word. */
const commandToken = `${mark}command+"=%2F&`;

const identities: Readonly<Record<string, Record<string, string>>> = {
  "an access key": {
    "huaweicloud:accessKey": headerCanary("key"),
    "huaweicloud:secretKey": headerCanary("token"),
    "huaweicloud:securityToken": headerCanary("password"),
  },
  "a ready token": { "huaweicloud:token": headerCanary("token") },
  "a password": {
    "huaweicloud:userName": "u",
    "huaweicloud:password": headerCanary("password"),
    "huaweicloud:domainName": "d",
  },
  "a BK-CI token": { "bkci:accessToken": headerCanary("bkci"), "bkci:userId": "u" },
  "a BK-CI token that a command prints": { "bkci:tokenCommand": "print-token" },
};

const shapedRead: Operation<unknown> = { ...read, response: z.looseObject({ id: z.string() }) };

describe("errors hold no secret", () => {
  for (const [what, answer] of Object.entries(faults)) {
    for (const [who, config] of Object.entries(identities)) {
      it(`after ${what}, with ${who}`, async () => {
        const server = await open(answer);
        const runtime = { ...heldRuntime(), runCommand: () => Promise.resolve(commandToken) };
        const connection = connectTo(server.url, runtime, config);
        const isBkci = who.includes("BK-CI");
        const operations: readonly Operation<unknown>[] = isBkci
          ? [listProjects, createCredential]
          : [shapedRead, create];
        const caller = isBkci ? connection.bkci() : connection.huawei(place);
        for (const operation of operations) {
          const args: CallArguments = {
            path: { id: "t1", instance_id: "i1", projectId: "demo" },
            query: { q: "x" },
            ...(operation.method === "POST" ? { body } : {}),
          };
          const error = await caller.call(operation, args).catch((thrown: unknown) => thrown);
          assert.ok(error instanceof ProviderError, String(error));
          assertClean(error);
        }
      });
    }
  }

  it("also when the token request is what fails", async () => {
    const server = await open(echo);
    const connection = connectTo(server.url, heldRuntime(), identities["a password"]);
    assertClean(
      await connection
        .huawei(place)
        .call(read, { path: { id: "t1" } })
        .catch((thrown: unknown) => thrown),
    );
  });

  it("also for tokens that were issued meanwhile", async () => {
    const issued: Answer = {
      status: 201,
      headers: { "X-Subject-Token": headerCanary("iam") },
      body: { token: { expires_at: "2026-01-16T00:00:00.000000Z", project: { id: "p1" } } },
    };
    const server = await open(issued, echo);
    const connection = connectTo(server.url, heldRuntime(), identities["a password"]);
    assertClean(
      await connection
        .huawei(place)
        .call(read, { path: { id: "t1" } })
        .catch((thrown: unknown) => thrown),
    );
    assert.equal(server.received[1]?.headers["x-auth-token"], headerCanary("iam"));
  });

  it("also when the host cannot be reached", async () => {
    const server = await open(echo);
    await server.close();
    for (const config of Object.values(identities).slice(0, 2)) {
      const error = await connectTo(server.url, heldRuntime(), config)
        .huawei(place)
        .call(create, { path: { instance_id: "i" }, body })
        .catch((thrown: unknown) => thrown);
      assertClean(error);
    }
  });
});

function assertClean(error: unknown): void {
  assert.ok(error instanceof Error);
  const printed = [
    error.message,
    error.stack ?? "",
    JSON.stringify(error),
    String(error),
    inspect(error, { depth: 10, showHidden: true }),
  ].join("\n");
  // The base64 texts are those of `s3cr3t` after no, one or two other bytes.
  for (const word of [mark, encodeURIComponent(mark), "s3cr3t", "czNjcjN0", "MzY3IzdC", "zM2NyM3"]) {
    assert.ok(!printed.includes(word), `${word} in: ${printed.slice(0, 2000)}`);
  }
  assert.doesNotMatch(printed, /(Signature|access_token)=(?!\[secret\])/);
  for (let cause: unknown = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    assert.ok(!(cause instanceof AxiosError));
  }
}
