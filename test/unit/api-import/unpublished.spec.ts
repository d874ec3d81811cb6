/** What is said at the end of a run of imported operations that nothing in the program has published. */
import assert from "node:assert/strict";
import type { Host } from "../../../provider/hosts/dynamic/handler";
import { makeHandlers } from "../../../provider/hosts/dynamic/handlers";
import { definition, spec, specs, type Spec } from "../../support/definitions";
import { hostFor } from "../../support/handlers";
import { Imports } from "../../support/imports";
import { Life, type Bag } from "../../support/life";
import { unprinted } from "../../support/unprinted";

const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";

describe("ApiImport and operations that are not published", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  describe("in a program that publishes nothing", () => {
    it("names those that were made, also in the first run, and none where nothing is imported", async () => {
      assert.match(await imports.warnings(specs(2)), /^warning: shop: .*not callable.*: GET \/p0, GET \/p1\. An .*\n$/);
      assert.equal(await imports.warnings(specs(2)), "");
      assert.match(await imports.warnings(specs(3)), /^warning: shop: .*not callable.*: GET \/p2\. An .*\n$/);
    });

    it("counts them where they are many", async () => {
      assert.match(await imports.warnings(specs(300)), /: GET \/p0, GET \/p1, .*, and 290 more\. /);
    });

    it("tells those that changed, which callers get as they were, from those that were made anew", async () => {
      const moves = spec("GET /moves", { name: "moving" });
      await imports.up([...specs(2), moves]);
      for (const key of ["GET /p0", "GET /p1", "GET /moves"]) await imports.publish(key);
      const [first, second] = specs(2) as [Spec, Spec];
      const warnings = await imports.warnings([{ ...first, cors: true }, { ...second, prefix: true }, moves]);
      assert.match(warnings, /shop: changed, .*published version until it is published again: GET \/p0\. /);
      assert.match(warnings, /shop: .*not callable.*: GET \/p1\. /);
      assert.doesNotMatch(warnings, /moves/);
    });

    it("does not name those that were not imported", async () => {
      const groupId = await imports.theirs([spec("GET /taken", { name: "theirs" })]);
      const wanted = [spec("GET /taken", { name: "mine" }), spec("GET /free")];
      const { said } = await unprinted(() => imports.failure(wanted, { groupId }));
      assert.match(said, /^warning: shop: .*not callable.*: GET \/free\. An .*\n$/);
    });

    it("does not name those that were taken over as they are", async () => {
      const groupId = await imports.theirs(specs(1));
      assert.doesNotMatch(await imports.warnings(specs(1), { groupId, adopt: true }), /callable|published/);
    });
  });

  describe("in a program with an ApiPublication", () => {
    let host: Host;
    let pets: Life;
    let publication: Life;
    beforeEach(() => {
      pets = new Life(() => makeHandlers(host).ApiImport);
      publication = new Life(() => makeHandlers(host).ApiPublication);
    });

    /** One run of the program. @returns what was printed */
    async function run(operations: readonly Spec[], publish: () => Bag): Promise<string> {
      host = hostFor(imports.simulator);
      const { said } = await unprinted(async () => {
        await pets.up({ definition: definition(operations), adopt: true });
        await publication.up({ envId, groupId: pets.outputs["groupId"], ...publish() });
        await host.claims.undone.tell();
      });
      return said;
    }
    const publishing = /publish|callable/;
    const triggers = () => ({ triggers: pets.outputs["operations"] });
    const [first, ...rest] = specs(3) as [Spec, Spec, Spec];
    const changed = [{ ...first, cors: true }, ...rest, spec("GET /new")];

    it("says nothing where that comes after the import and publishes what it made and changed", async () => {
      assert.doesNotMatch(await run([first, ...rest], triggers), publishing);
      assert.equal(await run(changed, triggers), "");
    });

    it("names them where nothing triggers it", async () => {
      assert.doesNotMatch(await run([first, ...rest], () => ({})), publishing);
      const said = await run(changed, () => ({}));
      assert.match(said, /published again: GET \/p0\. /);
      assert.match(said, /not callable.*: GET \/new\. /);
    });

    it("names what changed where it is published in another environment, too", async () => {
      await run([first, ...rest], triggers);
      const { id } = await imports.outside.apig<{ id: string }>("POST", "/envs", { name: "testing" });
      const { apis } = pets.outputs as { apis: { id: string }[] };
      const action = { action: "online", env_id: id, api_id: apis[0]?.id };
      await imports.outside.apig("POST", "/apis/action", action);
      const said = await run(changed, triggers);
      assert.match(said, new RegExp(`^warning: shop: changed, .*${id}.*: GET /p0\\. `));
    });

    it("names what it published before the import changed it", async () => {
      await run([first, ...rest], triggers);
      host = hostFor(imports.simulator);
      const { said } = await unprinted(async () => {
        await publication.up({ envId, groupId: pets.outputs["groupId"], triggers: { other: "value" } });
        await pets.up({ definition: definition([{ ...first, cors: true }, ...rest]), adopt: true });
        await host.claims.undone.tell();
      });
      assert.match(said, /published again: GET \/p0\. /);
    });

    it("names them where it fails", async () => {
      await assert.rejects(run(specs(1), () => ({ envId: "0".repeat(32) })));
      const { said } = await unprinted(() => host.claims.undone.tell());
      assert.match(said, /not callable.*: GET \/p0\. /);
    });
  });
});
