/** `pulumi-apig adopt`: an instance that grew without Pulumi comes under management in two commands, and no call writes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { rowsOf } from "../../faults/rows";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { openProject, runAdopt, writesOf } from "../../support/adopting";
import { brownfield, secretValues } from "../../support/brownfield";
import type { TestStack } from "../../support/stack";
import { temporaryFolder } from "../../support/temporary";

/** What is there: an environment, 3 groups, 6 publications, 8 apps, 20 codes, 5 credentials; and authorizations. */
const resources = 1 + 3 + 6 + 8 + 20 + 5;

for (const language of ["typescript", "yaml"] as const) {
  describe(`pulumi-apig adopt --language ${language}`, function () {
    this.timeout(300_000);
    const folder = temporaryFolder();
    const project = join(folder.path, "shop");
    let simulator: TestSimulator;
    let stack: TestStack | undefined;

    before(async () => {
      simulator = await openSimulator();
      await simulator.control.seed(brownfield);
    });
    after(async () => {
      await stack?.close();
      await simulator.close();
      folder.remove();
    });

    it("writes a project, and nothing at the services", async () => {
      const { stdout, stderr, code } = await runAdopt(simulator, "--out", project, "--language", language);
      assert.deepEqual(stderr.split("\n"), [
        "2 environments, 4 groups, 60 APIs, 8 apps",
        "definitions: 4 of 4 groups",
        "codes and authorizations: 8 of 8 apps",
        "5 credentials of BK-CI project demo",
        "",
      ]);
      assert.deepEqual(stdout.split("\n"), [
        `Wrote ${project}. Next:`,
        "",
        `  cd ${project} && npm install && pulumi stack init main`,
        "  pulumi up",
        "",
      ]);
      assert.equal(code, 0);
      assert.deepEqual(await writesOf(simulator), []);
      assert.deepEqual(readdirSync(folder.path), ["shop"]);
    });

    it("has no secret in what it wrote", () => {
      const files = readdirSync(project, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
      const text = files.map((each) => readFileSync(join(each.parentPath, each.name), "utf8")).join("\n");
      const { info } = simulator;
      for (const secret of [...secretValues, info.token, info.accessKey, info.secretKey, info.bkciAccessToken]) {
        assert.ok(!text.includes(secret), secret);
      }
    });

    it("takes everything over by an update that writes nothing, and the next preview is empty", async () => {
      stack = await openProject(project, simulator);
      const before = await rowsOf(simulator);
      const { changes } = await stack.up();
      assert.deepEqual(Object.keys(changes), ["create"]);
      assert.ok((changes.create ?? 0) > resources, JSON.stringify(changes));
      assert.deepEqual(await writesOf(simulator), []);
      await stack.preview({ expectNoChanges: true });
      await stack.refresh({ expectNoChanges: true });
      await stack.preview({ expectNoChanges: true });
      assert.deepEqual(await rowsOf(simulator), before);
    });

    if (language === "typescript") {
      it("is a program that the strict compiler takes as it stands", () => {
        const { config } = ts.readConfigFile(join(project, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
          config: object;
        };
        const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project);
        assert.equal(options.strict, true);
        const program = ts.createProgram(fileNames, { ...options, types: [] });
        assert.deepEqual(
          ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
          [],
        );
      });
    }

    it("makes of an edit of one operation one import of this operation", async () => {
      const [file = ""] = readdirSync(join(project, "openapi")).filter((name) => name.startsWith("商城"));
      const path = join(project, "openapi", file);
      writeFileSync(path, readFileSync(path, "utf8").replace("operationId: api_43", "operationId: renamed_43"));
      const { apis } = await rowsOf(simulator);
      const since = (await simulator.control.journal()).length;
      await stack?.up();
      const writes = await writesOf(simulator, since);
      const publishing = ["BatchPublishOrOfflineApiV2", "BatchPublishOrOfflineApiV2"];
      assert.deepEqual(writes, ["ImportApiDefinitionsV2", ...publishing], "and a publication in each environment");
      const after = (await rowsOf(simulator)).apis;
      const renamed = apis.map((api) =>
        api.definition.name === "api_43" ? { ...api, definition: { ...api.definition, name: "renamed_43" } } : api,
      );
      const definitions = (rows: typeof apis) => rows.map(({ id, definition }) => ({ id, definition }));
      assert.deepEqual(definitions(after), definitions(renamed));
      await stack?.preview({ expectNoChanges: true });
    });
  });
}
