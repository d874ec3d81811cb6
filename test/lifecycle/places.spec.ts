import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as apig from "../support/apig";
import type { Identity, Key } from "../simulator/core/identity";
import type { Place } from "../simulator/core/types";
import { at, byKey, configOf, environmentOf, heldAt, identityOf, type HuaweiSettings } from "../support/identities";
import { handlersFor } from "../support/handlers";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

const definition = {
  openapi: "3.0.0",
  info: { title: "places", version: "1" },
  paths: { "/pets": { get: { operationId: "listPets", responses: { "200": { description: "pets" } } } } },
  security: [{ app: [] }],
  components: {
    securitySchemes: {
      app: {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        "x-apigateway-auth-type": "AppSigv1",
        "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
      },
    },
  },
};

/** A program that imports and publishes a definition, and has an app with a code that may call it. */
const program: PulumiFn = () => {
  const shop = new apig.App("shop", { name: "shop" });
  new apig.AppCode("web", { appId: shop.appId, propagationSeconds: 0 });
  const pets = new apig.ApiImport("pets", { definition, mockMode: true });
  const { envId } = new apig.Environment("live", { name: "live" });
  const apiIds = pets.apis.apply((apis) => apis.map(({ id }) => id));
  const published = new apig.ApiPublication("pets", { envId, groupId: pets.groupId });
  new apig.AppAuthorization("shop", { envId, appIds: [shop.appId], apiIds }, { dependsOn: published });
  return Promise.resolve();
};

const full = { apps: ["shop"], codes: 1, groups: ["places"], apis: 1, environments: ["live"], authorizations: 1 };
const empty = { apps: [], codes: 0, groups: [], apis: 0, environments: [], authorizations: 0 };

describe("The recorded place, on the engine,", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let identity: Identity;
  let north: Place;
  let south: Place;
  let everywhere: Key;
  let northOnly: Key;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
    identity = await identityOf(simulator);
    [north, south] = identity.places as [Place, Place];
    [everywhere, northOnly] = identity.keys as [Key, Key];
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await TestStack.open({ program });
  });
  afterEach(() => stack.close());

  const held = async () => [await heldAt(simulator, north), await heldAt(simulator, south)];

  const refusal = (operation: Promise<unknown>) =>
    refusalOf(
      operation,
      identity.keys.map(({ secretKey }) => secretKey),
    );
  /** Settings in the environment are read each time; a refresh or destroy takes stack config from the last up. */
  const enter = (settings: HuaweiSettings) => Object.assign(stack.stack.workspace.envVars, environmentOf(settings));
  const ids = async () =>
    ((await stack.exportState()).deployment as { resources: Recorded[] }).resources.map(({ urn, id }) => [urn, id]);

  it("is emptied when the region changes: everything is made in the new region", async () => {
    await stack.stack.setAllConfig(configOf({ ...at(simulator, north), ...byKey(everywhere) }));
    await stack.up();
    assert.deepEqual(await held(), [full, empty]);

    await stack.stack.setAllConfig(configOf(at(simulator, south)));
    assert.equal((await stack.preview()).changes.replace, 6);
    assert.equal((await stack.up()).changes.replace, 6);
    assert.deepEqual(await held(), [empty, full]);
  });

  it("is emptied when the project changes; a name instead of the id of one project is no change", async () => {
    await stack.stack.setAllConfig(configOf({ ...at(simulator, north), ...byKey(everywhere) }));
    await stack.up();
    await stack.stack.setAllConfig(configOf({ projectId: north.projectId }));
    await stack.preview({ expectNoChanges: true });

    await stack.stack.setAllConfig(configOf({ projectId: south.projectId, instanceId: south.instanceId }));
    assert.equal((await stack.up()).changes.replace, 6);
    assert.deepEqual(await held(), [empty, full]);
  });

  it("is a new one if only region, project or instance changes, but not if the project has another name", async () => {
    const handlers = handlersFor(simulator);
    const app = { name: "shop", __provider: "text" };
    const { inputs } = await handlers.App.check({}, app);
    const { id, outs } = await handlers.App.create({ ...inputs, ...app });
    const replaced = async (settings: Record<string, string>) => {
      const moved = handlersFor(simulator, settings);
      const { inputs: news } = await moved.App.check({}, app);
      return (await moved.App.diff(id, outs, { ...news, ...app })).replaces;
    };
    assert.deepEqual(await replaced({}), []);
    assert.deepEqual(await replaced({ "huaweicloud:projectId": "", "huaweicloud:projectName": north.region }), []);
    assert.deepEqual(await replaced({ "huaweicloud:region": south.region }), ["region"]);
    assert.deepEqual(await replaced({ "huaweicloud:projectId": south.projectId }), ["project"]);
    assert.deepEqual(await replaced({ "huaweicloud:instanceId": south.instanceId }), ["instanceId"]);
  });

  it("stays in state with credentials that cannot reach it, and is emptied with those that can", async () => {
    enter({ ...at(simulator, south), ...byKey(everywhere) });
    await stack.up();
    const before = await ids();

    enter(byKey(northOnly));
    for (const attempt of [() => stack.destroy(), () => stack.refresh()]) {
      const message = await refusal(attempt());
      assert.match(message, /--run-program/);
      assert.match(message, new RegExp(`APIG\\.1005, HTTP 403.*project ${south.projectId} in region sim-south-1`));
      assert.match(message, /use credentials that have it/);
      assert.deepEqual(await ids(), before);
      assert.deepEqual(await held(), [empty, full]);
    }
    enter(byKey(everywhere));
    await stack.destroy();
    assert.deepEqual(await held(), [empty, empty]);
  });

  it("stays in state after a move that could not empty it, and the next up empties it", async () => {
    enter({ ...at(simulator, south), ...byKey(everywhere) });
    await stack.up();

    enter({ ...at(simulator, north), ...byKey(northOnly) });
    assert.match(await refusal(stack.up()), /HTTP 403.*region sim-south-1/);
    assert.deepEqual(await held(), [full, full]);

    enter(byKey(everywhere));
    await stack.up();
    assert.deepEqual(await held(), [full, empty]);
  });

  it("does not count as empty if the address of another region does not know the instance", async () => {
    enter({ ...at(simulator, north), ...byKey(everywhere) });
    await stack.up();
    const before = await ids();
    const elsewhere = { operation: "apig", times: 100, kind: { status: 404, code: "APIG.3030" } };

    enter(at(simulator, south));
    for (const attempt of [() => stack.refresh(), () => stack.destroy()]) {
      await simulator.control.faults({ faults: [elsewhere] });
      const message = await refusal(attempt());
      assert.match(message, /APIG\.3030, HTTP 404.*huaweicloud:endpoints.*pulumi state delete.*in region sim-north-1/);
      assert.deepEqual(await ids(), before);
    }
    assert.deepEqual(await held(), [full, empty]);
  });

  it("does not count as empty if its own address does not know the instance for a while", async () => {
    enter({ ...at(simulator, north), ...byKey(everywhere) });
    await stack.up();
    const before = await ids();
    for (const attempt of [() => stack.refresh(), () => stack.destroy()]) {
      await simulator.control.faults({
        faults: [{ operation: "apig", times: 100, kind: { status: 404, code: "APIG.3030" } }],
      });
      assert.match(await refusal(attempt()), /Nothing is taken for deleted.*pulumi state delete/);
      assert.deepEqual(await ids(), before);
    }
    await simulator.control.faults({});
    await stack.refresh({ expectNoChanges: true });
    assert.deepEqual(await held(), [full, empty]);
  });
});

interface Recorded {
  readonly urn: string;
  readonly id?: string;
}
