import assert from "node:assert/strict";
import { spec, specs, truth } from "../../support/definitions";
import { unprinted } from "../../support/unprinted";
import { Imports } from "../../support/imports";

describe("ApiImport when calls go wrong", () => {
  let imports: Imports;
  before(async () => {
    imports = await Imports.open();
  });
  after(() => imports.close());
  beforeEach(() => imports.reset());

  type Kind = Exclude<
    NonNullable<Parameters<Imports["simulator"]["control"]["faults"]>[0]["faults"]>[number]["kind"],
    undefined
  >;

  /** Makes calls of an operation fail from the n-th on. */
  const fault = (operation: string, kind: Kind, nth = 1, times = 1) =>
    imports.simulator.control.faults({ faults: [{ operation, kind, nth, times }] });

  const lost: Record<string, Kind> = {
    "before it took effect": "dropBefore",
    "after it took effect": "dropAfter",
    "by a 500 that hides its effect": { status: 500, code: "APIG.9999", effect: true },
    "by a 503 without effect": { status: 503 },
    "by an answer that is no JSON": { status: 200, body: "<html>", effect: true },
  };

  it("tells in the next update, and when it goes, what a lost import may have left in a group of others", async () => {
    const groupId = await imports.theirs([]);
    await fault("ImportApiDefinitionsV2", "dropAfter");
    await assert.rejects(imports.up([spec("GET /lost", { name: "lost" })], { groupId }));
    const told =
      /Left in group \w+, which others use too: GET \/lost \(lost\)\. .*delete them if they are nobody else's/;
    assert.match(await imports.warnings([spec("GET /other", { name: "other" })], { groupId }), told);
    assert.match((await unprinted(() => imports.life.destroy())).said, told);
  });

  it("gives up to another operation, with `adopt`, the name that a lost import may have given in a group of others", async () => {
    const groupId = await imports.theirs([]);
    await fault("ImportApiDefinitionsV2", "dropAfter");
    await assert.rejects(imports.up([spec("GET /before", { name: "same" })], { groupId }));
    const moved = [spec("GET /after", { name: "same" })];
    assert.match(await imports.failure(moved, { groupId }), /GET \/before \(same\).*`adopt: true`/);
    await imports.up(moved, { groupId, adopt: true });
    await imports.assertGroup(moved);
  });

  for (const [how, kind] of Object.entries(lost)) {
    const took = kind === "dropAfter" || (typeof kind === "object" && "effect" in kind);

    it(`makes one group with everything, or tells of it, when the first answer is lost ${how}`, async () => {
      await fault("ImportApiDefinitionsV2", kind);
      if (took) {
        const told = /may have taken effect.*a group named shop \(\w+\): if nobody else made it.*`adopt: true`/;
        assert.match(await imports.failure(specs(3)), told);
        assert.equal(imports.life.exists, false);
      }
      assert.equal(await imports.up(specs(3), { adopt: took }), "create");
      await imports.assertGroup(specs(3));
      assert.equal((await truth(imports.simulator)).groups.length, 1);
      assert.equal(imports.outputs.apis.length, 3);
      assert.equal(await imports.up(specs(3)), "same");
      await imports.life.destroy();
      assert.deepEqual((await truth(imports.simulator)).groups, []);
    });

    for (const importClash of ["failure", "ignore"] as const) {
      it(`takes nothing for its own in a group of others when an answer is lost ${how}, clashes going to ${importClash}`, async () => {
        await imports.simulator.control.options({ importClash });
        const groupId = await imports.theirs([spec("GET /p1", { name: "theirs" })]);
        await fault("ImportApiDefinitionsV2", kind);
        const outcome = await imports.up(specs(3), { groupId }).catch((error: unknown) => (error as Error).message);
        if (took) assert.match(outcome, /GET \/p0: its import got no answer\. .*GET \/p0 \(get-p0\).*`adopt: true`/);
        const own = took ? [] : ["/p0", "/p2"];
        assert.deepEqual(imports.outputs.apis.map(({ path }) => path).sort(), own);
        await imports.life.destroy();
        assert.deepEqual(
          (await imports.rows()).map(({ name }) => name),
          took ? ["theirs", "get-p0", "get-p2"] : ["theirs"],
        );
      });
    }

    it(`goes on in a group of its own when the answer of a later import is lost ${how}`, async () => {
      await imports.up(specs(1));
      await fault("ImportApiDefinitionsV2", kind);
      assert.deepEqual(await imports.imports(() => imports.up(specs(3))), took ? [undefined] : [undefined, 2]);
      await imports.assertGroup(specs(3));
      assert.equal(await imports.up(specs(3)), "same");
    });

    it(`finishes an update whose overwriting import is lost ${how}`, async () => {
      await imports.up(specs(3));
      const changed = specs(3, { cors: true });
      await fault("ImportApiDefinitionsV2", kind);
      await imports.up(changed).catch(() => imports.up(changed));
      await imports.assertGroup(changed);
      assert.equal(await imports.up(changed), "same");
    });
  }

  it("does not take a group of others for the one it made, when the title is theirs and the answer is lost", async () => {
    const groupId = await imports.theirs([spec("GET /p0", { name: "theirs" })], "shop");
    await fault("ImportApiDefinitionsV2", { status: 500, code: "APIG.9999" });
    assert.match(await imports.failure(specs(2)), /a group named shop .*if nobody else made it.*`adopt: true`/);
    assert.equal(imports.life.exists, false);
    const { groups, rows } = await truth(imports.simulator);
    assert.deepEqual([groups.length, rows(groupId).length], [1, 1]);
  });

  it("does not trust what a lost import may have changed, also when the program takes the change back", async () => {
    await imports.up(specs(2));
    await fault("ImportApiDefinitionsV2", { status: 503, effect: true }, 1, 100);
    await imports.failure(specs(2, { backend: "/changed" }));
    await imports.simulator.control.faults({});
    assert.deepEqual(await imports.imports(() => imports.up(specs(2))), [2]);
    await imports.assertGroup(specs(2));
  });

  it("imports again what nobody could look at after its import, and then rests", async () => {
    await imports.up(specs(2));
    // The first list is that of the preview, the second that before the import.
    await fault("ListApisV2", { status: 403, code: "APIG.1005" }, 3);
    assert.match(await imports.failure(specs(2, { cors: true })), /could not list the APIs/);
    assert.deepEqual(await imports.imports(() => imports.up(specs(2, { cors: true }))), [2]);
    await imports.assertGroup(specs(2, { cors: true }));
    assert.equal(await imports.up(specs(2, { cors: true })), "same");
  });

  describe("and an import is lost while nobody can look,", () => {
    /** Runs an import that gets no answer, and after which the looks fail. */
    async function lose(kind: Kind, args: { groupId?: string } = {}): Promise<void> {
      const unreachable = { operation: "ListApisV2", kind: { status: 403, code: "APIG.1005" }, nth: 2, times: 10 };
      await imports.simulator.control.faults({
        faults: [{ operation: "ImportApiDefinitionsV2", kind, nth: 1, times: 1 }, unreachable],
      });
      const program = { ...args, breakingChanges: "ignore" };
      assert.match(await imports.failure(specs(2), program), /could not import .*may have taken effect/);
      await imports.simulator.control.faults({});
    }

    /** A group of its own, with an API that makes room for two others. */
    const begin = () => imports.up([spec("GET /old")]);

    it("goes on with what it made in its own group, sending it again, because it may be altered by now", async () => {
      await begin();
      await lose("dropAfter");
      assert.deepEqual(await imports.imports(() => imports.up(specs(2))), [2]);
      await imports.assertGroup(specs(2));
      assert.equal(await imports.up(specs(2)), "same");
    });

    it("deletes what it made in its own group", async () => {
      await begin();
      await lose("dropAfter");
      await imports.life.destroy();
      assert.deepEqual((await truth(imports.simulator)).groups, []);
    });

    it("does not take for its own what others make in its place in its own group under another name", async () => {
      await begin();
      await lose("dropBefore");
      const id = await imports.meddle(spec("GET /p0", { name: "theirs" }));
      assert.match(await imports.failure(specs(2)), /GET \/p0: .*APIG\.3301/);
      assert.equal((await imports.row("GET /p0")).id, id);
      await assert.rejects(imports.life.destroy(), { message: /GET \/p0 \(theirs\)/ });
    });

    it("tells of what is in its place in a group of others, until it is taken over or gone", async () => {
      const groupId = await imports.theirs([]);
      await lose("dropAfter", { groupId });
      const told = /^2 operations were not[^]*GET \/p0: its import got no answer\..*GET \/p0 \(get-p0\).*`adopt: true`/;
      assert.match(await imports.failure(specs(2), { groupId }), told);
      assert.match(await imports.failure(specs(2), { groupId }), told);
      await imports.remove("GET /p1");
      assert.match(await imports.failure(specs(2), { groupId }), /^1 operation was not/);
      await imports.up(specs(2), { groupId, adopt: true });
      await imports.assertGroup(specs(2));
      assert.ok(await imports.life.refresh());
      assert.equal(await imports.up(specs(2), { groupId }), "same");
      await imports.life.destroy();
      assert.deepEqual(await imports.rows(), []);
    });
  });

  it("goes on after the batch that was lost, and repeats none that was not", async () => {
    await fault("ImportApiDefinitionsV2", "dropAfter", 2);
    assert.deepEqual(await imports.imports(() => imports.up(specs(650))), [300, undefined, 50]);
    assert.equal((await imports.rows()).length, 650);
    assert.equal(await imports.up(specs(650)), "same");
  });

  it("gives up an import that stays lost, and says what to do; the next up finishes", async () => {
    await imports.up(specs(1));
    await fault("ImportApiDefinitionsV2", "dropBefore", 1, 100);
    assert.match(await imports.failure(specs(3)), /could not import the API definition into group/);
    await imports.simulator.control.faults({});
    assert.deepEqual(await imports.imports(() => imports.up(specs(3))), [2]);
    await imports.assertGroup(specs(3));
  });

  it("records every operation that was made and lists every one that failed; the next up sends only what is missing", async () => {
    await imports.simulator.control.quotas({ apis: 3 });
    let message = "";
    const sent = await imports.imports(async () => (message = await imports.failure(specs(5))));
    assert.deepEqual(sent, [5], "what was refused is not sent twice");
    assert.match(message, /^2 operations were not imported/);
    assert.match(message, /^ {2}GET \/p3: .*\(APIG\.3102\)$/m);
    assert.match(message, /^ {2}GET \/p4: .*\(APIG\.3102\)$/m);
    await imports.assertGroup(specs(3));
    assert.equal(imports.outputs.apis.length, 3);
    assert.deepEqual(Object.keys(imports.outputs.operations), ["GET /p0", "GET /p1", "GET /p2"]);
    await imports.simulator.control.quotas({ apis: 100 });
    assert.deepEqual(await imports.imports(() => imports.up(specs(5))), [2]);
    await imports.assertGroup(specs(5));
    assert.equal(await imports.up(specs(5)), "same");
  });

  it("lists what was refused before also when a later import is refused as a whole", async () => {
    const groupId = await imports.theirs([spec("GET /p1", { name: "theirs" })]);
    await fault("ImportApiDefinitionsV2", { status: 403, code: "APIG.3127" }, 2);
    const message = await imports.failure(specs(310), { groupId });
    assert.match(
      message,
      /^1 operation was not imported[^]*GET \/p1: .*APIG\.3301[^]*The rest was not sent: .*APIG\.3127/,
    );
    assert.equal(imports.outputs.apis.length, 299);
    assert.deepEqual(await imports.imports(() => imports.failure(specs(310), { groupId })), [11]);
  });

  it("fails an operation that an answer does not mention, and one that fails without a path", async () => {
    await imports.up(specs(1));
    const body = {
      group_id: imports.outputs.groupId,
      success: [],
      failure: [{ error_code: "APIG.2012", error_msg: "Bad." }],
    };
    await fault("ImportApiDefinitionsV2", { status: 200, body });
    const message = await imports.failure(specs(2));
    assert.match(message, /^ {2}operation 1: Bad \(APIG\.2012\)$/m);
    assert.match(message, /^ {2}GET \/p1: the service's answer does not mention it$/m);
    await imports.up(specs(2));
    await imports.assertGroup(specs(2));
  });

  it("has a true record when a removal stops halfway, and goes on from there", async () => {
    await imports.up(specs(4));
    await fault("DeleteApiV2", { status: 403, code: "APIG.1005" }, 2);
    await assert.rejects(imports.up(specs(1)));
    // One of the three that were to go was refused; the others went beside it.
    assert.equal(imports.outputs.apis.length, 2);
    assert.deepEqual(await imports.writes(() => imports.up(specs(1))), ["DeleteApiV2"]);
    await imports.assertGroup(specs(1));
  });

  it("destroys what is left after a destroy that stopped halfway, wherever that was", async () => {
    for (const operation of ["ListApisV2", "BatchPublishOrOfflineApiV2", "DeleteApiV2", "DeleteApiGroupV2"]) {
      await imports.reset();
      await imports.up(specs(3));
      await imports.publish("GET /p1");
      await fault(operation, { status: 403, code: "APIG.1005" }, operation === "DeleteApiV2" ? 2 : 1);
      await assert.rejects(imports.life.destroy(), { message: /APIG\.1005/ });
      await imports.life.destroy();
      assert.deepEqual((await truth(imports.simulator)).groups, [], operation);
    }
  });

  it("destroys in the order offline, APIs, group; and what is gone already is no failure", async () => {
    await imports.up(specs(2));
    await imports.publish("GET /p1");
    const calls = await imports.writes(() => imports.life.destroy());
    assert.deepEqual(calls, ["BatchPublishOrOfflineApiV2", "DeleteApiV2", "DeleteApiV2", "DeleteApiGroupV2"]);

    await imports.reset();
    await imports.up(specs(1));
    await imports.remove("GET /p0");
    await imports.outside.apig("DELETE", `/api-groups/${imports.outputs.groupId}`);
    await imports.life.destroy();
  });

  it("leaves in a group of others what an import without an answer may have made, and names it when it goes", async () => {
    const groupId = await imports.theirs([]);
    const faults = [{ operation: "ImportApiDefinitionsV2", times: 20, kind: "dropAfter" as const }];
    await imports.simulator.control.faults({ faults });
    await imports.failure(specs(1), { groupId });
    await imports.simulator.control.faults({ faults: [] });
    assert.deepEqual(imports.outputs.apis, []);
    const { said } = await unprinted(() => imports.life.destroy());
    assert.match(said, new RegExp(`Left in group ${groupId}, which others use too: GET /p0 .*delete them if`));
    assert.equal((await truth(imports.simulator)).rows(groupId).length, 1);
  });
});
