/** Definitions that failed once, and the expected result of each. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { groupNameFrom, openFile, readDefinition, type Arrangement } from "../../../provider/definition";

const folder = join(__dirname, "../../definitions/cases");

const read = (file: string, arrangement: Arrangement = {}) =>
  readDefinition(openFile(join(folder, file)), { mockMode: true, ...arrangement });

async function complaints(file: string, arrangement?: Arrangement): Promise<string[]> {
  try {
    await read(file, arrangement);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

const taken: Readonly<Record<string, { group: string; operations: string[] }>> = {
  "fastapi-3.1.json": {
    group: "Shop_API",
    operations: ["GET /orders/{order_id}", "POST /orders", "GET /health"],
  },
  "swagger-with-body.yaml": { group: "Pet_Store_legacy", operations: ["POST /v1/pets", "POST /v1/upload"] },
  "several-files/openapi.yaml": { group: "Orders", operations: ["GET /orders", "GET /orders/{id}"] },
  "parameter-name.yaml": { group: "names", operations: ["GET /a"] },
  "basepath-extra-slashes.yaml": { group: "slashes", operations: ["GET /api/resource"] },
  "fastify-swagger-default-2.0.json": { group: "fastify_swagger", operations: ["GET /items/{id}", "POST /items"] },
  "tsoa-default-2.0-body.json": { group: "fwn", operations: ["GET /items/{id}", "POST /items"] },
  "export-shaped.yaml": { group: "exported", operations: ["GET /ping"] },
  "oas36-brackets.yaml": { group: "br_api", operations: ["GET /o", "GET /p"] },
};

const refused: Readonly<Record<string, RegExp[]>> = {
  "misspelt-extension.yaml": [
    /misspelt-extension\.yaml:5, GET \/orders\/\{id\}: .*\{id\}/,
    /yaml:9, .*methd: .*did you mean method\?/,
  ],
  "undefined-security-scheme.yaml": [/yaml:5, GET \/a, security: .*"nosuch", and there is no such scheme/],
  "path-with-hash.yaml": [/yaml:4, POST \/#X-Amz-Target=A\.B: .*# or \?.*\(also GET \/items\?x=1\)/],
  "oas30-regex-param.yaml": [/yaml:5, GET \/orders\/\{id:\[0-9\]\+\}: .*pattern.*`overrides`/],
  "oas35-query-in-path.yaml": [/yaml:5, GET \/pets\?status=sold: .*\(also GET \/#Action=List\)/],
  "oas50-any-typo.yaml": [
    /yaml:5, .*x-apigateway-any-methods: did you mean x-apigateway-any-method\?/,
    /yaml:6, .*x-apigateway-anymethod: did you mean x-apigateway-any-method\?/,
  ],
  "oas52-bearer.yaml": [/yaml:5, DELETE \/admin\/users: .*asks for bearer, .*open to everybody.*`auth`/],
  "mixed-templates.json": [
    /json:2, GET \/reports\/\{id\}\.json: .*whole segments/,
    /json:3, POST \/\{name\}:archive: /,
  ],
};

describe("A definition that failed once", () => {
  for (const [file, { group, operations }] of Object.entries(taken)) {
    it(`${file} is taken`, async () => {
      const definition = await read(file);
      assert.equal(groupNameFrom(definition.title), group);
      assert.deepEqual(
        definition.operations.map(({ key }) => key),
        operations,
      );
    });
  }

  for (const [file, expected] of Object.entries(refused)) {
    it(`${file} is refused by name, with file and line`, async () => {
      const found = await complaints(file);
      assert.equal(found.length, expected.length, found.join("\n"));
      for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? "", pattern);
    });
  }

  it("misspelt-in-extensions.yaml has nine mistakes, each with its line", async () => {
    const found = await complaints("misspelt-in-extensions.yaml");
    assert.equal(found.length, 9, found.join("\n"));
    for (const line of found) assert.match(line, /misspelt-in-extensions\.yaml:\d+, /);
    assert.equal(found.filter((line) => line.includes("did you mean")).length, 7);
  });

  it("oas51-ext-name-typos.yaml makes no private operation public and no protected one open", async () => {
    const found = (await complaints("oas51-ext-name-typos.yaml")).join("\n");
    for (const meant of ["request-type", "match-mode", "auth-type"]) {
      assert.match(found, new RegExp(`did you mean x-apigateway-${meant}\\?`));
    }
  });

  it("mixed-templates.json leaves two operations out when the program wants it so", async () => {
    const { operations, skipped } = await read("mixed-templates.json", { unsupported: "skip" });
    assert.deepEqual(
      operations.map(({ key, name }) => [key, name]),
      [["GET /files", "files.list"]],
    );
    assert.deepEqual([...skipped.keys()], ["GET /reports/{id}.json", "POST /{name}:archive"]);
  });

  it("parameter-name.yaml loses the parameters that APIG cannot declare, and says which", async () => {
    const { dropped } = await read("parameter-name.yaml");
    assert.deepEqual(
      [...dropped],
      [["GET /a", ["filter[name]", "$top", "x_trace", "Authorization", "a_query_parameter_with_a_very_long_name"]]],
    );
  });
});
