/** What a program adds to the operations of a file: defaults, overrides, prefixes, and operations to leave out. */
import assert from "node:assert/strict";
import type { Arrangement, Auth, Backend } from "../../../provider/definition";
import { complaintOf, keysOf, ok, openapi, operationOf, problemsOf, read, swagger } from "./documents";

type Node = Record<string, unknown>;

const get = (more: Node = {}) => ({ get: { responses: ok, ...more } });
const components = {
  securitySchemes: {
    app: { type: "apiKey", in: "header", name: "n", "x-apigateway-auth-type": "AppSigv1" },
    bearer: { type: "http", scheme: "bearer" },
  },
};
const authOf = async (own: Node, arrangement: Arrangement) =>
  (await operationOf(own, { components }, arrangement)).line.split(", ")[2];

describe("The authentication of an operation", () => {
  const rules: [string, Node, Auth | undefined, Auth | undefined, string][] = [
    ["is the default where the file is silent", {}, "APP", undefined, "APP"],
    ["is the file's before the default", { security: [{ app: [] }] }, "IAM", undefined, "APP"],
    ["is the override's before the file's", { security: [{ app: [] }] }, undefined, "IAM", "IAM"],
    [
      "is the default where the file asks for what APIG lacks",
      { security: [{ bearer: [] }] },
      "APP+AppCode",
      undefined,
      "APP+AppCode",
    ],
    ["stays none where the file says so", { security: [] }, "APP", undefined, "NONE"],
    ["is the override's whatever scheme is missing", { security: [{ nowhere: [] }] }, undefined, "NONE", "NONE"],
    [
      "is a custom authorizer's by its function",
      {},
      { authorizer: "urn:fss:region:project:function:default:check" },
      undefined,
      "AUTHORIZER",
    ],
  ];
  for (const [what, own, byDefault, always, expected] of rules) {
    it(what, async () => {
      const arrangement = {
        defaults: { ...(byDefault && { auth: byDefault }) },
        overrides: { "/pets": { ...(always && { auth: always }) } },
      };
      assert.equal(await authOf(own, arrangement), expected);
    });
  }

  it("by two schemes at once is the same in any order of the document", async () => {
    const iam = { ...components.securitySchemes.app, "x-apigateway-auth-type": "IAM" };
    const both = { components: { securitySchemes: { ...components.securitySchemes, iam } } };
    const [one, other] = await Promise.all([
      operationOf({ security: [{ app: [], iam: [] }] }, both),
      operationOf({ security: [{ iam: [], app: [] }] }, both),
    ]);
    assert.deepEqual(one.authentication, other.authentication);
  });

  it("is an error where it would be lost", async () => {
    const root = { components, security: [{ bearer: [] }] };
    assert.match(await complaintOf(openapi({ "/a": get() }, root)), /asks for bearer.*open to everybody.*`auth`/);
  });

  it("is told where nobody says anything, and where the file overrules the default", async () => {
    const paths = { "/a": get(), "/b": get({ security: [] }) };
    assert.deepEqual([...(await read(openapi(paths))).open], [["GET /a", "unsaid"]]);
    const { open } = await read(openapi(paths), { defaults: { auth: "APP" } });
    assert.deepEqual([...open], [["GET /b", "overruling"]]);
    assert.deepEqual([...(await read(openapi(paths), { defaults: { auth: "NONE" } })).open], []);
  });
});

describe("Overrides", () => {
  const paths = { "/a": get({ tags: ["admin"] }), "/in/b": get({ tags: ["admin"] }), "/in/c/{id}": get() };
  const lines = async (overrides: Arrangement["overrides"]) =>
    (await read(openapi(paths), { overrides })).operations.map(({ line }) => line.split(", ")[2]);

  it("meet an operation by key, path, beginning of paths or tag", async () => {
    assert.deepEqual(await lines({ "GET /a": { auth: "IAM" } }), ["IAM", "NONE", "NONE"]);
    assert.deepEqual(await lines({ "get /in/c/{id}": { auth: "IAM" } }), ["NONE", "NONE", "IAM"]);
    assert.deepEqual(await lines({ "/in/*": { auth: "IAM" } }), ["NONE", "IAM", "IAM"]);
    assert.deepEqual(await lines({ "GET /in/*": { auth: "IAM" } }), ["NONE", "IAM", "IAM"]);
    assert.deepEqual(await lines({ "tag:admin": { auth: "IAM" } }), ["IAM", "IAM", "NONE"]);
  });

  it("of several that meet one let the narrower win, member by member, in any order", async () => {
    const rules = {
      "/in/*": { auth: "IAM" },
      "tag:admin": { auth: "APP", cors: true },
      "/in/b": { cors: false },
    } as const;
    for (const order of [Object.entries(rules), Object.entries(rules).reverse()]) {
      const { operations } = await read(openapi(paths), { overrides: Object.fromEntries(order) });
      assert.deepEqual(
        operations.map(({ line, cors }) => [line.split(", ")[2], cors]),
        [
          ["APP", true],
          ["IAM", false],
          ["IAM", false],
        ],
      );
    }
  });

  it("leave operations out with `false`", async () => {
    assert.deepEqual(await keysOf(openapi(paths), { overrides: { "/in/*": false } }), ["GET /a"]);
    assert.deepEqual(await keysOf(openapi(paths), { overrides: { "/in/*": false, "/in/b": { cors: true } } }), [
      "GET /a",
      "GET /in/b",
    ]);
  });

  it("that meet nothing are errors, with what was perhaps meant", async () => {
    const overrides = { "GET /aa": { cors: true }, "tag:nobody": false } as const;
    const messages = (await problemsOf(openapi(paths), { overrides })).map(({ message }) => message);
    assert.deepEqual(messages.length, 2);
    assert.match(messages.join("\n"), /`overrides`: "GET \/aa" meets no operation; did you mean "GET \/a"\?/);
    assert.match(messages.join("\n"), /"tag:nobody" meets no operation/);
  });

  it("give path and name, and win over the file's options", async () => {
    const own = {
      "x-apigateway-request-type": "public",
      "x-apigateway-match-mode": "NORMAL",
      "x-apigateway-cors": true,
    };
    const overrides = {
      "/pets": { path: "/p/{rest+}", name: "all_pets", requestType: "private", matchMode: "SWA", cors: false },
    } as const;
    const { key, name, requestType, matchMode, cors } = await operationOf(own, {}, { overrides });
    assert.deepEqual(
      [key, name, requestType, matchMode, cors],
      ["GET /p/{rest+}", "all_pets", "private", "SWA", false],
    );
  });
});

describe("A back end of the program", () => {
  const backendOf = async (backend: Backend, path = "/orders/{id}", own: Node = {}, more: Arrangement = {}) => {
    const { operations } = await read(openapi({ [path]: get(own) }), { ...more, defaults: { backend } });
    return operations[0]?.projection.operation["x-apigateway-backend"];
  };

  it("is called as the file describes the operation, and gets every parameter", async () => {
    const parameters = [
      { name: "limit", in: "query", schema: {} },
      { name: "X-Id", in: "header", schema: {} },
    ];
    assert.deepEqual(
      await backendOf({ url: "https://a.example.com:8443/base/", timeout: 9, retryCount: 2 }, undefined, {
        parameters,
      }),
      {
        type: "HTTP",
        httpEndpoints: {
          address: "a.example.com:8443",
          scheme: "https",
          path: "/base/orders/{id}",
          method: "GET",
          timeout: 9,
          "retry-count": "2",
        },
        parameters: [
          { name: "id", in: "path", value: "id", origin: "REQUEST" },
          { name: "limit", in: "query", value: "limit", origin: "REQUEST" },
          { name: "X-Id", in: "header", value: "X-Id", origin: "REQUEST" },
        ],
      },
    );
  });

  it("is called by the file's path, whatever the gateway's is", async () => {
    const url = "http://a.example.com";
    const endpoint = async (path: string, overrides: Arrangement["overrides"], pathPrefix?: string) => {
      const backend = (await backendOf({ url }, path, {}, { overrides, pathPrefix })) as {
        httpEndpoints: Node;
        parameters: Node[];
      };
      return [
        backend.httpEndpoints["path"],
        backend.parameters.map(({ name, value }) => `${String(name)}=${String(value)}`),
      ];
    };
    assert.deepEqual(await endpoint("/files/{path}", { "/files/{path}": { path: "/f/{path+}" } }, "/v1"), [
      "/files/{path}",
      ["path=path"],
    ]);
    assert.deepEqual(await endpoint("/r/{id}.json", { "/r/{id}.json": { path: "/r/{id}" } }), [
      "/r/{id}.json",
      ["id=id"],
    ]);
    assert.deepEqual(await endpoint("/f/{*rest}", { "/f/{*rest}": { path: "/f/{rest+}" } }), [
      "/f/{rest}",
      ["rest=rest"],
    ]);
    assert.deepEqual(await endpoint("/f/*", { "/f/*": { path: "/f/{rest+}" } }), ["/f/{rest}", ["rest=rest"]]);
    assert.deepEqual(await endpoint("/f/{*}", { "/f/{*}": { path: "/f/{rest+}" } }), ["/f/{rest}", ["rest=rest"]]);
  });

  it("that needs a variable which the path does not have is refused", async () => {
    const overrides = { "/a/{id}/{part}": { path: "/a/{id}" } };
    const arrangement = { defaults: { backend: { url: "http://a.example.com" } }, overrides };
    assert.match(await complaintOf(openapi({ "/a/{id}/{part}": get() }), arrangement), /has \{part\}/);
  });

  it("is a VPC channel, a function or a mock", async () => {
    assert.deepEqual(await backendOf({ vpcChannel: "c", path: "/x", host: "h" }, "/a"), {
      type: "HTTP-VPC",
      httpVpcEndpoints: { name: "c", scheme: "http", path: "/x/a", "vpc-proxy-host": "h", method: "GET" },
      parameters: [],
    });
    assert.deepEqual(await backendOf({ functionUrn: "urn:f" }, "/a"), {
      type: "FUNCTION",
      functionEndpoints: { "function-urn": "urn:f", version: "latest", "invocation-type": "sync" },
    });
    assert.deepEqual(await backendOf({ mock: "hello" }, "/a"), {
      type: "MOCK",
      mockEndpoints: { "result-content": "hello" },
    });
  });

  it("gets constants and values of the gateway", async () => {
    const parameters = [
      { name: "X-Channel", in: "header", value: "web" },
      { name: "X-Ip", in: "header", value: "$context.sourceIp", origin: "SYSTEM" },
    ] as const;
    const { parameters: sent } = (await backendOf({ url: "http://a", parameters: [...parameters] }, "/a")) as {
      parameters: Node[];
    };
    assert.deepEqual(
      sent.map(({ origin }) => origin),
      ["CONSTANT", "SYSTEM"],
    );
  });

  it("has the kind of the file's policies: beside HTTP also a VPC channel, else only its own", async () => {
    const of = (rule: Backend, type: string): [Node, Arrangement] => {
      const policies = [{ type, name: "gold", conditions: [] }];
      const definition = openapi({ "/a": get({ "x-apigateway-backend-policies": policies }) });
      return [definition, { overrides: { "/a": { backend: rule } } }];
    };
    const http = { url: "https://a.example.com" };
    for (const type of ["HTTP", "HTTP-VPC"]) await read(...of(http, type));
    assert.equal(
      await complaintOf(...of(http, "FUNCTION")),
      "its back-end policy gold is FUNCTION, but its back end is HTTP: APIG takes one kind for both",
    );
    await read(...of({ mock: "hello" }, "MOCK"));
    for (const rule of [{ vpcChannel: "orders" }, { mock: "hello" }])
      assert.match(await complaintOf(...of(rule, "HTTP")), /one kind for both/);
  });

  it("is missing nowhere: an operation without one is refused, and `servers` is none", async () => {
    const source = openapi({ "/a": get() }, { servers: [{ url: "https://dev.example.com" }] });
    assert.match(await complaintOf(source, { mockMode: false }), /no back end: .*`defaults.backend`/);
  });
});

describe("Paths", () => {
  it("have the base path of Swagger 2.0 and the program's prefix before them", async () => {
    const source = swagger({ "/a": get() }, { basePath: "v1/" });
    assert.deepEqual(await keysOf(source, { pathPrefix: "/shop" }), ["GET /shop/v1/a"]);
    assert.deepEqual(await keysOf(source, { pathPrefix: "/shop", overrides: { "/a": { cors: true } } }), [
      "GET /shop/v1/a",
    ]);
  });

  it("and methods that APIG cannot serve are left out where the program wants it so", async () => {
    const paths = { "/a": { ...get(), trace: { responses: ok }, query: { responses: ok } }, "/{x}.json": get() };
    assert.equal((await problemsOf(openapi(paths))).length, 3);
    const { skipped } = await read(openapi(paths), { unsupported: "skip" });
    assert.deepEqual([...skipped.keys()], ["TRACE /a", "QUERY /a", "GET /{x}.json"]);
  });
});
