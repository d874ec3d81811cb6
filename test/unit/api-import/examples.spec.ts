import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { truth } from "../../support/definitions";
import { Imports } from "../../support/imports";

const root = dirname(require.resolve("@readme/oas-examples/package.json"));

/** What a preview refuses, with the reason; all others are imported whole. */
const refused: Readonly<Record<string, RegExp>> = {
  "3.0/json/response-http-behavior.json": /GET \/cache, security: .*no such scheme/,
  "3.1/json/webhooks.json": /no operations to import/,
};

const files = ["2.0/json", "3.0/json", "3.1/json"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => `${folder}/${file}`),
);

describe("real API descriptions, imported with mockMode", () => {
  let imports: Imports;
  let imported = 0;
  before(async () => {
    imports = await Imports.open();
    await imports.reset();
  });
  after(() => imports.close());

  for (const file of files) {
    it(`${file} is imported whole and then rests, or is refused with reasons`, async () => {
      const life = (imports.life = imports.another());
      const groupId = await imports.theirs([], `group-${files.indexOf(file)}`);
      const program = {
        definition: readFileSync(join(root, file), "utf8"),
        groupId,
        mockMode: true,
        unsupported: "skip",
        defaults: { auth: "NONE" },
      };
      const [failure] = await life.failures(program);
      if (failure) {
        assert.match(failure.reason, refused[file] ?? /it should not be refused/);
        return;
      }
      assert.equal(await life.up(program), "create");
      assert.ok(await life.refresh());
      assert.equal(await life.up(program), "same");
      const { operations } = imports.outputs;
      const rows = (await truth(imports.simulator)).rows(groupId);
      assert.equal(rows.length, Object.keys(operations).length);
      assert.deepEqual(rows.map(({ method, path }) => `${method} ${path}`).sort(), Object.keys(operations).sort());
      imported += 1;
    });
  }

  it("are imported, all but two", () => assert.equal(imported, files.length - Object.keys(refused).length));
});
