/** A stack moves from the dynamic provider to the plugin, and back: every object stays, and no call writes anything. */
import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import * as apig from "pulumi-apig";
import { rowsOf } from "../../faults/rows";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { TestStack } from "../../support/stack";
import { configOf } from "../../support/plugin";
import { resource } from "./programs";

const release = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const definition = {
  openapi: "3.0.3",
  info: { title: "shop", version: "1" },
  paths: { "/orders": { get: { operationId: "orders", responses: { 200: { description: "x" } } } } },
};
const defaults = { backend: { mock: "[]" }, auth: "APP+AppCode" } as const;

describe("A stack of the dynamic provider", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
    stack = await TestStack.open({
      program: () => Promise.resolve(),
      usesPlugin: true,
      config: { ...simulator.config, ...configOf(simulator.config) },
    });
  });
  after(async () => {
    await stack.close();
    await simulator.close();
  });

  /** The same program, with another import. */
  function dynamic(opts?: (type: string) => pulumi.CustomResourceOptions): Promise<void> {
    const app = new apig.App("app", { name: "shop_web" }, opts?.("App"));
    const code = new apig.AppCode("code", { appId: app.appId }, opts?.("AppCode"));
    const testing = new apig.Environment("testing", { name: "testing" }, opts?.("Environment"));
    const api = new apig.ApiImport("api", { definition, defaults }, opts?.("ApiImport"));
    const { groupId, operations: triggers } = api;
    const published = new apig.ApiPublication("api", { envId: release, groupId, triggers }, opts?.("ApiPublication"));
    const apiIds = published.published.apply((all) => all.map(({ apiId }) => apiId));
    new apig.AppAuthorization("web", { envId: release, appIds: [app.appId], apiIds }, opts?.("AppAuthorization"));
    new apig.BkciCredential(
      "code",
      { credentialId: "shop", type: "ACCESSTOKEN", accessToken: code.appCode, remark: testing.envId },
      opts?.("BkciCredential"),
    );
    new apig.SecretTagQuery(
      "secrets",
      { action: "filter", tags: [{ key: "app", values: ["shop"] }] },
      opts?.("SecretTagQuery"),
    );
    return Promise.resolve();
  }

  function plugin(): Promise<void> {
    const as = (type: string) => ({ aliases: [{ type: `pulumi-nodejs:dynamic/apig:${type}` }] });
    const app = resource("App", "app", { name: "shop_web" }, as("App"));
    const code = resource("AppCode", "code", { appId: app.appId }, as("AppCode"));
    const testing = resource("Environment", "testing", { name: "testing" }, as("Environment"));
    const api = resource("ApiImport", "api", { definition, defaults }, as("ApiImport"));
    const published = resource(
      "ApiPublication",
      "api",
      { envId: release, groupId: api.groupId, triggers: api.operations },
      as("ApiPublication"),
    );
    const apis = published.published as pulumi.Output<{ apiId: string }[]>;
    resource(
      "AppAuthorization",
      "web",
      { envId: release, appIds: [app.appId], apiIds: apis.apply((all) => all.map(({ apiId }) => apiId)) },
      as("AppAuthorization"),
    );
    resource(
      "BkciCredential",
      "code",
      { credentialId: "shop", type: "ACCESSTOKEN", accessToken: code.appCode, remark: testing.envId },
      as("BkciCredential"),
    );
    resource(
      "SecretTagQuery",
      "secrets",
      { action: "filter", tags: [{ key: "app", values: ["shop"] }] },
      as("SecretTagQuery"),
    );
    return Promise.resolve();
  }

  /** Eight updates that write nothing, and then nothing to do. */
  async function moves(): Promise<void> {
    const before = await rowsOf(simulator);
    const from = (await simulator.control.journal()).length;
    const { changes } = await stack.up();
    assert.deepEqual(
      [changes.update, changes.create, changes.replace, changes.delete],
      [8, undefined, undefined, undefined],
    );
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });
    const written = (await simulator.control.journal(from)).filter(
      ({ method, path }) => method !== "GET" && !/export|action$/.test(path),
    );
    assert.deepEqual(
      written.map(({ operation }) => operation),
      [],
    );
    assert.deepEqual(await rowsOf(simulator), before);
  }

  it("moves to the plugin", async () => {
    stack.use(() => dynamic());
    assert.equal((await stack.up()).changes.create, 9);
    stack.use(plugin);
    const { text } = await stack.preview();
    assert.match(text, /apig:index:App app update \[diff: -__provider~provider\]/);
    await moves();
  });

  it("and back", async () => {
    stack.use(() => dynamic((type) => ({ aliases: [{ type: `apig:index:${type}` }] })));
    await moves();
    await stack.destroy();
    const { apps, codes, credentials, environments } = await rowsOf(simulator);
    assert.deepEqual([apps, codes, credentials], [[], [], []]);
    assert.equal(environments.length, 1);
  });
});
