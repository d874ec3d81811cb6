/** What is published, and when it is published again. */
import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, type Bag } from "../../support/life";
import { unprinted } from "../../support/unprinted";
import {
  act,
  api,
  definition,
  envId,
  hex,
  ids,
  life,
  online,
  outside,
  pets,
  publishIds,
  setUp,
  simulator,
} from "./setup";

describe("ApiPublication", () => {
  setUp();

  it("of a group publishes what is in the group, in one call, and takes exactly that offline again", async () => {
    await act("online", "9");
    const calls = await callsDuring(simulator.control, () => life.up({ envId, groupId: pets }));
    assert.deepEqual(calls, { ListApisV2: 2, BatchPublishOrOfflineApiV2: 1 });
    assert.equal(life.id, `${simulator.info.instanceId}/${envId}/${pets}`);
    assert.equal(await online(), "1239");
    const published = await publishIds();
    assert.deepEqual(
      life.outputs["published"],
      ids("1", "2", "3").map((apiId) => ({ apiId, publishId: published[apiId[0]!], authentication: "APP" })),
    );
    assert.equal(await life.up({ envId, groupId: pets }), "same");
    const before = life.outputs;
    assert.ok(await life.refresh());
    assert.deepEqual(life.outputs, before);
    await life.destroy();
    assert.equal(await online(), "9");
  });

  it("of given APIs publishes those, whatever group they are in", async () => {
    await life.up({ envId, apiIds: ids("9", "1") });
    assert.equal(await online(), "19");
    assert.match(life.id, new RegExp(`/${envId}/apis-[0-9a-f]{16}$`));
  });

  it("does not care for the order and the repetition of the APIs", async () => {
    await life.up({ envId, apiIds: ids("1", "2") });
    assert.equal(await life.up({ envId, apiIds: ids("2", "1", "2") }), "same");
  });

  it("publishes an API that joins, takes one that leaves offline, and leaves the others as they are", async () => {
    await life.up({ envId, apiIds: ids("1", "2") });
    const before = await publishIds();
    const { id } = life;
    assert.equal(await life.up({ envId, apiIds: ids("2", "3") }), "update");
    assert.equal(await online(), "23");
    assert.equal((await publishIds())["2"], before["2"]);
    assert.equal(life.id, id);
  });

  it("of a group without APIs warns that there is nothing to publish", async () => {
    await simulator.control.seed({ groups: [{ id: hex("d"), name: "empty" }] });
    const { said } = await unprinted(() => life.up({ envId, groupId: hex("d") }));
    assert.match(said, /^warning: Nothing is published: the API group empty has no APIs yet\./);
  });

  it("publishes all again when a trigger changes, and only then", async () => {
    await life.up({ envId, groupId: pets, triggers: { "GET /pets": "one" } });
    const before = await publishIds();
    assert.equal(await life.up({ envId, groupId: pets, triggers: { "GET /pets": "one" } }), "same");
    assert.equal(await life.up({ envId, groupId: pets, triggers: { "GET /pets": "two" } }), "update");
    const after = await publishIds();
    for (const digit of ["1", "2", "3"]) assert.notEqual(after[digit], before[digit]);
  });

  it("of a group follows the group: what is new there is published, what was deleted is forgotten", async () => {
    await life.up({ envId, groupId: pets, triggers: { version: "1" } });
    await act("offline", "1");
    await outside.apig("DELETE", `/apis/${hex("1")}`);
    await simulator.control.seed({ apis: [api("4")] });
    await life.up({ envId, groupId: pets, triggers: { version: "2" } });
    assert.equal(await online(), "234");
    assert.deepEqual(
      (life.outputs["published"] as { apiId: string }[]).map(({ apiId }) => apiId),
      ids("2", "3", "4"),
    );
  });

  it("publishes 2,300 APIs in three calls", async () => {
    const many = Array.from({ length: 2297 }, (_, index) => {
      const id = (index + 1).toString(16).padStart(32, "0");
      return { id, definition: definition(`many_${index}`, pets) };
    });
    await simulator.control.seed({ apis: many });
    const calls = await callsDuring(simulator.control, () => life.up({ envId, groupId: pets }));
    assert.equal(calls["BatchPublishOrOfflineApiV2"], 3);
    assert.equal((life.outputs["published"] as unknown[]).length, 2300);
    const offline = await callsDuring(simulator.control, () => life.destroy());
    // It first reads what is published, because others may have published since.
    assert.deepEqual(offline, { ListApisV2: 5, BatchPublishOrOfflineApiV2: 3 });
    assert.equal(await online(), "");
  }).timeout(60_000);

  it("of another environment or group is made before the old one goes", async () => {
    const decide = async (from: Bag, to: Bag) => {
      const old = new Life(() => handlersFor(simulator).ApiPublication);
      await old.up(from);
      const { ApiPublication } = handlersFor(simulator);
      const { inputs } = await ApiPublication.check({}, to);
      return ApiPublication.diff(old.id, old.outputs, inputs);
    };
    assert.deepEqual(await decide({ envId, groupId: pets }, { envId: hex("e"), groupId: pets }), {
      changes: true,
      replaces: ["envId"],
      deleteBeforeReplace: false,
    });
    assert.deepEqual(await decide({ envId, apiIds: ids("1") }, { envId, groupId: pets }), {
      changes: true,
      replaces: ["groupId"],
      deleteBeforeReplace: false,
    });
  });

  it("stays published when it changes from a list to the group that holds it", async () => {
    await life.up({ envId, apiIds: ids("1", "2") });
    assert.equal(await life.up({ envId, groupId: pets }), "replace");
    assert.equal(await online(), "123");
  });
});
