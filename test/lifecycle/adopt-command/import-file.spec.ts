/** `pulumi-apig adopt --import-file`: the engine takes the file, and imports all that it names without a write. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { runAdopt, writesOf } from "../../support/adopting";
import { brownfield } from "../../support/brownfield";
import { configOf } from "../../support/plugin";
import { TestStack } from "../../support/stack";
import { temporaryFolder } from "../../support/temporary";

interface Imports {
  readonly resources: readonly { readonly type: string; readonly name: string; readonly id: string }[];
}

describe("pulumi-apig adopt --import-file", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const file = join(folder.path, "import.json");
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
    await simulator.control.seed(brownfield);
    const program = () => Promise.resolve();
    stack = await TestStack.open({ program, usesPlugin: true, config: configOf(simulator.config) });
  });
  after(async () => {
    await stack.close();
    await simulator.close();
    folder.remove();
  });

  it("writes a file that pulumi import takes whole, and no call writes", async () => {
    const { code, stdout, stderr } = await runAdopt(simulator, "--import-file", file);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /pulumi import --file \S+import\.json/);
    assert.match(stderr, /ApiPublication Shop-in-testing: not all APIs of the group are published in testing/);
    const { resources } = JSON.parse(readFileSync(file, "utf8")) as Imports;
    const output = await stack.command("import", "--yes", "--protect=false", "--generate-code=false", "--file", file);
    assert.match(output.stdout, new RegExp(`= ${resources.length} imported`), output.stdout + output.stderr);
    assert.deepEqual(await writesOf(simulator), []);
    const state = (await stack.exportState()).deployment as { resources: { type: string; id?: string }[] };
    const ids = (all: readonly { type: string; id?: string }[]) =>
      all.flatMap(({ type, id }) => (type.startsWith("apig:") ? [`${type} ${id ?? ""}`] : [])).sort();
    assert.deepEqual(ids(state.resources), ids(resources));
  });
});
