import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describeProblems } from "../../../provider/definition";
import { complaintOf, many, ok, openapi, problemsOf, read } from "./documents";

describe("hostile definitions", () => {
  it("with 100,000 operations end in a clear limit", async () => {
    assert.match(
      await complaintOf(JSON.stringify(many(100_000))),
      /it has 100000 operations; no edition of APIG holds more/,
    );
  });

  it("of 40 MB are refused before they are read", async () => {
    assert.match(await complaintOf(`{"openapi": "${"3".repeat(40_000_000)}"}`), /a definition is read up to 32 MB/);
  });

  it("above 2 MB of YAML are refused before they are read, with the way out", async () => {
    assert.match(await complaintOf("# comment\n".repeat(300_000)), /YAML is read up to 2 MB; convert it to JSON/);
  });

  it("nested without end are refused in JSON, in YAML and as objects", async () => {
    assert.match(
      await complaintOf('{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)),
      /nested deeper than 200 levels/,
    );
    assert.match(await complaintOf(`a: ${"[".repeat(50_000)}`), /nested too deeply/);
    const circle: Record<string, unknown> = {};
    circle["again"] = circle;
    assert.match(await complaintOf(circle), /nested deeper than 200 levels, or contains itself/);
  });

  it("with aliases that explode are refused", async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `x-${level + 1}: &x${level + 1} [${Array(10).fill(`*x${level}`).join()}]`,
    );
    assert.match(await complaintOf(["x-0: &x0 lol", ...levels].join("\n")), /aliases .* unfold without bound/);
    assert.match(await complaintOf(`a: &a\n  b: *a`), /contains itself|aliases/);
  });

  it("with few aliases of a long text are refused by what they unfold to", async () => {
    const text = `x-long: &long ${"y".repeat(100_000)}\nx-list: [${Array(9_000).fill("*long").join()}]`;
    assert.match(await complaintOf(text), /larger than 32 MB here, aliases unfolded/);
  });

  it("may have references that multiply without end: they are never written out", async () => {
    const twice = (name: string) => ({
      allOf: [{ $ref: `#/components/schemas/${name}` }, { $ref: `#/components/schemas/${name}` }],
    });
    const schemas = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`S${index}`, twice(`S${index + 1}`)]));
    const response = { description: "x", content: { "application/json": { schema: twice("S0") } } };
    const source = openapi(
      { "/a": { get: { responses: { 200: response } } } },
      { components: { schemas: { ...schemas, S60: { type: "string" } } } },
    );
    assert.equal((await read(source)).operations.length, 1);
  });

  it("may have references that lead back to where they stand", async () => {
    const schemas = { Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } } };
    const source = openapi({ "/a": { get: { responses: ok } } }, { components: { schemas } });
    assert.equal((await read(source)).operations.length, 1);
  });

  it("with references that lead only to each other are refused where they are needed", async () => {
    const parameters = { A: { $ref: "#/components/parameters/B" }, B: { $ref: "#/components/parameters/A" } };
    const get = { responses: ok, parameters: [{ $ref: "#/components/parameters/A" }] };
    assert.match(await complaintOf(openapi({ "/a": { get } }, { components: { parameters } })), /without end/);
    assert.match(await complaintOf(openapi({ "/a": { $ref: "#/paths/~1a" } })), /without end/);
  });

  it("with path items that multiply one large back end are refused by what they come to", async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 9_000 }, (_, index) => [`/r${index}`, { $ref: "#/paths/~1a" }]),
    );
    const large = { type: "MOCK", mockEndpoints: { "result-content": "x".repeat(10_000) } };
    const source = openapi({ "/a": { get: { responses: ok, "x-apigateway-backend": large } }, ...paths });
    assert.match(await complaintOf(source), /APIG would keep of it has more than 32 MB/);
  });

  it("never reach the network or the disk by a reference", async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const outside = [
        `http://127.0.0.1:${port}/a.json`,
        `//127.0.0.1:${port}/a`,
        "file:///etc/hostname",
        "../secret.json#/a",
        "other.yaml",
        "#anchor",
      ];
      for (const ref of outside) {
        const source = openapi({ "/a": { get: { responses: { 200: { $ref: ref } } } } });
        assert.match(
          await complaintOf(source),
          /the reference .*: (nothing is fetched|a text has no folder|it names no place)/,
          ref,
        );
      }
      assert.equal(requests, 0);
    } finally {
      server.close();
    }
  });

  it("with `..`, Unicode and control characters in paths are read, and printed without doing harm", async () => {
    const source = openapi({
      "/../../etc": { get: { responses: ok } },
      "/a\u001b[2J\u202e/b": { get: { responses: ok } },
      "/宠物": { get: { responses: ok } },
    });
    const problems = await problemsOf(source);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["its path contains white space or control characters"],
    );
    assert.doesNotMatch(describeProblems(problems).replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  });

  it("with operations named like members of the prototype are ordinary", async () => {
    const paths = JSON.parse(
      '{"/a": {"get": {"operationId": "constructor", "responses": {"200": {"description": "x"}}, "security": [{"toString": []}]}}}',
    ) as Record<string, unknown>;
    assert.match(await complaintOf(openapi(paths)), /security names "toString", and there is no such scheme/);
    const { operations } = await read(openapi(paths), { overrides: { "/a": { auth: "APP" } } });
    assert.deepEqual(
      operations.map(({ name }) => name),
      ["constructor"],
    );
  });
});
