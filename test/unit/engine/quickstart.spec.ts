import assert from "node:assert/strict";
import { join } from "node:path";
import { Outside } from "../../support/outside";
import { openSimulator, type TestSimulator } from "../../support/simulator";
import { TestStack } from "../../support/stack";

describe("examples/quickstart", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  beforeEach(async () => {
    simulator = await openSimulator();
    await simulator.control.seed({
      secrets: [
        { name: "shop-dev-database", tags: { app: "shop", env: "dev" } },
        { name: "shop-prod-database", tags: { app: "shop", env: "prod" } },
      ],
    });
    const program = join(__dirname, "../../../examples/quickstart");
    stack = await TestStack.open({ program, env: simulator.env });
  });
  afterEach(async () => {
    await stack.close();
    await simulator.close();
  });

  it("comes up from its folder with settings from the environment, is at rest, and goes without a trace", async () => {
    const { outputs, text } = await stack.up();
    const operations = outputs["operations"]?.value as Record<string, string>;
    assert.equal(Object.keys(operations).length, 18);
    assert.deepEqual(outputs["secretNames"]?.value, ["shop-dev-database"]);
    const code = outputs["appCode"]?.value as string;
    assert.ok(outputs["appCode"]?.secret && code.length >= 64);
    assert.match(text, /appCode +: \[secret\]/);
    assert.equal(text.includes(code), false);
    assert.equal((await stack.backendText()).includes(code), false);

    const outside = new Outside(simulator.info);
    const total = async (path: string): Promise<number> => (await outside.apig<{ total: number }>("GET", path)).total;
    assert.deepEqual([await total("/apis"), await total("/apps")], [18, 1]);

    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
    assert.deepEqual([await total("/apis"), await total("/apps")], [0, 0]);
  });
});
