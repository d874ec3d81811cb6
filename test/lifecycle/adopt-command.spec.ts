/** `pulumi-apig adopt`: an instance that grew without Pulumi comes under management in two commands, and no call writes. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { rowsOf } from "../faults/rows";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { brownfield, secretValues } from "../support/brownfield";
import { TestStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

const run = promisify(execFile);
const repository = resolve(__dirname, "../..");

/** What is there: an environment, 3 groups, 6 publications, 8 apps, 20 codes, authorizations, 5 credentials; and the stack. */
const resources = 1 + 3 + 6 + 8 + 20 + 5;

/** Operations that change nothing, though they are no GET. */
const looks = ["ExportApiDefinitionsV2"];

async function writesOf(simulator: TestSimulator, since = 0): Promise<string[]> {
  const calls = await simulator.control.journal(since);
  return calls.flatMap(({ method, operation }) => {
    const isWrite = method !== "GET" && !looks.includes(operation ?? "");
    return isWrite ? [operation ?? method] : [];
  });
}

for (const language of ["typescript", "yaml"] as const) {
  describe(`pulumi-apig adopt --language ${language}`, function () {
    this.timeout(300_000);
    const folder = temporaryFolder();
    const project = join(folder.path, "shop");
    let simulator: TestSimulator;
    let stack: TestStack;

    before(async () => {
      simulator = await openSimulator();
      await simulator.control.seed(brownfield);
    });
    after(async () => {
      await stack.close();
      await simulator.close();
      folder.remove();
    });

    it("writes a project, and nothing at the services", async () => {
      const args = [join(repository, "dist/cli/main.js"), "adopt", "--out", project, "--language", language];
      const env = { PATH: process.env["PATH"], ...simulator.env };
      const { stdout, stderr } = await run(process.execPath, args, { env });
      assert.deepEqual(stdout.split("\n"), [
        `Wrote ${project}. Next:`,
        "",
        `  cd ${project} && npm install && pulumi stack init main`,
        "  pulumi up",
        "",
      ]);
      assert.deepEqual(stderr.split("\n"), [
        "2 environments, 4 groups, 60 APIs, 8 apps",
        "definitions: 4 of 4 groups",
        "codes and authorizations: 8 of 8 apps",
        "5 credentials of BK-CI project demo",
        "",
      ]);
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
      symlinkSync(join(repository, "node_modules"), join(project, "node_modules"));
      const { config } = parse(readFileSync(join(project, "Pulumi.main.yaml"), "utf8")) as { config: object };
      const { HW_AUTH_TOKEN, BKCI_ACCESS_TOKEN } = simulator.env;
      const env = { HW_AUTH_TOKEN: HW_AUTH_TOKEN ?? "", BKCI_ACCESS_TOKEN: BKCI_ACCESS_TOKEN ?? "" };
      stack = await TestStack.open({ program: project, isProject: true, config: valuesOf(config), env });
      const before = await rowsOf(simulator);
      const { changes } = await stack.up();
      assert.equal(Object.keys(changes).join(), "create");
      assert.ok((changes.create ?? 0) > resources, JSON.stringify(changes));
      assert.deepEqual(await writesOf(simulator), []);
      await stack.preview({ expectNoChanges: true });
      await stack.refresh({ expectNoChanges: true });
      await stack.preview({ expectNoChanges: true });
      assert.deepEqual(await rowsOf(simulator), before);
    });

    it("makes of an edit of one operation one import of this operation", async () => {
      const [file = ""] = readdirSync(join(project, "openapi")).filter((name) => name.startsWith("商城"));
      const path = join(project, "openapi", file);
      writeFileSync(path, readFileSync(path, "utf8").replace("operationId: api_41", "operationId: renamed_41"));
      const { apis } = await rowsOf(simulator);
      const since = (await simulator.control.journal()).length;
      await stack.up();
      const writes = await writesOf(simulator, since);
      assert.deepEqual(
        writes.filter((operation) => operation !== "BatchPublishOrOfflineApiV2"),
        ["ImportApiDefinitionsV2"],
      );
      const after = (await rowsOf(simulator)).apis;
      const renamed = apis.map((api) =>
        api.definition.name === "api_41" ? { ...api, definition: { ...api.definition, name: "renamed_41" } } : api,
      );
      const definitions = (rows: typeof apis) => rows.map(({ id, definition }) => ({ id, definition }));
      assert.deepEqual(definitions(after), definitions(renamed));
      await stack.preview({ expectNoChanges: true });
    });
  });
}

/** Objects as the engine takes them from a command. */
function valuesOf(config: object): ConfigMap {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]: [string, unknown]) => [
      key,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]),
  );
}
