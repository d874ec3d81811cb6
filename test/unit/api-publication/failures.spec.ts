/** What could not be done, and how the next update finishes it. */
import assert from "node:assert/strict";
import { envId, hex, ids, life, online, other, pets, publishIds, setUp, simulator } from "./setup";

describe("ApiPublication", () => {
  setUp();

  it("names every API that could not be published, keeps what could, and an update finishes it", async () => {
    const program = { envId, apiIds: ids("1", "d", "f") };
    await assert.rejects(life.up(program), (error: Error) => {
      assert.match(error.message, /could not publish APIs in environment DEFAULT_\w+ for some \(it worked for 1\)/);
      for (const missing of ids("d", "f")) assert.match(error.message, new RegExp(`${missing}: .*\\(APIG\\.3002\\)`));
      return true;
    });
    assert.ok(life.exists);
    assert.equal(await online(), "1");
    assert.equal(await life.up({ envId, apiIds: ids("1", "2") }), "update");
    assert.equal(await online(), "12");
    assert.equal(await life.up({ envId, apiIds: ids("1", "2") }), "same");
  });

  it("records nothing when nothing could be published", async () => {
    await assert.rejects(life.up({ envId, apiIds: ids("d") }), { message: /dddd: .*APIG\.3002/ });
    await assert.rejects(life.up({ envId: "none", apiIds: ids("1") }), { message: /APIG\.3003/ });
    await assert.rejects(life.up({ envId, groupId: other }), { message: /read the API group c+: .*APIG\.3001/ });
    assert.equal(life.exists, false);
  });

  it("publishes again what a failed update left undone, also when nothing else changes", async () => {
    const program = (version: string) => ({ envId, groupId: pets, triggers: { version } });
    await life.up(program("1"));
    const before = await publishIds();
    const kind = {
      status: 200,
      body: { success: [], failure: [{ api_id: hex("1"), error_code: "APIG.9999", error_msg: "System error" }] },
      effect: true,
    };
    await simulator.control.faults({ faults: [{ operation: "BatchPublishOrOfflineApiV2", kind }] });
    await assert.rejects(life.up(program("2")), { message: /1{32}: System error \(APIG\.9999\)/ });
    const between = await publishIds();
    assert.equal(await life.up(program("2")), "update");
    const after = await publishIds();
    for (const digit of ["1", "2", "3"]) assert.ok(![before[digit], between[digit]].includes(after[digit]));
    await life.destroy();
    assert.equal(await online(), "");
  });

  it("that an update failed to take offline is not forgotten by a refresh: it shows, and the next update does it", async () => {
    await life.up({ envId, apiIds: ids("1", "2") });
    const fault = { operation: "BatchPublishOrOfflineApiV2", nth: 2, kind: { status: 403 } };
    await simulator.control.faults({ faults: [fault] });
    await assert.rejects(life.up({ envId, apiIds: ids("2", "3") }), { message: /take APIs offline .*HTTP 403/ });
    assert.equal(await online(), "123");
    await life.refresh();
    assert.ok((life.inputs["drift"] as string[]).includes(`API api_1 (${hex("1")}) is still published`));
    assert.equal(await life.up({ envId, apiIds: ids("2", "3") }), "update");
    assert.equal(await online(), "23");
    await life.refresh();
    assert.equal(await life.up({ envId, apiIds: ids("2", "3") }), "same");
  });

  it("that an update failed to publish again is published again also when a refresh came between", async () => {
    const program = (version: string) => ({ envId, apiIds: ids("1"), triggers: { version } });
    await life.up(program("1"));
    const before = await publishIds();
    const fault = { operation: "BatchPublishOrOfflineApiV2", times: 99, kind: { status: 500 } };
    await simulator.control.faults({ faults: [fault] });
    await assert.rejects(life.up(program("2")), { message: /publish APIs .*HTTP 500/ });
    await simulator.control.faults({});
    await life.refresh();
    assert.deepEqual(life.inputs["drift"], [`API api_1 (${hex("1")}) may be published as it was before`]);
    assert.equal(await life.up(program("2")), "update");
    assert.notEqual((await publishIds())["1"], before["1"]);
  });
});
