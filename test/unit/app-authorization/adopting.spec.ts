/** Authorizations that exist already count as the resource's own with `adopt`. */
import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { unprinted } from "../../support/unprinted";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { api, envId, group, hex, ids } from "./setup";

interface Auth {
  readonly id: string;
  readonly api_id: string;
}

describe("AppAuthorization with adopt", () => {
  let simulator: TestSimulator;
  let outside: Outside;
  let life: Life;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed({
      groups: [{ id: group, name: "pets" }],
      apis: [api("1"), api("2"), api("3"), api("5", { auth_type: "NONE" })],
      apps: [{ id: hex("a"), name: "app_a" }],
    });
    await outside.apig("POST", "/app-auths", { env_id: envId, app_ids: ids("a"), api_ids: ids("1", "2") });
    life = new Life(() => handlersFor(simulator).AppAuthorization);
  });

  const auths = async () =>
    (await outside.apig<{ auths: Auth[] }>("GET", `/app-auths/binded-apis?app_id=${hex("a")}&env_id=${envId}`)).auths;
  const granted = async () =>
    (await auths())
      .map(({ api_id }) => api_id.charAt(0))
      .sort()
      .join("");

  it("takes over what is granted, grants only the rest, and takes all back", async () => {
    const before = await auths();
    const program = { envId, appIds: ids("a"), apiIds: ids("1", "2", "3"), adopt: true };
    let said = "";
    const calls = await callsDuring(simulator.control, async () => {
      ({ said } = await unprinted(() => life.up(program)));
    });
    assert.match(
      said,
      /: 2 authorized already: taken over as they are; to be authorized: app a{32} for API 3{32}\.\n$/,
    );
    assert.deepEqual(calls, { ListApisBindedToAppV2: 3, CreateAuthorizingAppsV2: 1 });
    assert.deepEqual(
      (await auths()).filter(({ api_id }) => api_id !== hex("3")),
      before,
    );
    assert.equal(await life.up({ ...program, adopt: false }), "same");
    await life.destroy();
    assert.equal(await granted(), "");
  });

  it("takes over what an update adds", async () => {
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1"), adopt: true });
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1", "2"), adopt: true });
    await life.destroy();
    assert.equal(await granted(), "");
  });

  it("only, fails where a pair is missing, at preview if that is known, and grants nothing", async () => {
    const program = { envId, appIds: ids("a"), apiIds: ids("1", "3"), adopt: "only" };
    const missing =
      /^not authorized: app a{32} for API 3{32}, and `adopt: "only"` takes over only what is authorized\.$/;
    assert.match((await life.failures(program))[0]?.reason ?? "", missing);
    const handler = handlersFor(simulator).AppAuthorization;
    const { inputs } = await handler.check({}, { ...program, appIds: unknown });
    await assert.rejects(handler.create({ ...inputs, appIds: ids("a") }), { message: missing });
    assert.equal(await granted(), "12");
    const there = { ...program, apiIds: ids("1", "2", "5"), skipOpen: true };
    const calls = await callsDuring(simulator.control, () => unprinted(() => life.up(there)));
    assert.deepEqual(Object.keys(calls).sort(), ["ListApisBindedToAppV2", "ListApisV2"]);
    assert.equal(await life.up({ ...there, apiIds: ids("1", "2", "3") }), "update", "it is about the create only");
    assert.equal(await granted(), "123");
  });
});
