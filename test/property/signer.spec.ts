/** Our AK/SK signer against the official one, on generated requests. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner";
import { sign, type KeyPair } from "../../provider/auth/signer";
import { buildRequest } from "../../provider/http/request";
import type { CallArguments } from "../../provider/http/operation";

const root = "https://apig.example-1.example.com/";

/**
 * Plain text of a path segment, without the characters that the official signer's URL parser escapes: it would sign the
 * escape. The unit tests compare texts with these characters with the signer's own rule.
 */
const segment = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => text !== "." && text !== ".." && !/[\s"'<>\\^`{|}?#/]/u.test(text) && !/\p{Cc}/u.test(text));

const text = fc.string({ unit: "grapheme", maxLength: 20 });
/** The official signer sorts names by UTF-16 units, and ours by their encoded form: the same for these. */
const queryName = fc.stringMatching(/^[A-Za-z][\w.~-]{0,10}$/);
const headerSafe = fc.stringMatching(/^[A-Za-z0-9+/=_-]{8,60}$/);

const request = fc.record({
  method: fc.constantFrom("GET" as const, "POST" as const, "PUT" as const, "DELETE" as const),
  segments: fc.array(segment, { minLength: 1, maxLength: 5 }),
  trailingSlash: fc.boolean(),
  query: fc.dictionary(queryName, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 5, noNullPrototype: true }),
  body: fc.oneof(
    fc.constant({ kind: "none" as const }),
    fc.record({
      kind: fc.constant("json" as const),
      json: fc.dictionary(text, fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
    }),
    fc.record({ kind: fc.constant("form" as const), content: text }),
  ),
  projectId: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: undefined }),
  keys: fc.record({
    accessKey: fc.stringMatching(/^[A-Z0-9]{20}$/),
    secretKey: fc.stringMatching(/^[\w+/]{40}$/),
    securityToken: fc.option(headerSafe, { nil: undefined }),
  }),
  date: fc.date({ min: new Date("2001-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }),
});

type Generated = typeof request extends fc.Arbitrary<infer T> ? T : never;

describe("the AK/SK signer and the official one", () => {
  it("agree on the Authorization header of any request", () => {
    const seen = { none: 0, json: 0, form: 0 };
    fc.assert(
      fc.property(request, (generated) => {
        seen[generated.body.kind] += 1;
        const ours = signOurs(generated);
        assert.equal(ours.headers["Authorization"], signTheirs(generated, ours.headers));
      }),
      { numRuns: 1000 },
    );
    assert.ok(Math.min(...Object.values(seen)) >= 100, "every kind of body was tried often");
  });
});

function signOurs({ method, segments, trailingSlash, query, body, projectId, keys, date }: Generated) {
  const names = segments.map((_, index) => `s${index}`);
  const path = `/${names.map((name) => `{${name}}`).join("/")}${trailingSlash ? "/" : ""}`;
  const args: CallArguments = {
    path: Object.fromEntries(names.map((name, index) => [name, segments[index]!])),
    query,
    ...(body.kind === "json" ? { body: body.json } : {}),
    ...(body.kind === "form"
      ? { form: { fields: { mode: "merge" }, files: { file_name: { fileName: "api.yaml", content: body.content } } } }
      : {}),
  };
  const { securityToken, ...pair } = keys;
  const keyPair: KeyPair = securityToken === undefined ? pair : { ...pair, securityToken };
  return sign(buildRequest({ method, path }, args, root, {}), keyPair, projectId, date.getTime());
}

/** The official signer, given the plain path and the headers its client would set. */
function signTheirs(
  { method, segments, trailingSlash, query, body, projectId, keys, date }: Generated,
  sent: Readonly<Record<string, string>>,
) {
  const headers = {
    "X-Sdk-Date": date.toISOString().replace(/[-:]|\.\d+/g, ""),
    ...(projectId === undefined ? {} : { "X-Project-Id": projectId }),
    ...(keys.securityToken === undefined ? {} : { "X-Security-Token": keys.securityToken }),
    ...(body.kind === "json" ? { "content-type": "application/json" } : {}),
    ...(body.kind === "form"
      ? { "content-type": "multipart/form-data", "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" }
      : {}),
  };
  const signable = {
    endpoint: `${root}${segments.join("/")}${trailingSlash ? "/" : ""}`,
    method,
    headers,
    queryParams: { ...query },
    ...(body.kind === "json" ? { data: body.json } : {}),
  };
  const credential = new BasicCredentials().withAk(keys.accessKey).withSk(keys.secretKey);
  const signed = AKSKSigner.sign(signable, credential) as Readonly<Record<string, string>>;
  assert.equal(sent["Host"], signed["host"]);
  return signed["Authorization"];
}
