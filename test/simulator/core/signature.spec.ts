import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { Denied, type Presented } from "./authenticator";
import { verifySignature, type KnownKey } from "./signature";

/** 2026-01-02 03:04:05 UTC. */
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const date = "20260102T030405Z";
const secretKey = "secret of the key";

const hex = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Variant {
  method?: string;
  path?: string;
  /** As on the wire. */
  search?: string;
  /** As the signer wrote them down, one line each, when that differs from the plain case. */
  canonicalPath?: string;
  canonicalQuery?: string;
  headers?: Record<string, string>;
  signed?: string[];
  body?: string;
  payload?: string;
}

/** Signs by the text of the documentation, line by line, with canonical path and query given by hand. */
function sign(variant: Variant): Presented {
  const { method = "GET", path = "/v1/p/secrets", search = "", body = "" } = variant;
  const headers: Record<string, string> = { "x-sdk-date": date, host: "127.0.0.1:80", ...variant.headers };
  const signed = variant.signed ?? ["host", "x-sdk-date"];
  const canonical = [
    method,
    variant.canonicalPath ?? `${path}/`,
    variant.canonicalQuery ?? search,
    signed.map((name) => `${name}:${headers[name]}\n`).join(""),
    signed.join(";"),
    variant.payload ?? hex(body),
  ].join("\n");
  const toSign = `SDK-HMAC-SHA256\n${headers["x-sdk-date"]}\n${hex(canonical)}`;
  const signature = createHmac("sha256", secretKey).update(toSign).digest("hex");
  return {
    method,
    path,
    search,
    headers: {
      ...headers,
      authorization: `SDK-HMAC-SHA256 Access=AK, SignedHeaders=${signed.join(";")}, Signature=${signature}`,
    },
    params: {},
    query: {},
    body: Buffer.from(body),
  };
}

const key: KnownKey = { secretKey };
const verify = (request: Presented, known: KnownKey = key, at = now): string =>
  verifySignature(request, (access) => (access === "AK" ? known : undefined), at);
const refuses = (request: Presented, reason: RegExp, known?: KnownKey, at?: number): void =>
  assert.throws(
    () => verify(request, known, at),
    (error) => error instanceof Denied && error.status === 401 && reason.test(error.message),
  );

const json = { "content-type": "application/json" };
const form = { "content-type": "multipart/form-data; boundary=x" };
const unsigned = { "x-sdk-content-sha256": "UNSIGNED-PAYLOAD" };

describe("AK/SK signatures", () => {
  const accepted: [rule: string, variant: Variant][] = [
    ["host and date", {}],
    ["the date alone, as Terraform leaves the host out", { signed: ["x-sdk-date"] }],
    [
      "content type, user agent and project, as the Python SDK",
      {
        method: "POST",
        headers: { ...json, "user-agent": "sdk", "x-project-id": "p" },
        signed: ["content-type", "host", "user-agent", "x-project-id", "x-sdk-date"],
        body: "{}",
      },
    ],
    ["a body that ends with a newline", { method: "POST", headers: json, body: '{"a":1}\n' }],
    ["a path that ends with a slash", { path: "/v1/p/", canonicalPath: "/v1/p/" }],
    ["a path in lower-case escapes", { path: "/a%2fb/%e4%bd%a0~", canonicalPath: "/a%2Fb/%E4%BD%A0~/" }],
    ["a path with marks that must be escaped", { path: "/a(b)!", canonicalPath: "/a%28b%29%21/" }],
    [
      "query sorted by key and value, always with an equals sign",
      { search: "b=2&a=z&a=c&flag", canonicalQuery: "a=c&a=z&b=2&flag=" },
    ],
    ["a space sent as plus or as %20", { search: "a=x+y&b=x%20y", canonicalQuery: "a=x%20y&b=x%20y" }],
    ["a slash in the query", { search: "a=x/y", canonicalQuery: "a=x%2Fy" }],
    [
      "a form with an unsigned payload",
      {
        method: "POST",
        headers: { ...form, ...unsigned },
        signed: ["host", "x-sdk-content-sha256", "x-sdk-date"],
        body: "--x--",
        payload: "UNSIGNED-PAYLOAD",
      },
    ],
    [
      "a form with its real hash declared",
      { method: "POST", headers: { ...form, "x-sdk-content-sha256": hex("--x--") }, body: "--x--" },
    ],
  ];
  for (const [rule, variant] of accepted) {
    it(`hold for ${rule}`, () => {
      assert.equal(verify(sign(variant)), "AK");
    });
  }

  const request = sign({ method: "POST", search: "a=1", headers: json, body: "{}" });
  const changed: [rule: string, request: Presented][] = [
    ["method", { ...request, method: "PUT" }],
    ["path", { ...request, path: "/v1/p/other" }],
    ["query", { ...request, search: "a=2" }],
    ["body", { ...request, body: Buffer.from("{ }") }],
    ["signed header", { ...request, headers: { ...request.headers, host: "elsewhere" } }],
  ];
  for (const [what, each] of changed) {
    it(`break with a change of the ${what}`, () => refuses(each, /signature mismatch/));
  }

  it("leave headers that are not named in SignedHeaders free", () => {
    assert.equal(verify({ ...request, headers: { ...request.headers, "x-project-id": "any" } }), "AK");
  });

  it("need a known access key and its secret", () => {
    refuses(request, /signature mismatch/, { secretKey: "other" });
    const authorization = String(request.headers["authorization"]).replace("Access=AK", "Access=XX");
    refuses({ ...request, headers: { ...request.headers, authorization } }, /unknown access key/);
  });

  it("are refused in any other form", () => {
    for (const authorization of ["Bearer x", "SDK-HMAC-SHA256 Access=AK", ""])
      refuses({ ...request, headers: { ...request.headers, authorization } }, /is not SDK-HMAC-SHA256/);
  });

  it("need every header they name", () => {
    refuses({ ...request, headers: { ...request.headers, host: undefined } }, /signed header host was not sent/);
  });

  it("must cover the date", () => refuses(sign({ signed: ["host"] }), /x-sdk-date is not signed/));

  it("live for 15 minutes in both directions", () => {
    const quarter = 15 * 60 * 1000;
    assert.equal(verify(request, key, now + quarter), "AK");
    assert.equal(verify(request, key, now - quarter), "AK");
    refuses(request, /15 minutes off/, key, now + quarter + 1);
    refuses(request, /15 minutes off/, key, now - quarter - 1);
    refuses(sign({ headers: { "x-sdk-date": "2026-01-02T03:04:05Z" } }), /YYYYMMDD/);
  });

  it("of a temporary key need the security token, signed or not", () => {
    const temporary = { secretKey, securityToken: "st" };
    refuses(request, /X-Security-Token/, temporary);
    const beside = { ...request, headers: { ...request.headers, "x-security-token": "st" } };
    assert.equal(verify(beside, temporary), "AK");
    const inside = sign({
      headers: { "x-security-token": "st" },
      signed: ["host", "x-sdk-date", "x-security-token"],
    });
    assert.equal(verify(inside, temporary), "AK");
  });

  it("may leave only bodies that are not JSON unsigned, and must say so under the signature", () => {
    const signed = ["host", "x-sdk-content-sha256", "x-sdk-date"];
    const payload = "UNSIGNED-PAYLOAD";
    refuses(sign({ headers: { ...json, ...unsigned }, signed, payload, body: "{}" }), /not allowed/);
    refuses(sign({ headers: unsigned, signed, payload, body: "{}" }), /not allowed/);
    refuses(sign({ headers: { ...form, ...unsigned }, payload, body: "--x--" }), /not allowed/);
  });

  it("must declare the body's own hash when they declare one", () => {
    const headers = { ...json, "x-sdk-content-sha256": hex("other") };
    refuses(sign({ headers, body: "{}", payload: hex("other") }), /not the body's hash/);
  });
});
