import assert from "node:assert/strict";
import { pluginResources } from "../../../../provider/hosts/plugin/types";
import { openSimulator, type TestSimulator } from "../../../simulator/open";
import { callsDuring } from "../../../support/calls";
import { hostFor } from "../../../support/handlers";

describe("A preview by the plugin", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());

  it("asks a service once for the difference of an update, as the engine asks for it first", async () => {
    const credential = pluginResources(hostFor(simulator)).get("apig:index:BkciCredential");
    assert.ok(credential);
    const given = { credentialId: "shop", type: "ACCESSTOKEN", accessToken: "a-token" };
    const { inputs, failures } = await credential.check({}, given);
    assert.deepEqual(failures, []);
    const { id, state } = await credential.create(inputs);
    // Of a user who could not see it then.
    const { updateTime, ...unseen } = state;
    assert.ok(updateTime);

    const calls = await callsDuring(simulator.control, async () => {
      const { changes } = await credential.diff(id, unseen, inputs);
      assert.deepEqual(
        changes.map(({ path }) => path),
        ["updateTime"],
      );
      const preview = await credential.previewUpdate(id, unseen, inputs);
      assert.equal(typeof preview["updateTime"], "symbol", "not known yet");
    });
    assert.deepEqual(Object.values(calls), [1], JSON.stringify(calls));
  });
});
