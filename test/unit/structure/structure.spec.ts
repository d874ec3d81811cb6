import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ESLint } from "eslint";
import { structureOf } from "../../support/structure";
import { temporaryFolder } from "../../support/temporary";

const root = resolve(__dirname, "../../..");

describe("The tree", function () {
  this.timeout(120_000);

  it("has no circle of imports, no long file, and no file beside a folder of its name", async () => {
    assert.deepEqual(await structureOf(), { circles: [], longFiles: [], besideTheirFolder: [] });
  });

  it("would be caught having them, also among types and among folders", async () => {
    const folder = temporaryFolder();
    const files = {
      "provider/one/a.ts": 'import type { B } from "../two/b";\nexport type A = B;\n',
      "provider/two/b.ts": 'import type { A } from "../one/c";\nexport type B = A;\n',
      "provider/one/c.ts": "export type A = string;\n",
      "provider/one.ts": "//\n".repeat(301),
    };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true });
      writeFileSync(join(folder.path, file), text);
    }
    const { circles, ...counts } = await structureOf(folder.path);
    folder.remove();
    assert.deepEqual([...circles].sort(), [
      "circle of folders: provider/one - provider/two",
      "circle of folders: provider/two - provider/one",
    ]);
    assert.deepEqual(counts, { longFiles: ["provider/one.ts"], besideTheirFolder: ["provider/one.ts"] });
  });

  /** A file of each layer, and an import that the linter must refuse: of a higher layer, or from outside. */
  const walls: Readonly<Record<string, string>> = {
    "provider/http/caller.ts": "../clients/csms",
    "provider/clients/csms.ts": "../auth/signer",
    "provider/auth/signer.ts": "../settings/keys",
    "provider/settings/keys.ts": "@pulumi/pulumi",
    "provider/settings/provider.ts": "../hosts/dynamic/inputs",
    "provider/lifecycle/manage.ts": "../hosts/dynamic/handler",
    "provider/definition/write.ts": "../resources/api-import/view",
    "provider/resources/app/resource.ts": "@pulumi/pulumi",
    "provider/functions/bkci-projects.ts": "../hosts/dynamic/look-up",
    "provider/hosts/dynamic/app.ts": "../../../test/support/life",
    "provider/hosts/engine/run.ts": "../plugin/schema/spec",
    "provider/hosts/plugin/schema/package.ts": "../../../../test/support/life",
    "provider/hosts/plugin/main.ts": "../../cli/help",
    "provider/cli/adopt.ts": "../hosts/engine/run",
    "provider/cli/write/code.ts": "@pulumi/pulumi",
    "test/simulator/main.ts": "../../provider/http/encoding",
  };
  it("has walls between its layers, and the linter knows them", async () => {
    const eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => ruleId === "no-restricted-imports" });
    for (const [filePath, imported] of Object.entries(walls)) {
      const [result] = await eslint.lintText(`import "${imported}";\n`, { filePath: join(root, filePath) });
      const rules = result?.messages.map(({ ruleId, message }) => ruleId ?? message);
      assert.deepEqual(rules, ["no-restricted-imports"], `${filePath} may not import ${imported}`);
    }
  });
});
