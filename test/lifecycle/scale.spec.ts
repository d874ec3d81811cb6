import assert from "node:assert/strict";
import * as apig from "../support/apig";
import { callsDuring } from "../support/calls";
import { at, byPassword, configOf, identityOf } from "../support/identities";
import { Outside } from "../simulator/outside";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

const apps = 12;
const codesPerApp = 5;

/** Secrets that the query finds: two full pages and a half. */
const secrets = 2500;

describe("A stack of 60 AppCodes in 12 apps and a query for 2,500 secrets, by a user with a password,", function () {
  this.timeout(300_000);
  let simulator: TestSimulator;
  let stack: TestStack;
  let appIds: string[];

  /** Calls of each provider process: a token, and the pages of the query, which each process reads again. */
  const everyProcess = { KeystoneCreateUserTokenByPassword: 1, ListResourceInstances: 3 };

  /** For a refresh together with an update the engine starts two processes. */
  const refreshAndUpdate = { KeystoneCreateUserTokenByPassword: 2, ListResourceInstances: 6, ListAppCodesV2: apps };

  before(async () => {
    simulator = await openSimulator();
    const { control } = simulator;
    await control.seed({ secrets: { count: secrets, tags: { app: "shop" } } });
    const seeded = await control.seed({ apps: Array.from({ length: apps }, (_, index) => ({ name: `app-${index}` })) });
    appIds = (seeded as { apps: { id: string }[] }).apps.map(({ id }) => id);
    const identity = await identityOf(simulator);
    const [place] = identity.places;
    const [user] = identity.users;
    // Only the project's name is given: the answer to the token request also has its id.
    const config = configOf({ ...at(simulator, place!), ...byPassword(user!, identity) });
    stack = await TestStack.open({ program: () => Promise.resolve(), config });
    declare();
  });
  after(async () => {
    await stack.close();
    await simulator.close();
  });

  function declare(): void {
    stack.use(() => {
      new apig.SecretTagQuery("secrets", { action: "filter", tags: [{ key: "app", values: ["shop"] }] });
      for (const [index, appId] of appIds.entries()) {
        for (let n = 1; n <= codesPerApp; n += 1) {
          new apig.AppCode(`code-${index}-${n}`, { appId, propagationSeconds: 1 });
        }
      }
      return Promise.resolve();
    });
  }

  it("is previewed without a call to APIG", async () => {
    assert.deepEqual(await callsDuring(simulator.control, () => stack.preview()), everyProcess);
  });

  it("is made with one call for each code, after one list for each app that shows whether it has other codes", async () => {
    const calls = await callsDuring(simulator.control, () => stack.up());
    assert.deepEqual(calls, { ...everyProcess, ListAppCodesV2: apps, CreateAppCodeV2: apps * codesPerApp });
  });

  it("needs no APIG call if nothing has changed", async () => {
    assert.deepEqual(
      await callsDuring(simulator.control, () => stack.preview({ expectNoChanges: true })),
      everyProcess,
    );
    assert.deepEqual(await callsDuring(simulator.control, () => stack.up({ expectNoChanges: true })), everyProcess);
  });

  it("is refreshed with one list for each app", async () => {
    const calls = await callsDuring(simulator.control, () => stack.refresh({ expectNoChanges: true }));
    assert.deepEqual(calls, { ...everyProcess, ListAppCodesV2: apps });
  });

  it("is refreshed and updated at once with one list for each app", async () => {
    const calls = await callsDuring(simulator.control, () => stack.up({ refresh: true, expectNoChanges: true }));
    assert.deepEqual(calls, refreshAndUpdate);
  });

  it("is repaired with one call after somebody deleted a code, and one list for each app", async () => {
    const outside = new Outside(simulator.info);
    const { app_codes: codes } = await outside.apig<{ app_codes: { id: string }[] }>(
      "GET",
      `/apps/${appIds[0]}/app-codes`,
    );
    await outside.apig("DELETE", `/apps/${appIds[0]}/app-codes/${codes[0]!.id}`);
    const calls = await callsDuring(simulator.control, () => stack.up({ refresh: true }));
    assert.deepEqual(calls, { ...refreshAndUpdate, CreateAppCodeV2: 1 });
  });

  it("is destroyed with one call for each code and one list for each app", async () => {
    const calls = await callsDuring(simulator.control, () => stack.destroy());
    assert.deepEqual(calls, {
      KeystoneCreateUserTokenByPassword: 1,
      ListAppCodesV2: apps,
      DeleteAppCodeV2: apps * codesPerApp,
    });
  });
});
