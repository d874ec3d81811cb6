import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { unknown, type Bag } from "../../support/life";
import { envId, hex, ids, life, pets, setUp, simulator } from "./setup";

describe("ApiPublication", () => {
  setUp();

  it("wants a group or APIs, not both and not neither, and asks nobody at preview", async () => {
    const calls = await callsDuring(simulator.control, async () => {
      const reasons = async (inputs: Bag) => (await life.failures(inputs)).map(({ reason }) => reason);
      assert.deepEqual(await reasons({ envId }), ["give groupId or apiIds"]);
      assert.deepEqual(await reasons({ envId, groupId: pets, apiIds: ids("1") }), [
        "give either groupId or apiIds, not both",
      ]);
      assert.deepEqual(await reasons({ envId, groupId: unknown, apiIds: unknown }), [
        "give either groupId or apiIds, not both",
      ]);
      assert.deepEqual(await reasons({ envId, apiIds: [] }), ["must name at least one API"]);
      for (const target of [{ groupId: unknown }, { apiIds: unknown }, { apiIds: [unknown, hex("1")] }]) {
        assert.deepEqual(await reasons({ envId: unknown, ...target, triggers: unknown }), []);
      }
    });
    assert.deepEqual(calls, {});
  });
});
