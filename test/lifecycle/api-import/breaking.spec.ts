/** What the engine shows of changes that break callers of published operations. */
import assert from "node:assert/strict";
import { dynamicClasses, pluginClasses, type Classes } from "../../support/classes";
import { callsDuring } from "../../support/calls";
import { apiBody, definition, spec, truth, type Spec } from "../../support/definitions";
import { openServed, type Served } from "../../support/served";
import { Outside } from "../../simulator/outside";

const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

describe("A change on the engine that breaks callers", function () {
  this.timeout(180_000);
  let served: Served;

  beforeEach(async () => {
    served = await openServed();
  });
  afterEach(() => served.close());

  const old: Spec[] = [spec("GET /a", { name: "get-a" }), spec("GET /b", { name: "get-b" })];
  const changed: Spec[] = [spec("GET /a", { name: "get-a", auth: "iam" })];
  const said = /shop: this breaks who calls it today: GET \/a: IAM \(was NONE\); GET \/b: goes\. `mayBreak` names/g;

  async function runs(apig: Classes): Promise<void> {
    const { stack, simulator } = served;
    const declare = (operations: readonly Spec[], args: object = {}): void =>
      stack.use(() => {
        const shop = new apig.ApiImport("shop", { definition: definition(operations), ...args });
        new apig.ApiPublication("shop", { envId, groupId: shop.groupId, triggers: shop.operations });
        return Promise.resolve({});
      });
    declare(old);
    await stack.up();

    // What others did is seen by a refresh, which changes nothing and breaks nobody.
    const { rows } = await truth(simulator);
    const a = rows().find(({ path }) => path === "/a");
    assert.ok(a);
    const outside = new Outside(simulator.info);
    await outside.apig("PUT", `/apis/${a.id}`, apiBody(a.groupId, { ...a, cors: true }));
    assert.doesNotMatch((await stack.refresh()).text, /breaks|for others/);
    assert.match((await stack.up()).text, /GET \/a: no CORS any more/);

    declare(changed, { breakingChanges: "refuse" });
    let refusal = "";
    const calls = await callsDuring(simulator.control, async () => {
      refusal = await stack.preview().then(String, String);
    });
    assert.match(
      refusal,
      /definition: `breakingChanges` is "refuse", and this breaks who calls it today: GET \/a: IAM/,
    );
    assert.deepEqual(calls, { ListApisV2: 1, ExportApiDefinitionsV2: 1 });

    declare(changed);
    for (const { text } of [await stack.preview(), await stack.up()]) {
      // The engine shows each line while it runs, and once more at its end.
      assert.equal(text.split("Diagnostics:").at(-1)?.match(said)?.length, 1);
    }
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
  }

  it("is told or refused by the dynamic provider", () => runs(dynamicClasses));

  it("is told or refused by the plugin", () => runs(pluginClasses));
});
