/** Public definitions in 2.0, 3.0 and 3.1, from a package of examples. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { openFile, readDefinition, writeDocument } from "../../../provider/definition";
import { invalidIn } from "./official";

const root = dirname(require.resolve("@readme/oas-examples/package.json"));

/** The definitions that are refused, with the reason. All others must pass. */
const refused: Readonly<Record<string, RegExp>> = {
  "3.0/openapi-workshop/title": /no operations/,
  "3.0/response-http-behavior": /no such scheme/,
  "3.1/webhooks": /no operations/,
};

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /^\d\.\d.(json|yaml)/.test(file) && /\.(json|yaml)$/.test(file))
  .sort();

const nameOf = (file: string) => file.replace(/\/(json|yaml)\//, "/").replace(/\.\w+$/, "");

describe("A public description", () => {
  it("is there of every version, sixty in all", () => {
    assert.ok(files.length >= 60);
    for (const version of ["2.0", "3.0", "3.1"])
      assert.ok(
        files.some((file) => file.startsWith(version)),
        version,
      );
  });

  for (const file of files) {
    const reason = refused[nameOf(file)];
    it(`${file} is ${reason === undefined ? "taken, and sent as a valid document" : "refused"}`, async () => {
      const reading = readDefinition(openFile(join(root, file)), {
        mockMode: true,
        unsupported: "skip",
        defaults: { auth: "NONE" },
      });
      if (reason !== undefined) return assert.rejects(reading, reason);
      const definition = await reading;
      assert.deepEqual(invalidIn(writeDocument(definition, definition.operations)), []);
    });
  }
});
