/** What the engine shows at the end of a run if operations were imported and nothing has published them. */
import assert from "node:assert/strict";
import { dynamicClasses, pluginClasses, type Classes } from "../../support/classes";
import { definition, specs } from "../../support/definitions";
import { openServed, type Served } from "../../support/served";

const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

describe("An import on the engine that nothing publishes", function () {
  this.timeout(120_000);
  let served: Served;

  beforeEach(async () => {
    served = await openServed();
  });
  afterEach(() => served.close());

  /** Runs a program with two operations, then one with three that publishes, then that one with four. */
  async function runs(apig: Classes): Promise<string[]> {
    const { stack } = served;
    const texts: string[] = [];
    for (const [count, publishes] of [
      [2, false],
      [3, true],
      [4, true],
    ] as const) {
      stack.use(() => {
        const { groupId, operations } = new apig.ApiImport("shop", { definition: definition(specs(count)) });
        if (publishes) new apig.ApiPublication("shop", { envId, groupId, triggers: operations });
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
    assertToldOnce(await runs(dynamicClasses));
  });

  it("is reported by the plugin", async () => {
    assertToldOnce(await runs(pluginClasses));
  });
});
