/** What others published or took offline. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import type { Bag } from "../../support/life";
import { unprinted } from "../../support/unprinted";
import { act, api, envId, hex, ids, life, online, outside, pets, publishIds, shop, setUp, simulator } from "./setup";

describe("ApiPublication", () => {
  setUp();

  it("shows in words what somebody took offline or added, and the next update publishes just that", async () => {
    await life.up({ envId, groupId: pets });
    await act("offline", "2");
    await simulator.control.seed({ apis: [api("4")] });
    const before = await publishIds();
    assert.ok(await life.refresh());
    const drift = [`API api_4 (${hex("4")}) is not published`, `API api_2 (${hex("2")}) is not published`];
    assert.deepEqual([...(life.inputs["drift"] as string[])].sort(), drift.sort());
    assert.equal(await life.up({ envId, groupId: pets }), "update");
    assert.equal(await online(), "1234");
    const after = await publishIds();
    assert.deepEqual([after["1"], after["3"]], [before["1"], before["3"]]);
    await life.refresh();
    assert.equal(await life.up({ envId, groupId: pets }), "same");
  });

  it("shows that somebody published another version, also after a second refresh, and publishes the API again", async () => {
    await life.up({ envId, apiIds: ids("1", "2") });
    await act("online", "1");
    const before = await publishIds();
    await life.refresh();
    await life.refresh();
    assert.deepEqual(life.inputs["drift"], [`API api_1 (${hex("1")}) was published by someone else`]);
    assert.equal(await life.up({ envId, apiIds: ids("1", "2") }), "update");
    const after = await publishIds();
    assert.notEqual(after["1"], before["1"]);
    assert.equal(after["2"], before["2"]);
  });

  it("is gone when nothing of it is published any more, and delete does not mind", async () => {
    await life.up({ envId, apiIds: ids("1", "2") });
    await act("offline", "1");
    await act("offline", "2");
    await outside.apig("DELETE", `/apis/${hex("2")}`);
    await life.destroy();
    await life.up({ envId, apiIds: ids("1") });
    await act("offline", "1");
    assert.equal(await life.refresh(), false);
  });

  it("is gone with its environment", async () => {
    await life.up({ envId: hex("e"), apiIds: ids("1") });
    await outside.apig("POST", "/apis/action", { action: "offline", env_id: hex("e"), api_id: hex("1") });
    await outside.apig("DELETE", `/envs/${hex("e")}`);
    await life.destroy();
  });

  it("leaves what others published before it, and since, and says so", async () => {
    await act("online", "1");
    await life.up({ envId, groupId: pets });
    const [first, second] = life.outputs["published"] as Bag[];
    assert.ok(first?.["stoodBefore"]);
    assert.equal(second?.["stoodBefore"], undefined);
    await act("online", "3");
    const { said } = await unprinted(() => life.destroy());
    assert.equal(await online(), "13");
    assert.match(said, new RegExp(`Still published .*: APIs ${hex("1")}, ${hex("3")}\\.`));
  });

  it("of a group is looked up by its id, and said to be missing", async () => {
    await act("online", "3");
    const { ApiPublication } = handlersFor(simulator);
    const { instanceId } = simulator.info;
    const { props } = await ApiPublication.read(`${instanceId}/${envId}/${pets}`, {});
    assert.deepEqual(
      [props["groupId"], props["envId"], (props["published"] as { apiId: string }[])[0]?.apiId],
      [pets, envId, hex("3")],
    );
    await assert.rejects(ApiPublication.read(`${instanceId}/${envId}/${shop}`, {}), { message: /does not exist/ });
  });
});
