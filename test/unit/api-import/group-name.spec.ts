/** The name of the group that an import makes. */
import assert from "node:assert/strict";
import { definition, specs } from "../../support/definitions";
import { handlersFor } from "../../support/handlers";
import { Imports } from "../../support/imports";
import { Life, unknown, type Bag } from "../../support/life";
import { Outside } from "../../simulator/outside";

describe("The group that an ApiImport makes", () => {
  let imports: Imports;
  let life: Life;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(async () => {
    await imports.simulator.control.reset();
    life = new Life(() => handlersFor(imports.simulator).ApiImport);
  });

  const titled = (title: string) => ({ definition: definition(specs(1), { title }) });
  const handler = () => handlersFor(imports.simulator).ApiImport;
  const nameAtPreview = async (inputs: Bag) => (await handler().check({}, inputs)).inputs["title"];
  const reasons = async (inputs: Bag) =>
    (await handler().check({}, inputs)).failures.map(({ property, reason }) => `${property}: ${reason}`);
  const groups = async () => {
    const { groups } = await new Outside(imports.simulator.info).apig<{ groups: { name: string }[] }>(
      "GET",
      "/api-groups",
    );
    return groups.map(({ name }) => name).filter((name) => name !== "DEFAULT");
  };

  const names: Readonly<Record<string, string>> = {
    shop: "shop",
    宠物店: "宠物店",
    "9-lives_v1.0/(x):": "9-lives_v1.0/(x):",
    "Shop API": "Shop_API",
    "Reports & Files": "Reports_Files",
    "  2024: the €-report!  ": "the_report",
    宠物: "宠物_api",
    "A?": "A_api",
    [`${"a".repeat(63)} b`]: "a".repeat(63),
  };
  for (const [title, name] of Object.entries(names)) {
    it(`is called "${name}" at preview where the title is "${title}"`, async () => {
      assert.equal(await nameAtPreview(titled(title)), name);
    });
  }

  it("has the name that the preview showed, and gets another one in place", async () => {
    await life.up(titled("Shop API"));
    const { id } = life;
    assert.deepEqual(await groups(), ["Shop_API"]);
    assert.equal(await life.up(titled("Shop API")), "same");
    assert.equal(await life.up({ ...titled("Shop API"), groupName: "orders" }), "update");
    assert.deepEqual([await groups(), life.id], [["orders"], id]);
    assert.equal(await life.up({ ...titled("another title"), groupName: "orders" }), "same");
    assert.ok(await life.refresh());
    assert.equal(await life.up({ ...titled("another title"), groupName: "orders" }), "same");
    await life.destroy();
    assert.deepEqual(await groups(), []);
  });

  for (const refreshed of [false, true]) {
    const when = refreshed ? "after a refresh" : "at once";
    it(`gets its old name back ${when} when a rename that got no answer is taken back`, async () => {
      await life.up(titled("shop"));
      const faults = [{ operation: "UpdateApiGroupV2", times: 20, kind: "dropAfter" as const }];
      await imports.simulator.control.faults({ faults });
      await assert.rejects(life.up({ ...titled("shop"), groupName: "orders" }));
      assert.deepEqual(await groups(), ["orders"]);
      await imports.simulator.control.faults({ faults: [] });
      if (refreshed) await life.refresh();
      assert.equal(await life.up(titled("shop")), "update");
      assert.deepEqual(await groups(), ["shop"]);
      assert.equal(await life.up(titled("shop")), "same");
    });
  }

  it("needs a name that the service takes, and none where the group is given", async () => {
    assert.match((await reasons({ ...titled("shop"), groupName: "a b" })).join(), /^groupName: must have 3 to 64/);
    assert.match((await reasons(titled("?"))).join(), /cannot name the group .* give `groupName`/);
    assert.deepEqual(await reasons({ ...titled("?"), groupName: "shop" }), []);
    for (const groupId of ["a".repeat(32), unknown]) {
      assert.match(
        (await reasons({ ...titled("shop"), groupName: "shop", groupId })).join(),
        /^groupName: .*groupId is given/,
      );
    }
    assert.equal(await nameAtPreview({ ...titled("shop"), groupName: unknown }), unknown);
  });
});
