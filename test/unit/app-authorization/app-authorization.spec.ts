import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown, type Bag } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { unprinted } from "../../support/unprinted";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { api, envId, group, hex, ids } from "./setup";

interface Auth {
  readonly id: string;
  readonly api_id: string;
  readonly app_id: string;
}

describe("AppAuthorization", () => {
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
      environments: [{ id: hex("e"), name: "testing" }],
      groups: [{ id: group, name: "pets" }],
      apis: [api("1"), api("2"), api("3"), api("4", {}, []), api("5", { auth_type: "NONE" })],
      apps: [
        { id: hex("a"), name: "app_a" },
        { id: hex("b"), name: "app_b" },
        { id: hex("c"), name: "app_c" },
      ],
    });
    life = new Life(() => handlersFor(simulator).AppAuthorization);
  });

  const auths = async (digit: string) =>
    (await outside.apig<{ auths: Auth[] }>("GET", `/app-auths/binded-apis?app_id=${hex(digit)}&env_id=${envId}`)).auths;
  /** The authorizations: `a12 b1` is app a for APIs 1 and 2, and app b for API 1. */
  const granted = async () => {
    const lists = await Promise.all(["a", "b", "c"].map(async (app) => [app, await auths(app)] as const));
    return lists
      .filter(([, list]) => list.length > 0)
      .map(
        ([app, list]) =>
          `${app}${list
            .map(({ api_id }) => api_id.charAt(0))
            .sort()
            .join("")}`,
      )
      .join(" ");
  };
  const grant = (app: string, ...apis: string[]) =>
    outside.apig("POST", "/app-auths", { env_id: envId, app_ids: ids(app), api_ids: ids(...apis) });
  const revoke = async (app: string, apiDigit: string) => {
    const [auth] = (await auths(app)).filter(({ api_id }) => api_id === hex(apiDigit));
    await outside.apig("DELETE", `/app-auths/${auth!.id}`);
  };

  it("lets each app call each API, comes to rest, and takes exactly that back", async () => {
    await grant("a", "3");
    const program = { envId, appIds: ids("b", "a"), apiIds: ids("2", "1") };
    assert.equal(await life.up(program), "create");
    assert.equal(await granted(), "a123 b12");
    assert.deepEqual(
      (life.outputs["authorizations"] as Bag[]).map(({ appId, apiId }) => [appId, apiId]),
      [
        [hex("a"), hex("1")],
        [hex("a"), hex("2")],
        [hex("b"), hex("1")],
        [hex("b"), hex("2")],
      ],
    );
    const { id } = (await auths("b")).find(({ api_id }) => api_id === hex("1"))!;
    assert.equal((life.outputs["authorizations"] as Bag[])[2]?.["id"], id);

    assert.equal(await life.up({ ...program, apiIds: ids("1", "2", "2") }), "same");
    const before = life.outputs;
    assert.ok(await life.refresh());
    assert.deepEqual(life.outputs, before);

    await life.destroy();
    assert.equal(await granted(), "a3");
  });

  it("adds and removes the difference, and leaves the rest alone", async () => {
    await life.up({ envId, appIds: ids("a", "b"), apiIds: ids("1", "2") });
    const [kept] = (await auths("b")).filter(({ api_id }) => api_id === hex("2"));
    const { id } = life;
    assert.equal(await life.up({ envId, appIds: ids("b", "c"), apiIds: ids("2", "3") }), "update");
    assert.equal(await granted(), "b23 c23");
    assert.ok((await auths("b")).some((auth) => auth.id === kept!.id));
    assert.equal(life.id, id);
    await life.destroy();
    assert.equal(await granted(), "");
  });

  it("leaves what somebody granted before it, in an update and in the end, and says so", async () => {
    await grant("a", "1", "3");
    const [before] = await auths("a");
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1", "2") });
    const [first, second] = life.outputs["authorizations"] as Bag[];
    assert.deepEqual([first?.["id"], first?.["stoodBefore"], second?.["stoodBefore"]], [before!.id, true, undefined]);
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1", "2", "3") });
    await life.refresh();
    assert.deepEqual(life.inputs["drift"], []);
    const { said } = await unprinted(() => life.up({ envId, appIds: ids("a"), apiIds: ids("2", "3") }));
    assert.match(said, new RegExp(`Still authorized .*: app ${hex("a")} for API ${hex("1")}\\.`));
    assert.equal(await granted(), "a123");
    await unprinted(() => life.destroy());
    assert.equal(await granted(), "a13");
  });

  it("takes away what was granted anew after somebody took back what stood before", async () => {
    await grant("a", "1");
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1") });
    await revoke("a", "1");
    await grant("a", "2");
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1", "3") });
    await life.destroy();
    assert.equal(await granted(), "a2");
  });

  it("is granted once, also when the answer is lost", async () => {
    await simulator.control.faults({ faults: [{ operation: "CreateAuthorizingAppsV2", kind: "dropAfter" }] });
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1", "2") });
    assert.equal(await granted(), "a12");
    assert.equal((life.outputs["authorizations"] as Bag[]).length, 2);
  });

  it("shows in words what somebody took back, and the next update grants it again", async () => {
    const program = { envId, appIds: ids("a", "b"), apiIds: ids("1", "2") };
    await life.up(program);
    await revoke("b", "2");
    await life.refresh();
    assert.deepEqual(life.inputs["drift"], [`app ${hex("b")} may not call API ${hex("2")}`]);
    assert.equal((life.outputs["authorizations"] as Bag[]).length, 3);
    assert.equal(await life.up(program), "update");
    assert.equal(await granted(), "a12 b12");
    await life.refresh();
    assert.equal(await life.up(program), "same");
  });

  it("does not mind what others were granted in the same environment", async () => {
    const program = { envId, appIds: ids("a"), apiIds: ids("1") };
    await life.up(program);
    await grant("a", "2");
    await life.refresh();
    assert.equal(await life.up(program), "same");
    await life.destroy();
    assert.equal(await granted(), "a2");
  });

  it("is gone when nothing of it is left, also because an app is gone, and delete does not mind", async () => {
    const program = { envId, appIds: ids("a", "b"), apiIds: ids("1") };
    await life.up(program);
    await outside.apig("DELETE", `/apps/${hex("a")}`);
    assert.ok(await life.refresh());
    await revoke("b", "1");
    await life.destroy();
    await life.up({ ...program, appIds: ids("b") });
    await outside.apig("DELETE", `/apps/${hex("b")}`);
    assert.equal(await life.refresh(), false);
  });

  it("names every pair that failed, keeps what was granted, and an update finishes it", async () => {
    await assert.rejects(life.up({ envId, appIds: ids("a", "b"), apiIds: ids("1", "4", "5") }), (error: Error) => {
      assert.match(error.message, /could not authorize apps for APIs in environment \w+ for some \(it worked for 2\)/);
      for (const app of ["app_a", "app_b"]) {
        assert.match(error.message, new RegExp(`app ${app} for API api_4: .*publication.* \\(APIG\\.3015\\)`));
        assert.match(error.message, new RegExp(`app ${app} for API api_5: .*App authentication \\(APIG\\.3408\\)`));
      }
      assert.match(
        error.message,
        /an API must be published in the environment and have app authentication \(`skipOpen: true` leaves out those that have none\)\.$/,
      );
      return true;
    });
    assert.ok(life.exists);
    assert.equal(await granted(), "a1 b1");
    assert.equal(await life.up({ envId, appIds: ids("a", "b"), apiIds: ids("1", "2") }), "update");
    assert.equal(await granted(), "a12 b12");
    assert.equal(await life.up({ envId, appIds: ids("a", "b"), apiIds: ids("1", "2") }), "same");
  });

  it("that an update failed to take back is not forgotten by a refresh: it shows, and the next update takes it back", async () => {
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1", "2") });
    const program = { envId, appIds: ids("a"), apiIds: ids("1", "3") };
    await simulator.control.faults({ faults: [{ operation: "CancelingAuthorizationV2", kind: { status: 403 } }] });
    await assert.rejects(life.up(program), { message: /cancel the authorization .*HTTP 403/ });
    assert.equal(await granted(), "a123");
    await life.refresh();
    assert.deepEqual(life.inputs["drift"], [`app ${hex("a")} may still call API ${hex("2")}`]);
    assert.equal(await life.up(program), "update");
    assert.equal(await granted(), "a13");
    await life.refresh();
    assert.equal(await life.up(program), "same");
  });

  it("takes everything back after a create and an update that half failed", async () => {
    await assert.rejects(life.up({ envId, appIds: ids("a"), apiIds: ids("1", "4") }));
    await assert.rejects(life.up({ envId, appIds: ids("b"), apiIds: ids("1", "2", "4") }));
    assert.equal(await granted(), "a1 b12");
    await life.destroy();
    assert.equal(await granted(), "");
  });

  it("records nothing when nothing was granted", async () => {
    await assert.rejects(life.up({ envId, appIds: ids("a"), apiIds: ids("4") }), { message: /APIG\.3015/ });
    await assert.rejects(life.up({ envId, appIds: ids("9"), apiIds: ids("1") }), { message: /App 9+ .*APIG\.3004/ });
    await assert.rejects(life.up({ envId, appIds: ids("a"), apiIds: ids("9") }), { message: /API 9+ .*APIG\.3002/ });
    await assert.rejects(life.up({ envId: "none", appIds: ids("a"), apiIds: ids("1") }), { message: /APIG\.3003/ });
    assert.equal(life.exists, false);
  });

  it("asks for 1,200 pairs in calls of at most 500", async () => {
    await simulator.control.quotas({ apis: 5000, apisPerGroup: 5000 });
    const many = Array.from({ length: 600 }, (_, index) => {
      const made = api("1");
      const definition = { ...made.definition, name: `many_${index}`, req_uri: `/many/${index}` };
      return { ...made, id: `6${String(index).padStart(31, "0")}`, definition };
    });
    await simulator.control.seed({ apis: many });
    const program = { envId, appIds: ids("a", "b"), apiIds: many.map(({ id }) => id) };
    const calls = await callsDuring(simulator.control, () => life.up(program));
    // One page for each of two apps before, two after.
    assert.deepEqual(calls, { ListApisBindedToAppV2: 6, CreateAuthorizingAppsV2: 3 });
    assert.equal((life.outputs["authorizations"] as Bag[]).length, 1200);
  }).timeout(60_000);

  it("is looked up by environment and apps, and said to be missing", async () => {
    await grant("a", "1", "2");
    await grant("b", "3");
    const { AppAuthorization } = handlersFor(simulator);
    const at = `${simulator.info.instanceId}/${envId}`;
    const { props } = await AppAuthorization.read(`${at}/${hex("b")},${hex("a")}`, {});
    assert.deepEqual([props["appIds"], props["apiIds"]], [ids("a", "b"), ids("1", "2", "3")]);
    await assert.rejects(AppAuthorization.read(`${at}/${hex("c")}`, {}), { message: /does not exist/ });
  });

  it("of another environment is made before the old one goes", async () => {
    const program = { envId, appIds: ids("a"), apiIds: ids("1") };
    await life.up(program);
    const { AppAuthorization } = handlersFor(simulator);
    const { inputs } = await AppAuthorization.check({}, { ...program, envId: hex("e") });
    assert.deepEqual(await AppAuthorization.diff(life.id, life.outputs, inputs), {
      changes: true,
      replaces: ["envId"],
      deleteBeforeReplace: false,
    });
  });

  it("has its inputs checked at preview, unknown ones let through, without a call", async () => {
    const calls = await callsDuring(simulator.control, async () => {
      const [none] = await life.failures({ envId, appIds: [], apiIds: ids("1") });
      assert.deepEqual(none, { property: "appIds", reason: "must name at least one app" });
      const [empty] = await life.failures({ envId, appIds: ids("a"), apiIds: [hex("1"), ""] });
      assert.match(empty?.reason ?? "", /^apiIds\[1\]: /);
      assert.deepEqual(await life.failures({ envId: unknown, appIds: [unknown], apiIds: unknown }), []);
    });
    assert.deepEqual(calls, {});
  });

  it("is compared also where a preview does not know yet which APIs", async () => {
    await life.up({ envId, appIds: ids("a"), apiIds: ids("1") });
    const handler = handlersFor(simulator).AppAuthorization;
    const { inputs } = await handler.check(life.inputs, { envId, appIds: ids("a"), apiIds: unknown });
    const { changes, replaces } = await handler.diff(life.id, life.outputs, inputs);
    assert.deepEqual([changes, replaces], [true, []]);
  });
});
