import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "../support/apig";
import type { Identity, Key, User } from "../simulator/core/identity";
import type { Place } from "../simulator/core/types";
import { callsDuring } from "../support/calls";
import { handlersFor } from "../support/handlers";
import { at, byKey, byPassword, configOf, heldAt, identityOf, type HuaweiSettings } from "../support/identities";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { withStack, type TestStack } from "../support/stack";

const definition = {
  openapi: "3.0.0",
  info: { title: "pets", version: "1" },
  paths: { "/pets": { get: { responses: { "200": { description: "pets" } } } } },
};

/** Declares resources with calls of every kind: JSON, a form, another host. */
function declare(): Promise<void> {
  new apig.SecretTagQuery("secrets", { action: "count" });
  new apig.ApiImport("pets", { definition, mockMode: true });
  for (const name of ["one", "two", "three"]) {
    const app = new apig.App(name, { name: `app_${name}` });
    new apig.AppCode(name, { appId: app.appId, propagationSeconds: 0 });
  }
  return Promise.resolve();
}

describe("Authentication, on the engine,", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let identity: Identity;
  let north: Place;
  let lasting: Key;
  let temporary: Key;
  let user: User;

  before(async () => {
    simulator = await openSimulator();
    identity = await identityOf(simulator);
    [north] = identity.places as [Place];
    [lasting, , temporary] = identity.keys as [Key, Key, Key];
    [user] = identity.users as [User];
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());

  /** Runs a stack in the first project, which is found by the region's name, with these credentials. */
  const within = (credentials: HuaweiSettings, body: (stack: TestStack) => Promise<void>) =>
    withStack({ program: declare, config: configOf({ ...at(simulator, north), ...credentials }) }, body);

  /** Checks that no call was refused, and that every service knew the caller. */
  async function assertWelcome(callers: readonly (string | null)[]): Promise<void> {
    const journal = await simulator.control.journal();
    assert.deepEqual(
      journal.filter(({ status }) => status >= 400),
      [],
    );
    assert.deepEqual([...new Set(journal.map(({ caller }) => caller))].sort(), callers);
  }

  const asking = (calls: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(calls).filter(([operation]) => operation.startsWith("Keystone")));

  it("by access key signs every call, and asks for the project id once in each process", async () => {
    await within(byKey(lasting), async (stack) => {
      const { text } = await stack.up();
      assert.ok(!text.includes(lasting.secretKey));
      assert.deepEqual(asking(await callsDuring(simulator.control, () => stack.preview({ expectNoChanges: true }))), {
        KeystoneListProjects: 1,
      });
      const calls = await callsDuring(simulator.control, () => stack.destroy());
      assert.deepEqual(asking(calls), {}, "a recorded project id is not asked for again");
      await assertWelcome(["simulator"]);
      assert.equal((await heldAt(simulator, north)).apps.length, 0);
    });
  });

  it("by temporary access key sends its security token, and shows it nowhere", async () => {
    await within(byKey(temporary), async (stack) => {
      const everything = (await stack.up()).text + (await stack.backendText());
      await assertWelcome(["simulator"]);
      for (const secret of [temporary.secretKey, temporary.securityToken!]) assert.ok(!everything.includes(secret));
    });
  });

  it("by user and password gets one token in each process, however many resources need it", async () => {
    await within(byPassword(user, identity), async (stack) => {
      const once = { KeystoneCreateUserTokenByPassword: 1 };
      for (const step of [() => stack.up(), () => stack.refresh(), () => stack.destroy()]) {
        assert.deepEqual(asking(await callsDuring(simulator.control, step)), once);
      }
      await assertWelcome([null, "simulator"]);
    });
  });

  it("renews a token that expires in the middle of an update, and the update goes on", async () => {
    await within(byPassword(user, identity), async (stack) => {
      stack.use(() => {
        const first = new apig.App("first", { name: "first" });
        const dayLater = first.id.apply(async () => {
          if (!pulumi.runtime.isDryRun()) await simulator.control.clock({ advance: 25 * 3_600_000 });
          return "second";
        });
        new apig.App("second", { name: dayLater });
        return Promise.resolve();
      });
      const calls = await callsDuring(simulator.control, () => stack.up());
      assert.deepEqual(asking(calls), { KeystoneCreateUserTokenByPassword: 2 });
      assert.deepEqual((await heldAt(simulator, north)).apps.sort(), ["first", "second"]);
      const refused = (await simulator.control.journal()).filter(({ status }) => status === 401);
      assert.deepEqual(
        refused.map(({ operation, note }) => [operation, note]),
        [["CreateAnAppV2", "token expired"]],
      );
    });
  });

  it("in a destroy uses the stack config of the last up, or the present one with --run-program, as the error says", async () => {
    const { token, projectId } = { ...simulator.info };
    await within({ token, projectId }, async (stack) => {
      await stack.up();
      await simulator.control.clock({ advance: 25 * 3_600_000 });
      const { users } = (await simulator.control.seed({ users: [{ name: "renewed" }] })) as Seeded;
      await stack.stack.setAllConfig(configOf({ token: users[0].token }));
      await assert.rejects(
        stack.destroy(),
        /`--run-program`\.\n *could not .*HTTP 401.*huaweicloud:token \(HW_AUTH_TOKEN\).*`--run-program`/,
      );
      assert.equal((await heldAt(simulator, north)).apps.length, 3);
      await stack.destroy({ runProgram: true });
      assert.equal((await heldAt(simulator, north)).apps.length, 0);
    });
  });

  it("finds a project by its name, and names one that it does not find", async () => {
    await within({ ...byKey(lasting), projectName: "sim-south-1" }, async (stack) => {
      const [, south] = identity.places as [Place, Place];
      await stack.stack.setAllConfig(configOf({ instanceId: south.instanceId }));
      await stack.up();
      assert.equal((await heldAt(simulator, south)).apps.length, 3);

      await stack.stack.setAllConfig(configOf({ projectName: "mars" }));
      const calls = await callsDuring(simulator.control, () =>
        assert.rejects(stack.preview(), (error: Error) => {
          assert.match(error.message, /IAM shows no project called mars.*huaweicloud:projectName \(HW_PROJECT_NAME\)/);
          return true;
        }),
      );
      assert.deepEqual(Object.keys(calls), ["KeystoneListProjects"]);
    });
  });

  describe("with settings that the service refuses", () => {
    const app = { name: "shop", __provider: "text" };
    const refused = async (settings: HuaweiSettings, runtime = {}) => {
      const handlers = handlersFor(
        simulator,
        { ...blank, ...prefixed({ ...at(simulator, north), ...settings }) },
        runtime,
      );
      const { inputs } = await handlers.App.check({}, app);
      const secrets = Object.values(configOf(settings)).filter(({ secret }) => secret);
      return refusalOf(
        handlers.App.create({ ...inputs, ...app }),
        secrets.map(({ value }) => value),
      );
    };
    /** Removes the ready token and its project from the simulator's own settings. */
    const blank = { "huaweicloud:token": "", "huaweicloud:projectId": "" };
    const prefixed = (settings: HuaweiSettings) =>
      Object.fromEntries(Object.entries(settings).map(([name, value]) => [`huaweicloud:${name}`, value]));

    it("tells the user of a temporary key without security token to check it", async () => {
      const { accessKey, secretKey } = temporary;
      assert.match(await refused({ accessKey, secretKey }), /HTTP 401, request \w+.*securityToken/);
    });

    it("corrects a wrong clock once by the service's clock, and names the clock if that does not help", async () => {
      const late = { now: () => Date.now() - 3_600_000 };
      const handlers = handlersFor(
        simulator,
        { ...blank, ...prefixed({ ...at(simulator, north), ...byKey(lasting) }) },
        late,
      );
      const { inputs } = await handlers.App.check({}, app);
      await handlers.App.create({ ...inputs, ...app });
      const refusals = (await simulator.control.journal()).filter(({ status }) => status === 401);
      assert.equal(refusals.length, 1);
      const wrong = { ...byKey(lasting), secretKey: "wrong-secret-key" };
      assert.match(await refused(wrong, late), /HTTP 401.*2 attempts.*this machine's clock/);
    });

    it("tries a wrong password once, and its error names the user and the log-in", async () => {
      const settings = { ...byPassword(user, identity), password: "wrong-password" };
      assert.match(await refused(settings), /could not get a token for IAM user simulator.*wrong.*HTTP 401/);
      assert.deepEqual(
        (await simulator.control.journal()).map(({ operation }) => operation),
        ["KeystoneCreateUserTokenByPassword"],
      );
    });

    it("does not renew a token a second time if the renewed one is refused", async () => {
      await simulator.control.faults({ faults: [{ operation: "CreateAnAppV2", times: 9, kind: { status: 401 } }] });
      assert.match(await refused(byPassword(user, identity)), /HTTP 401.*2 attempts.*may use this project/);
      const operations = (await simulator.control.journal()).map(({ operation }) => operation);
      assert.deepEqual(operations, [
        "KeystoneCreateUserTokenByPassword",
        "CreateAnAppV2",
        "KeystoneCreateUserTokenByPassword",
        "CreateAnAppV2",
      ]);
    });

    it("says where to put a fresh token if a ready one has expired", async () => {
      await simulator.control.clock({ advance: 25 * 3_600_000 });
      const message = await refused({ token: simulator.info.token, projectId: north.projectId });
      assert.match(message, /HTTP 401.*huaweicloud:token \(HW_AUTH_TOKEN\) has expired.*--run-program/);
    });
  });
});

interface Seeded {
  readonly users: readonly [{ readonly token: string }];
}
