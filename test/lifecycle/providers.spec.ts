import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import * as apig from "../support/apig";
import type { Identity, Key, User } from "../simulator/core/identity";
import type { Place } from "../simulator/core/types";
import { callsDuring } from "../support/calls";
import { at, byKey, byPassword, configOf, heldAt, identityOf, type HuaweiSettings } from "../support/identities";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

describe("Explicit providers, on the engine,", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let identity: Identity;
  let north: Place;
  let south: Place;
  let key: Key;
  let user: User;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
    identity = await identityOf(simulator);
    [north, south] = identity.places as [Place, Place];
    [key] = identity.keys as [Key];
    [user] = identity.users as [User];
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await TestStack.open({ program: () => Promise.resolve() });
  });
  afterEach(() => stack.close());

  const apps = async () => [(await heldAt(simulator, north)).apps, (await heldAt(simulator, south)).apps];

  /** Declares one app whose provider has these settings. */
  function declare(huaweicloud: apig.ProviderArgs["huaweicloud"] & object) {
    stack.use(() => {
      const provider = new apig.Provider("explicit", { huaweicloud });
      new apig.App("shop", { name: "shop" }, { provider });
      return Promise.resolve();
    });
  }

  it("serve two regions side by side, each with its own credentials, also for look-ups", async () => {
    await simulator.control.seed({ secrets: [{ name: "db", projectId: south.projectId }] });
    stack.use(() => {
      const endpoints = JSON.parse(at(simulator, north)["endpoints"]!) as Record<string, string>;
      const one = new apig.Provider("north", {
        huaweicloud: { ...at(simulator, north), endpoints, ...byKey(key) },
      });
      const other = new apig.Provider("south", {
        huaweicloud: { ...at(simulator, south), ...byPassword(user, identity), maxRetries: 3, insecure: false },
      });
      for (const name of ["shop", "ship"]) {
        new apig.App(`north-${name}`, { name }, { provider: one });
        new apig.App(`south-${name}`, { name }, { provider: other });
      }
      const count = (provider: apig.Provider): pulumi.Output<number> =>
        apig.getTaggedSecrets({ action: "count" }, { provider }).totalCount;
      return Promise.resolve({ north: count(one), south: count(other) });
    });
    const { outputs } = await stack.upWithOutputs();
    assert.deepEqual(
      [outputs["north"], outputs["south"]].map((output) => [output?.value as unknown, output?.secret]),
      [
        [0, false],
        [1, false],
      ],
    );
    assert.deepEqual(
      (await apps()).map((names) => [...names].sort()),
      [
        ["ship", "shop"],
        ["ship", "shop"],
      ],
    );
    const { resources } = (await stack.stack.workspace.exportStack(stack.stack.name)).deployment as Exported;
    const { inputs } = resources.find(({ urn }) => urn.endsWith("::north"))!;
    assert.equal(inputs["huaweicloud:region"], north.region);
    assert.equal(typeof inputs["huaweicloud:secretKey"], "object", "an encrypted value");
    const written = await stack.backendText();
    for (const secret of [key.accessKey, key.secretKey, user.password]) assert.ok(!written.includes(secret));

    const calls = await callsDuring(simulator.control, () => stack.destroy());
    assert.deepEqual(calls, { KeystoneCreateUserTokenByPassword: 1, ShowDetailsOfAppV2: 4, DeleteAppV2: 4 });
    assert.deepEqual(await apps(), [[], []]);
  });

  it("move their resources when their region or project changes, and leave the old place empty", async () => {
    declare({ ...at(simulator, north), ...byKey(key) });
    await stack.up();
    declare({ ...at(simulator, south), ...byKey(key) });
    assert.equal((await stack.up()).changes.replace, 1);
    assert.deepEqual(await apps(), [[], ["shop"]]);

    declare({ ...at(simulator, south), instanceId: north.instanceId, projectId: north.projectId, ...byKey(key) });
    assert.equal((await stack.up()).changes.replace, 1);
    assert.deepEqual(await apps(), [["shop"], []]);
  });

  it("take a resource over from the stack's default provider in another region", async () => {
    await stack.stack.setAllConfig(configOf({ ...at(simulator, north), ...byKey(key) }));
    stack.use(() => {
      new apig.App("shop", { name: "shop" });
      return Promise.resolve();
    });
    await stack.up();
    declare({ ...at(simulator, south), ...byKey(key) });
    assert.equal((await stack.up()).changes.replace, 1);
    assert.deepEqual(await apps(), [[], ["shop"]]);
  });

  it("take missing settings from the stack's config, but never credentials", async () => {
    await stack.stack.setAllConfig(configOf({ ...at(simulator, south), ...byKey(key) }));
    declare({ ...byKey(key) });
    await stack.up();
    assert.deepEqual(await apps(), [[], ["shop"]]);

    stack.use(() => {
      const provider = new apig.Provider("explicit", {});
      new apig.App("shop", { name: "shop", remark: "changed" }, { provider });
      return Promise.resolve();
    });
    await assert.rejects(stack.up(), /no Huawei Cloud credentials are set/);
  });

  it("may have settings that are known only after another resource is made", async () => {
    await stack.stack.setAllConfig(configOf({ ...at(simulator, north), ...byKey(key) }));
    stack.use(() => {
      const first = new apig.App("first", { name: "first" });
      const instanceId = first.appId.apply(() => south.instanceId);
      const provider = new apig.Provider("late", {
        huaweicloud: { ...at(simulator, south), ...byKey(key), instanceId },
      });
      new apig.App("second", { name: "second" }, { provider });
      return Promise.resolve({ count: apig.getTaggedSecrets({ action: "count" }, { provider }).totalCount });
    });
    const { changes } = await stack.preview();
    assert.equal(changes.create, 4);
    const { outputs } = await stack.upWithOutputs();
    assert.equal(outputs["count"]?.value, 0);
    assert.deepEqual(await apps(), [["first"], ["second"]]);
    await stack.preview({ expectNoChanges: true });
  });

  it("keep their credentials for a destroy; --run-program replaces an expired token", async () => {
    const place: HuaweiSettings = { ...at(simulator, north), projectId: north.projectId };
    declare({ ...place, token: simulator.info.token });
    await stack.up();
    await simulator.control.clock({ advance: 25 * 3_600_000 });
    const { users } = (await simulator.control.seed({ users: [{ name: "renewed" }] })) as {
      users: [{ token: string }];
    };
    declare({ ...place, token: users[0].token });

    const message = await refusalOf(stack.destroy(), [simulator.info.token, users[0].token]);
    assert.match(message, /APIG\.1002, HTTP 401.*--run-program/);
    assert.deepEqual(await apps(), [["shop"], []]);
    await stack.destroy({ runProgram: true });
    assert.deepEqual(await apps(), [[], []]);
  });
});

interface Exported {
  readonly resources: readonly { readonly urn: string; readonly inputs: Readonly<Record<string, unknown>> }[];
}
