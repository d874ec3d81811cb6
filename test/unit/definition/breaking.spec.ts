import assert from "node:assert/strict";
import {
  Accepted,
  callableOf,
  effectOn,
  openText,
  readDefinition,
  Serving,
  type Callable,
} from "../../../provider/definition";

type Bag = Record<string, unknown>;

/** Operations by keys such as `GET /orders/{id}`. Members beside `parameters` are those of an operation. */
type Api = Readonly<Record<string, Bag>>;

const schemes = {
  app: { type: "apiKey", in: "header", name: "Authorization", "x-apigateway-auth-type": "AppSigv1" },
  code: {
    type: "apiKey",
    in: "header",
    name: "Authorization",
    "x-apigateway-auth-type": "AppSigv1",
    "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
  },
  iam: { type: "apiKey", in: "header", name: "unused", "x-apigateway-auth-type": "IAM" },
};

async function read(api: Api, more: Bag = {}): Promise<Callable[]> {
  const paths: Record<string, Bag> = {};
  for (const [key, operation] of Object.entries(api)) {
    const [method = "", path = ""] = key.split(" ");
    const name = method === "ANY" ? "x-apigateway-any-method" : method.toLowerCase();
    paths[path] = { ...paths[path], [name]: { responses: {}, security: [], ...operation } };
  }
  const auth = "swagger" in more ? { securityDefinitions: schemes } : { components: { securitySchemes: schemes } };
  const document = { ...("swagger" in more ? {} : { openapi: "3.0.3" }), info: { title: "shop", version: "1" }, paths };
  const { operations } = await readDefinition(openText({ ...document, ...auth, ...more }), { mockMode: true });
  return operations.map(callableOf);
}

/** How callers break, by operation. */
async function broken(before: Api, after: Api): Promise<Record<string, readonly string[]>> {
  const serving = new Serving(await read(after));
  const effects = (await read(before)).map((each) => [each.key, effectOn(each, serving).breaks] as const);
  return Object.fromEntries(effects.filter(([, breaks]) => breaks.length > 0));
}

const parameter = (schema: Bag, more: Bag = {}) => ({
  parameters: [{ name: "limit", in: "query", schema, ...more }],
});
const number = (limits: Bag = {}) => parameter({ type: "integer", ...limits });
const text = (limits: Bag = {}) => parameter({ type: "string", ...limits });
const id = (schema: Bag) => ({ parameters: [{ name: "id", in: "path", required: true, schema }] });
const secured = (name: string) => ({ security: [{ [name]: [] }] });

describe("What breaks callers", () => {
  const breaking: [what: string, before: Api, after: Api, how: string][] = [
    ["an operation that goes", { "GET /a": {}, "GET /b": {} }, { "GET /b": {} }, "goes"],
    ["another method", { "GET /a": {} }, { "POST /a": {} }, "goes"],
    ["another path", { "GET /a": {} }, { "GET /v2/a": {} }, "goes"],
    ["a path that ends earlier", { "GET /a/{rest+}": {} }, { "GET /a/{rest}": {} }, "goes"],
    [
      "any method that becomes one",
      { "ANY /a": {} },
      { "GET /a": {}, "PUT /a": {} },
      "goes, only GET PUT of it is left",
    ],
    [
      "a prefix that becomes a whole path",
      { "GET /a": { "x-apigateway-match-mode": "SWA" } },
      { "GET /a": {} },
      "takes no more longer paths (was by prefix)",
    ],
    [
      "a prefix of which only one more segment is left",
      { "GET /a/b": { "x-apigateway-match-mode": "SWA" } },
      { "GET /a/{id}": {} },
      "goes",
    ],
    [
      "one of several operations that now get its calls, if the gateway prefers that one",
      { "GET /a/b": {} },
      { "GET /a": { "x-apigateway-match-mode": "SWA" }, "GET /a/{id}": secured("iam") },
      "IAM (was NONE)",
    ],
    [
      "a new minimum, also below zero",
      { "GET /a": number() },
      { "GET /a": number({ minimum: -5 }) },
      "takes now at least -5",
    ],
    [
      "a new required parameter",
      { "GET /a": {} },
      { "GET /a": parameter({}, { required: true }) },
      "is new and required",
    ],
    [
      "one that becomes required",
      { "GET /a": text() },
      { "GET /a": parameter({}, { required: true }) },
      "is now required",
    ],
    ["a required one that goes", { "GET /a": parameter({}, { required: true }) }, { "GET /a": {} }, "limit goes"],
    [
      "a header that becomes required",
      { "GET /a": { parameters: [{ name: "X-One", in: "header" }] } },
      { "GET /a": { parameters: [{ name: "x-one", in: "header", required: true }] } },
      "the header parameter x-one is now required",
    ],
    ["a text that becomes a number", { "GET /a": text() }, { "GET /a": number() }, "must now be a number"],
    [
      "a smaller maximum",
      { "GET /a": number({ maximum: 100 }) },
      { "GET /a": number({ maximum: 50 }) },
      "at most 50 (was 100)",
    ],
    ["a new maximum", { "GET /a": number() }, { "GET /a": number({ maximum: 50 }) }, "takes now at most 50"],
    [
      "a larger minimum",
      { "GET /a": number({ minimum: -5 }) },
      { "GET /a": number({ minimum: -2 }) },
      "at least -2 (was -5)",
    ],
    [
      "a smaller maxLength",
      { "GET /a": text({ maxLength: 9 }) },
      { "GET /a": text({ maxLength: 8 }) },
      "at most 8 characters (was 9)",
    ],
    [
      "a larger minLength",
      { "GET /a": text({ minLength: 1 }) },
      { "GET /a": text({ minLength: 2 }) },
      "at least 2 characters (was 1)",
    ],
    [
      "fewer values",
      { "GET /a": text({ enum: ["a", "b", "c"] }) },
      { "GET /a": text({ enum: ["b", "d"] }) },
      "takes no more a c",
    ],
    ["a new list of values", { "GET /a": text() }, { "GET /a": text({ enum: ["a", "b"] }) }, "takes now only a b"],
    [
      "a stricter variable, also under another name",
      { "GET /{id}": id({ type: "string" }) },
      { "GET /{key}": { parameters: [{ name: "key", in: "path", required: true, schema: { type: "integer" } }] } },
      "the path parameter key must now be a number",
    ],
    ["authentication", { "GET /a": {} }, { "GET /a": secured("app") }, "APP (was NONE)"],
    ["another authentication", { "GET /a": secured("app") }, { "GET /a": secured("iam") }, "IAM (was APP)"],
    ["AppCodes that go", { "GET /a": secured("code") }, { "GET /a": secured("app") }, "APP (was APP+AppCode)"],
    [
      "an API that becomes private",
      { "GET /a": {} },
      { "GET /a": { "x-apigateway-request-type": "private" } },
      "private (was public)",
    ],
    ["CORS that goes", { "GET /a": { "x-apigateway-cors": true } }, { "GET /a": {} }, "no CORS any more"],
    ["a wider operation that demands more", { "GET /a/b": {} }, { "GET /a/{id}": secured("iam") }, "IAM (was NONE)"],
  ];
  for (const [what, before, after, how] of breaking) {
    it(`is ${what}`, async () => {
      const found = await broken(before, after);
      assert.deepEqual(Object.keys(found), Object.keys(before).slice(0, 1));
      assert.equal(Object.values(found).flat().length, 1);
      assert.match(Object.values(found).flat()[0] ?? "", new RegExp(`${how.replaceAll(/[+()]/g, "\\$&")}$|^${how}`));
    });
  }

  const harmless: [what: string, before: Api, after: Api][] = [
    ["an operation that comes", { "GET /a": {} }, { "GET /a": {}, "GET /b": {} }],
    ["another name of a variable", { "GET /{id}": {} }, { "GET /{key}": {} }],
    ["any method in place of one", { "GET /a": {} }, { "ANY /a": {} }],
    [
      "a prefix in place of paths",
      { "GET /a": {}, "GET /a/{id}/b": {} },
      { "GET /a": { "x-apigateway-match-mode": "SWA" } },
    ],
    ["a variable in place of a word", { "GET /a/b": {} }, { "GET /a/{id}": {} }],
    ["the rest of a path in place of a segment", { "GET /a/{id}": {} }, { "GET /a/{id+}": {} }],
    [
      "an optional parameter that comes or goes",
      { "GET /a": { parameters: [{ name: "q", in: "query" }] } },
      { "GET /a": text() },
    ],
    ["a parameter that is no more required", { "GET /a": parameter({}, { required: true }) }, { "GET /a": text() }],
    [
      "limits that are wider",
      { "GET /a": number({ minimum: 5, maximum: 50 }) },
      { "GET /a": number({ minimum: 4, maximum: 51 }) },
    ],
    ["limits that go", { "GET /a": text({ minLength: 5, maxLength: 50, enum: ["a"] }) }, { "GET /a": text() }],
    ["a number that becomes a text", { "GET /a": number({ minimum: 5 }) }, { "GET /a": text() }],
    ["a default that goes", { "GET /a": text({ default: "a" }) }, { "GET /a": text() }],
    ["more values", { "GET /a": text({ enum: ["a"] }) }, { "GET /a": text({ enum: ["b", "a"] }) }],
    ["AppCodes that are also taken", { "GET /a": secured("app") }, { "GET /a": secured("code") }],
    [
      "CORS, and an API that becomes public",
      { "GET /a": { "x-apigateway-request-type": "private" } },
      { "GET /a": { "x-apigateway-cors": true } },
    ],
    ["another description", { "GET /a": { description: "old" } }, { "GET /a": { description: "new" } }],
  ];
  for (const [what, before, after] of harmless) {
    it(`is not ${what}`, async () => {
      assert.deepEqual(await broken(before, after), {});
    });
  }

  it("is the protocol, where the definition says one", async () => {
    const swagger = (...list: string[]) => read({ "GET /a": {} }, { swagger: "2.0", schemes: list });
    const how = async (before: string[], after: string[]) =>
      effectOn((await swagger(...before))[0]!, new Serving(await swagger(...after))).breaks;
    assert.deepEqual(await how(["http", "https"], ["https"]), ["HTTPS only (was BOTH)"]);
    assert.deepEqual(await how(["http"], ["https"]), ["HTTPS only (was HTTP)"]);
    assert.deepEqual(await how(["https"], ["http", "https"]), []);
    assert.deepEqual(await how(["http"], []), []);
  });

  it("is another authorizer, where both are known", async () => {
    const [api] = await read({ "GET /a": {} });
    assert.ok(api);
    const asked = (authorizer?: string): Callable => ({
      ...api,
      authentication: { authType: "AUTHORIZER", appCode: false },
      authorizer,
    });
    const how = (was?: string, is?: string) => effectOn(asked(was), new Serving([asked(is)])).breaks;
    assert.deepEqual(how("urn:one", "urn:two"), ["another authorizer"]);
    assert.deepEqual([how("urn:one", "urn:one"), how(undefined, "urn:two"), how("urn:one")], [[], [], []]);
  });

  it("is not what opens an API to everybody: that is told by itself", async () => {
    const serving = new Serving(await read({ "GET /a": {}, "GET /b": {} }));
    const effects = (await read({ "GET /a": secured("code"), "GET /b": {} })).map((each) => effectOn(each, serving));
    assert.deepEqual(effects, [{ breaks: [], opens: "APP+AppCode" }, { breaks: [] }]);
  });

  it("is nothing of parameters where nobody can see them", async () => {
    const [before, after] = [await read({ "GET /a": {} }), await read({ "GET /a": parameter({}, { required: true }) })];
    assert.deepEqual(effectOn({ ...before[0]!, parameters: undefined }, new Serving(after)).breaks, []);
  });

  it("may be named by keys as in `overrides`, also by a path without the prefix", async () => {
    const [a, b, c] = await read({ "GET /v1/a": { tags: ["old"] }, "GET /v1/internal/b": {}, "POST /v1/c": {} });
    assert.ok(a && b && c);
    const names = (...keys: string[]) => [a, b, c].map((each) => new Accepted(keys, "/v1").has(each));
    assert.deepEqual(names("tag:old"), [true, false, false]);
    assert.deepEqual(names("GET /a", "/v1/c"), [true, false, true]);
    assert.deepEqual(names("/internal/*", "GET /c"), [false, true, false]);
    assert.deepEqual(names(), [false, false, false]);
    assert.deepEqual(new Accepted(["/v1/c", "tag:odl"], "/v1").unmet([a, b, c]), [
      '"tag:odl" (did you mean "tag:old"?)',
    ]);
  });
});
