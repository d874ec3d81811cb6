import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkDefinition, DefinitionError, loadDefinition, operationsMap, split } from "../../../provider/definition";

const ROOT = dirname(require.resolve("@readme/oas-examples/package.json"));

/** Why real descriptions are not imported, each by name; all others must pass. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "2.0/petstore": /is in body/,
  "2.0/petstore-expanded": /is in body/,
  "2.0/petstore-simple": /is in formData/,
  "2.0/petstore-with-external-docs": /is in body/,
  "2.0/schema-circular": /is in body/,
  "3.0/openapi-workshop/post": /properties/,
  "3.0/openapi-workshop/title": /no operations/,
  "3.0/parameters-style": /path contains # or \?/,
  "3.0/response-http-behavior": /no such scheme/,
  "3.0/petstore-expanded": /"find pet by id" cannot name an API/,
};

const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((file) => /^\d\.\d.(json|yaml)/.test(file) && /\.(json|yaml)$/.test(file))
  .map((file) => file.replaceAll("\\", "/"))
  .sort();

const nameOf = (file: string) => file.replace(/\/(json|yaml)\//, "/").replace(/\.\w+$/, "");

/** What loading or checking complains about; nothing for a description that can be imported with mockMode. */
async function complaintOf(file: string): Promise<string | undefined> {
  try {
    const definition = await loadDefinition(readFileSync(join(ROOT, file), "utf8"));
    return checkDefinition(definition, { mockMode: true, createsGroup: false })[0]?.message;
  } catch (error) {
    if (error instanceof DefinitionError) return error.message;
    throw error;
  }
}

describe("real API descriptions", () => {
  for (const file of files) {
    const reason = file.startsWith("3.1") ? /OpenAPI "3.1.0".*does not import/ : REFUSED[nameOf(file)];
    if (reason) it(`${file} is refused`, async () => assert.match((await complaintOf(file)) ?? "", reason));
    else it(`${file} passes`, async () => assert.equal(await complaintOf(file), undefined));
  }

  it("pass in more than twenty cases", () => {
    const passing = new Set(
      files
        .filter((file) => !file.startsWith("3.1"))
        .map(nameOf)
        .filter((name) => !(name in REFUSED)),
    );
    assert.ok(passing.size > 20, `${passing.size} pass`);
  });

  it("have the same fingerprints in JSON and in YAML, and in parts", async () => {
    // The texts of uspto differ between its two files.
    const passing = files.filter((file) => !/3\.1|uspto/.test(file) && !(nameOf(file) in REFUSED));
    const known = new Map<string, Record<string, string>>();
    for (const file of passing) {
      const definition = await loadDefinition(readFileSync(join(ROOT, file), "utf8"));
      const operations = operationsMap(definition);
      assert.deepEqual(operations, known.get(nameOf(file)) ?? operations, file);
      known.set(nameOf(file), operations);
      const parts = await Promise.all(
        split(definition, new Set(Object.keys(operations)), 3).map((text) => loadDefinition(text)),
      );
      assert.deepEqual(Object.assign({}, ...parts.map(operationsMap)), operations, file);
    }
  });
});
