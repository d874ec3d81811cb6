/** What the engine shows at the end of a run if operations were imported and nothing has published them. */
import assert from "node:assert/strict";
import * as apig from "pulumi-apig";
import { definition, specs } from "../../support/definitions";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { TestStack } from "../../support/stack";
import { configOf } from "../../support/plugin";
import { resource } from "../plugin/programs";

const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

describe("An import on the engine that nothing publishes", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());
  afterEach(() => stack.close());

  /** Runs a program with two operations, then one with three that publishes, then that one with four. */
  async function runs(declare: (count: number, publishes: boolean) => void): Promise<string[]> {
    const texts: string[] = [];
    for (const [count, publishes] of [
      [2, false],
      [3, true],
      [4, true],
    ] as const) {
      stack.use(() => {
        declare(count, publishes);
        return Promise.resolve({});
      });
      texts.push((await stack.up()).text);
    }
    await stack.destroy();
    return texts;
  }

  function assertToldOnce([first = "", ...others]: readonly string[]): void {
    assert.match(first, /warning: shop: not callable until it is published: GET \/p0, GET \/p1\./);
    for (const text of others) assert.doesNotMatch(text, /until it is published/);
  }

  it("is reported by the dynamic provider", async () => {
    stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
    const texts = await runs((count, publishes) => {
      const { groupId, operations } = new apig.ApiImport("shop", { definition: definition(specs(count)) });
      if (publishes) new apig.ApiPublication("shop", { envId, groupId, triggers: operations });
    });
    assertToldOnce(texts);
  });

  it("is reported by the plugin", async () => {
    const config = configOf(simulator.config);
    stack = await TestStack.open({ program: () => Promise.resolve(), usesPlugin: true, config });
    const texts = await runs((count, publishes) => {
      const { groupId, operations } = resource("ApiImport", "shop", { definition: definition(specs(count)) });
      if (publishes) resource("ApiPublication", "shop", { envId, groupId, triggers: operations });
    });
    assertToldOnce(texts);
  });
});
