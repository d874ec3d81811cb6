/** APIs without app authentication, among those that apps are authorized for. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life } from "../../support/life";
import { unprinted } from "../../support/unprinted";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { api, envId, group, hex, ids } from "./setup";

describe("AppAuthorization of APIs some of which are open", () => {
  let simulator: TestSimulator;
  let life: Life;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed({
      groups: [{ id: group, name: "pets" }],
      apis: [
        api("1", { auth_opt: { app_code_auth_type: "HEADER" } }),
        api("2", { auth_type: "NONE" }),
        api("3", { auth_type: "IAM" }),
        api("4"),
      ],
      apps: [{ id: hex("a"), name: "app_a" }],
    });
    life = new Life(() => handlersFor(simulator).AppAuthorization);
  });

  const all = { envId, appIds: ids("a"), apiIds: ids("1", "2", "3", "4") };
  const granted = () =>
    (life.outputs["authorizations"] as { apiId: string }[]).map(({ apiId }) => apiId.charAt(0)).join("");

  it("fails for these, and says how to leave them out", async () => {
    await assert.rejects(life.up(all), { message: /app app_a for API api_2.*`skipOpen: true` leaves out/s });
  });

  it("leaves them out with `skipOpen`, comes to rest, and shows no drift for them", async () => {
    assert.equal(await life.up({ ...all, skipOpen: true }), "create");
    assert.equal(granted(), "14");
    assert.deepEqual(life.outputs["skipped"], ids("2", "3"));
    assert.ok(await life.refresh());
    assert.deepEqual(life.outputs["drift"], []);
    assert.equal(await life.up({ ...all, skipOpen: true }), "same");
    await life.destroy();
  });

  it("tells of APIs that take signatures only", async () => {
    const { said } = await unprinted(() => life.up({ ...all, skipOpen: true }));
    assert.match(said, /have to sign their calls of api_4: these APIs take no AppCode\. .*`auth: "APP\+AppCode"`/);
  });
});
