import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown, type Bag } from "../../support/life";
import { Outside } from "../../simulator/outside";
import { unprinted } from "../../support/unprinted";
import { openSimulator, type TestSimulator } from "../../simulator/open";

const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const hex = (digit: string) => digit.repeat(32);
const [pets, shop, other] = [hex("a"), hex("b"), hex("c")];

interface ListedApi {
  readonly id: string;
  readonly run_env_id: string;
  readonly publish_id: string;
}

describe("ApiPublication", () => {
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
    await simulator.control.quotas({ apis: 5000, apisPerGroup: 5000 });
    await simulator.control.seed({
      environments: [{ id: hex("e"), name: "testing" }],
      groups: [
        { id: pets, name: "pets" },
        { id: shop, name: "shop" },
      ],
      apis: [api("1"), api("2"), api("3"), api("9", shop)],
    });
    life = new Life(() => handlersFor(simulator).ApiPublication);
  });

  const api = (digit: string, group = pets) => ({ id: hex(digit), definition: definition(`api_${digit}`, group) });
  const definition = (name: string, group_id: string) => ({
    group_id,
    name,
    type: 1,
    req_protocol: "HTTPS",
    req_method: "GET",
    req_uri: `/${name}`,
    auth_type: "APP",
    backend_type: "MOCK",
    mock_info: {},
  });
  const listed = async () => (await outside.apig<{ apis: ListedApi[] }>("GET", "/apis?limit=500")).apis;
  /** First digits of the ids of the APIs that are published in RELEASE. */
  const online = async () =>
    (await listed())
      .filter(({ run_env_id }) => run_env_id.split("|").includes(envId))
      .map(({ id }) => id[0])
      .sort()
      .join("");
  /** Ids of the publications by the first digit of the API. */
  const publishIds = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await listed()).map(({ id, publish_id }) => [id.charAt(0), publish_id]));
  const act = (action: string, digit: string) =>
    outside.apig("POST", "/apis/action", { action, env_id: envId, api_id: hex(digit) });
  const ids = (...digits: string[]) => digits.map(hex);

  it("of a group publishes what is in the group, in one call, and takes exactly that offline again", async () => {
    await act("online", "9");
    const calls = await callsDuring(simulator.control, () => life.up({ envId, groupId: pets }));
    assert.deepEqual(calls, { ListApisV2: 2, BatchPublishOrOfflineApiV2: 1 });
    assert.equal(life.id, `${simulator.info.instanceId}/${envId}/${pets}`);
    assert.equal(await online(), "1239");
    const published = await publishIds();
    assert.deepEqual(
      life.outputs["published"],
      ids("1", "2", "3").map((apiId) => ({ apiId, publishId: published[apiId[0]!] })),
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
    // What is there is looked at first: others may have published since.
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
