/** Publications that stand there already count as the resource's own with `adopt`, and are not made again. */
import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor, hostFor } from "../../support/handlers";
import { makeHandlers } from "../../../provider/hosts/dynamic/handlers";
import { keysIn, publicationPart } from "../../../provider/resources/shared/natural-keys";
import { Life, unknown, type Bag } from "../../support/life";
import { unprinted } from "../../support/unprinted";
import { act, envId, hex, ids, life, online, pets, publishIds, setUp, shop, simulator } from "./setup";

describe("ApiPublication with adopt", () => {
  setUp();
  beforeEach(async () => {
    for (const digit of ["1", "2"]) await act("online", digit);
  });

  it("publishes only what is not published, says so before, and takes all offline when it goes", async () => {
    const before = await publishIds();
    let said = "";
    const calls = await callsDuring(simulator.control, async () => {
      ({ said } = await unprinted(() => life.up({ envId, groupId: pets, adopt: true })));
    });
    assert.match(
      said,
      /^warning: ApiPublication in environment \w+: 2 published already: taken over as they are; to be published: api_3 \(3{32}\)\.\n$/,
    );
    assert.deepEqual(calls, { ListApisV2: 3, BatchPublishOrOfflineApiV2: 1 });
    const { "1": one, "2": two } = await publishIds();
    assert.deepEqual([one, two], [before["1"], before["2"]]);
    assert.deepEqual(
      (life.outputs["published"] as Bag[]).map(({ apiId, stoodBefore }) => [apiId, stoodBefore]),
      ids("1", "2", "3").map((apiId) => [apiId, undefined]),
    );
    assert.ok(await life.refresh());
    assert.equal(await life.up({ envId, groupId: pets }), "same", "adopt has done its work");
    await life.destroy();
    assert.equal(await online(), "");
  });

  it("left out lets what stood before stand", async () => {
    await life.up({ envId, groupId: pets });
    await life.destroy();
    assert.equal(await online(), "12");
  });

  it("writes nothing where all is published, also with triggers, and publishes again when one changes", async () => {
    const program = { envId, apiIds: ids("1", "2"), adopt: "only", triggers: { a: "1" } };
    const calls = await callsDuring(simulator.control, () => unprinted(() => life.up(program)));
    assert.deepEqual(Object.keys(calls), ["ListApisV2"]);
    const before = await publishIds();
    assert.equal(await life.up({ ...program, triggers: { a: "2" } }), "update");
    assert.notEqual((await publishIds())["1"], before["1"]);
  });

  it("takes over what an update adds", async () => {
    await life.up({ envId, apiIds: ids("1"), adopt: true });
    const before = await publishIds();
    await life.up({ envId, apiIds: ids("1", "2"), adopt: true });
    assert.deepEqual(await publishIds(), before);
    await life.destroy();
    assert.equal(await online(), "");
  });

  it("publishes what this run changed since it was published", async () => {
    const host = hostFor(simulator);
    const { instanceId } = simulator.info;
    const region = String(simulator.config["huaweicloud:region"]?.value);
    const changed = keysIn({ region, instanceId }, publicationPart(hex("2"), envId));
    host.claims.undone.leave(
      changed.map((key) => [key, "GET /2"]),
      (names) => names.join(),
    );
    const before = await publishIds();
    await unprinted(() => new Life(() => makeHandlers(host).ApiPublication).up({ envId, groupId: pets, adopt: true }));
    const { "1": one, "2": two } = await publishIds();
    assert.equal(one, before["1"]);
    assert.notEqual(two, before["2"]);
  });

  it("only, fails where one is missing: at preview if that is known, and publishes nothing", async () => {
    const missing = /^not published: api_3 \(3{32}\), and `adopt: "only"` takes over only what is published\.$/;
    const [failure] = await life.failures({ envId, groupId: pets, adopt: "only" });
    assert.match(failure?.reason ?? "", missing);
    const handler = handlersFor(simulator).ApiPublication;
    const { inputs } = await handler.check({}, { envId, groupId: unknown, adopt: "only" });
    await assert.rejects(handler.create({ ...inputs, groupId: pets }), { message: missing });
    await assert.rejects(handler.create({ ...inputs, groupId: shop }), { message: /^not published: api_9/ });
    assert.equal(await online(), "12");
    const [nothing] = await life.failures({ envId, groupId: hex("d"), adopt: "only" });
    assert.match(nothing?.reason ?? "", /^there is nothing, and/);
  });

  it("records what it took over when the rest cannot be published", async () => {
    await simulator.control.faults({
      faults: [{ operation: "BatchPublishOrOfflineApiV2", times: 9, kind: { status: 500, code: "APIG.3500" } }],
    });
    await assert.rejects(unprinted(() => life.up({ envId, groupId: pets, adopt: true })));
    await simulator.control.faults({});
    assert.ok(life.exists);
    await life.up({ envId, groupId: pets });
    await life.destroy();
    assert.equal(await online(), "");
  });
});
