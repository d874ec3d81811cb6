/** Hostile definitions, as the host gives them to `check`, in each form that a program may use. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { handlersFor } from "../../support/handlers";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { temporaryFolder } from "../../support/temporary";
import { many, ok, openapi } from "../definition/documents";

type Node = Record<string, unknown>;

const asset = (value: Node) => ({ "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", ...value });
const get = (more: Node = {}) => ({ get: { responses: ok, ...more } });
/** Longest message that a user will read, in characters. */
const longestRefusal = 20_000;

describe("A hostile definition", () => {
  let simulator: TestSimulator;
  const folder = temporaryFolder();

  before(async () => {
    simulator = await openSimulator();
  });
  after(async () => {
    await simulator.close();
    folder.remove();
  });

  async function check(definition: unknown) {
    const answer = await handlersFor(simulator).ApiImport.check({}, { definition, mockMode: true, __provider: "text" });
    // JSON can have half a character as an escape. The host could not send it.
    const sent = { ...answer.inputs, definition: undefined, failures: answer.failures };
    assert.doesNotMatch(JSON.stringify(sent), /\\ud[89a-f]/, "half a character goes to the engine");
    return answer;
  }

  /** The only failure of a refused definition. Checks that it is short and cannot control a terminal. */
  async function refusal(definition: unknown): Promise<string> {
    const { failures } = await check(definition);
    const [{ property, reason } = { property: "", reason: "" }, ...more] = failures;
    assert.deepEqual([property, more], ["", []]);
    assert.match(reason, /^definition: /);
    assert.ok(reason.length < longestRefusal, `${reason.length} characters`);
    assert.doesNotMatch(reason.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    return reason;
  }

  function file(content: string | Uint8Array): Node {
    const path = join(folder.path, "definition");
    writeFileSync(path, content);
    return asset({ path, hash: "h" });
  }

  /** The same text in all forms that have text. */
  async function refusals(text: string): Promise<string> {
    const [first, ...others] = [await refusal(text), await refusal(asset({ text })), await refusal(file(text))];
    for (const other of others) assert.equal(unnamed(other), first);
    return first;
  }

  /** The reason without the name of the file, as for a text. */
  const unnamed = (reason: string) =>
    reason.replace(/^ {2}definition:(?=\d)/gm, "  line ").replace(/^ {2}definition: /gm, "  (document): ");

  async function operations(definition: unknown): Promise<Node> {
    const { inputs, failures } = await check(definition);
    assert.deepEqual(failures, []);
    return inputs["operations"] as Node;
  }

  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
  const bomb = Array.from({ length: 30 }, (_, n) => `x-${n + 1}: &x${n + 1} [*x${n}, *x${n}, *x${n}]`);
  const problems = openapi(Object.fromEntries(Array.from({ length: 9_000 }, (_, n) => [`/a ${n}`, get()])));

  const texts: Record<string, [string, RegExp]> = {
    "has 9,000 mistakes": [JSON.stringify(problems), /white space or control characters/],
    "is nested without end, in JSON": [`{"a":${nested(1e5, "[", "]")}}`, /nested/],
    "is nested without end, in YAML": [`a: ${nested(1e5, "[", "]")}`, /nested/],
    "is nested without end, by YAML indentation": [
      Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      /nested/,
    ],
    "is a bomb of YAML aliases": [["x-0: &x0 boom", ...bomb].join("\n"), /aliases/],
    "is full of YAML aliases": [
      `a: [${Array.from({ length: 20_000 }, (_, n) => `&${n} 1,*${n}`).join()}]`,
      /more than 10000 YAML aliases; convert it to JSON/,
    ],
    "is a YAML alias of itself": ["a: &a { b: *a }", /contains itself|aliases/],
    "merges itself": ["a: &a\n  <<: *a", /nested too deeply/],
    // Not so many that the parser may come to the end of the stack first.
    "has keys that are mappings, in each other": ["? ".repeat(200), /a key that is itself a list or a mapping/],
    "has keys that are lists": ["[a]: 1", /line 1, column 1: a key that is itself a list or a mapping/],
    "has a tag that makes something else of it": ["!!js/function 'x'", /must be a mapping|not valid/],
    "is one number": ["1e999", /not finite/],
    "is a number of many digits": ["9".repeat(1e6), /not finite/],
    "is one long word": ["x".repeat(1.9e6), /must be a mapping/],
    "is binary": [Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 37) % 128)).toString(), /definition: /],
  };
  for (const [what, [text, reason]] of Object.entries(texts)) {
    it(`that ${what} is refused in few words, in every form`, async () => {
      assert.match(await refusals(text), reason);
    });
  }

  it("of 100,000 operations is refused in few words", async () => {
    const reason = await refusal(file(JSON.stringify(many(100_000))));
    assert.match(reason, /it has 100000 operations; no edition of APIG holds more/);
  });

  const objects: Record<string, [Node, RegExp]> = {
    "has parameters that refer to each other": [
      openapi(
        { "/a": get({ parameters: [{ $ref: "#/components/parameters/A" }] }) },
        {
          components: {
            parameters: { A: { $ref: "#/components/parameters/B" }, B: { $ref: "#/components/parameters/A" } },
          },
        },
      ),
      /from one reference to the next, without end/,
    ],
    "has path items that refer to each other": [
      openapi({ "/a": { $ref: "#/paths/~1b" }, "/b": { $ref: "#/paths/~1a" } }),
      /without end/,
    ],
    "refers to a member of the prototype": [
      openapi({ "/a": get({ parameters: [{ $ref: "#/__proto__/toString" }] }) }),
      /leads nowhere/,
    ],
    "hides half a character in a path": [openapi({ "/a\uD800": get() }), /a text with half a character/],
    "hides half a character in its title": [
      openapi({ "/a": get() }, { info: { title: "pets\uDFFF", version: "1" } }),
      /a text with half a character/,
    ],
  };
  for (const [what, [object, reason]] of Object.entries(objects)) {
    it(`that ${what} is refused`, async () => {
      assert.match(await refusal(object), reason);
    });
  }

  it("that hides control characters in its title makes a group without them", async () => {
    const { inputs, failures } = await check(
      openapi({ "/a": get() }, { info: { title: "pay\u202Epal\u0007", version: "1" } }),
    );
    assert.deepEqual([inputs["title"], failures], ["pay_pal", []]);
  });

  it("in another encoding is refused, and one with a byte order mark is read", async () => {
    const text = JSON.stringify(openapi({ "/a": get() }));
    assert.match(await refusal(file(Buffer.from(`\uFEFF${text}`, "utf16le"))), /not UTF-8 text/);
    assert.match(await refusal(file(Buffer.from(text.replace("pets", "pêts"), "latin1"))), /not UTF-8 text/);
    assert.match(await refusal(file(Buffer.from([...Array(4096).keys()].map((n) => n % 256)))), /not UTF-8 text/);
    assert.match(await refusal(file(Buffer.from(text, "utf16le"))), /not valid|mapping|UTF-8/);
    assert.deepEqual(Object.keys(await operations(file(`\uFEFF${text}`))), ["GET /a"]);
  });

  it("may refer to itself where that makes sense, and is small all the same", async () => {
    const schema = { $ref: "#/components/schemas/Node" };
    const Node = { type: "object", properties: { next: schema, all: { type: "array", items: schema } } };
    const content = { "application/json": { schema } };
    const definition = openapi(
      { "/a": { post: { requestBody: { content }, responses: { 200: { description: "x", content } } } } },
      { components: { schemas: { Node } } },
    );
    assert.deepEqual(Object.keys(await operations(definition)), ["POST /a"]);
  });

  it("may use names of the prototype for whatever it likes: nothing is found there, nothing is changed there", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
    const members = names.map(
      (name) => `"/${name}": {"get": {"operationId": "${name.replace(/^_+/, "p")}",
      "parameters": [{"$ref": "#/components/parameters/${name}"}], "responses": {"200": {"description": "x"}}}}`,
    );
    const parameters = names.map(
      (name) => `"${name}": {"name": "${name}", "in": "query", "schema": {"type": "string"}}`,
    );
    const text = `{"openapi": "3.0.3", "info": {"title": "pets", "version": "1", "x-y": {"__proto__": {"polluted": 1}}},
      "paths": {${members.join()}}, "components": {"parameters": {${parameters.join()}}}}`;
    for (const form of [text, JSON.parse(text), file(text)]) {
      assert.deepEqual(Object.keys(await operations(form)).sort(), names.map((name) => `GET /${name}`).sort());
    }
    assert.equal(({} as Node)["polluted"], undefined);
    const bare = { definition: openapi({ "/a": get() }), ...(JSON.parse('{"__proto__": {"mockMode": true}}') as Node) };
    const { failures } = await handlersFor(simulator).ApiImport.check({}, bare);
    assert.ok(failures.some(({ reason }) => reason.startsWith("__proto__: no such property")));
  });

  it("may write paths in any script: they stay as written, and what looks alike is not the same", async () => {
    const paths = [
      "/caf\u00e9",
      "/cafe\u0301",
      "/admin",
      "/\u0430dmin",
      "/../../etc/passwd",
      "/a/%2e%2e/b",
      "/a//b",
      "/宠物",
    ];
    const found = await operations(openapi(Object.fromEntries(paths.map((path) => [path, get()]))));
    assert.deepEqual(Object.keys(found).sort(), paths.map((path) => `GET ${path}`).sort());
    assert.equal(new Set(Object.values(found)).size, paths.length);
  });

  it("reaches neither the network nor another file by a reference", async () => {
    let requests = 0;
    const server: Server = createServer((_, response) => {
      requests += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      // A valid file at the place of the reference, but outside the definition's own folder.
      const shared = join(folder.path, "..", `shared-${process.pid}.json`);
      writeFileSync(shared, JSON.stringify({ description: "a secret of this machine" }));
      symlinkSync(shared, join(folder.path, "link.json"));
      const outside = [
        "link.json",
        `http://${address}/a`,
        `https://${address}/a`,
        `//${address}/a`,
        `HTTP://${address}/a#/x`,
        `file://${shared}`,
        shared,
        `../${basename(shared)}`,
        "./shared.json#/x",
        `x/../../${basename(shared)}`,
        "#anchor",
        "data:application/json,{}",
        "\u0000#/a",
      ];
      for (const $ref of outside) {
        const forms = [
          openapi({ "/a": { get: { responses: { 200: { $ref } } } } }),
          openapi({ "/a": { $ref } }),
          openapi({ "/a": get({ parameters: [{ $ref }] }) }),
        ];
        for (const form of forms) {
          const text = JSON.stringify(form);
          for (const each of [text, asset({ text }), file(text)]) {
            const reason = await refusal(each);
            assert.match(
              reason,
              /the reference .*: (nothing is fetched|a text has no folder|it is outside|it names no place|there is no such file|it leads nowhere|it is a folder)/s,
              $ref,
            );
            assert.ok(!reason.includes("a secret of this machine"));
          }
        }
        const unread = openapi({ "/a": get() }, { components: { schemas: { A: { $ref } } } });
        assert.deepEqual(Object.keys(await operations(unread)), ["GET /a"], "APIG has no use for it");
      }
      const remote = {
        ...openapi({ "/a": get() }),
        servers: [{ url: `http://${address}/` }],
        externalDocs: { url: `http://${address}/` },
      };
      await operations(remote);
      assert.equal(requests, 0);
      rmSync(shared);
    } finally {
      server.close();
    }
  });

  it("asks nothing of the service", async () => {
    assert.deepEqual(await simulator.control.journal(), []);
  });
});
