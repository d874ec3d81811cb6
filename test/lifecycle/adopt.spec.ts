/** What others made is put under management on the engine: nothing is written but what differs, and the preview says what that is. */
import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as apig from "../support/apig";
import { apiBody, definition, specs, truth, type Spec } from "../support/definitions";
import { Outside } from "../simulator/outside";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

const operations = specs(5, { auth: "code", backend: "/orders", remark: "an operation" });
const values = ["a".repeat(64), "b".repeat(64)];

describe("What exists already, on the engine,", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let outside: Outside;
  let stack: TestStack;
  let made: { appId: string; envId: string; groupId: string; apiIds: string[] };

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    made = await seed(operations);
    stack = await TestStack.open({ program: program("only"), config: simulator.config });
  });
  afterEach(() => stack.close());

  const post = (path: string, body: object) => outside.apig<{ id: string }>("POST", path, body);

  async function seed(apis: readonly Spec[]): Promise<typeof made> {
    const { id: appId } = await post("/apps", { name: "web", remark: "the web shop" });
    for (const value of values) await post(`/apps/${appId}/app-codes`, { app_code: value });
    const { id: envId } = await post("/envs", { name: "live", remark: "in use" });
    const { id: groupId } = await post("/api-groups", { name: "shop", remark: "orders" });
    const apiIds: string[] = [];
    for (const api of apis) apiIds.push((await post("/apis", apiBody(groupId, api))).id);
    await post("/apis/publish?action=online", { env_id: envId, apis: apiIds });
    await post("/app-auths", { env_id: envId, app_ids: [appId], api_ids: apiIds });
    await credential("POST", { credentialId: "shop_code", credentialType: "ACCESSTOKEN", v1: "theirs" });
    return { appId, envId, groupId, apiIds };
  }

  async function credential(method: string, body: object): Promise<void> {
    const { bkci, bkciAccessToken, bkciProjectId } = simulator.info;
    const path = `ms/openapi/api/apigw/v3/projects/${bkciProjectId}/credentials?access_token=${bkciAccessToken}`;
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${bkci}/${path}`, { method, headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200, await response.text());
  }

  /** A program of all that was made; none of it may be made by the program. */
  function program(adopt: true | "only", name = "web"): PulumiFn {
    return () => {
      const web = new apig.App("web", { name, remark: "the web shop", adopt });
      for (const [index, appCode] of values.entries()) {
        new apig.AppCode(`web-${index}`, { appId: web.appId, appCode, adopt });
      }
      const { envId } = new apig.Environment("live", { name: "live", remark: "in use", adopt });
      const document = definition(operations, { title: "shop", description: "orders" });
      const shop = new apig.ApiImport("shop", { definition: document, adopt });
      const { groupId } = shop;
      const published = new apig.ApiPublication("shop", { envId, groupId, triggers: shop.operations, adopt });
      const apiIds = published.published.apply((all) => all.map(({ apiId }) => apiId));
      new apig.AppAuthorization("web", { envId, appIds: [web.appId], apiIds, adopt });
      new apig.BkciCredential("code", { credentialId: "shop_code", type: "ACCESSTOKEN", adopt });
      return Promise.resolve();
    };
  }

  const reading = /^(List|Show|Export|get|list)/;
  /** The calls of a step that write, each with what it is about. */
  async function writes(step: () => Promise<unknown>): Promise<string[]> {
    const before = (await simulator.control.journal()).at(-1)?.n ?? 0;
    await step();
    const entries = await simulator.control.journal(before);
    return entries.flatMap(({ operation, note }) =>
      reading.test(operation) ? [] : [`${operation} ${note ?? ""}`.trim()],
    );
  }

  it("is taken over without one write, comes to rest, and goes with the stack", async () => {
    let said = "";
    assert.deepEqual(await writes(async () => (said = (await stack.preview()).text)), []);
    assert.match(
      said,
      new RegExp(`App "web" in instance \\w+ exists \\(${made.appId}\\): it will be taken over as it is`),
    );
    assert.match(said, new RegExp(`Environment "live" .* exists \\(${made.envId}\\): .* as it is`));
    assert.match(
      said,
      new RegExp(`API group "shop" .* exists \\(${made.groupId}\\): .* taken over; 5 APIs as they are\\.`),
    );
    assert.match(said, /BkciCredential "shop_code" of project \w+ exists \(ACCESSTOKEN\): .* as it is/);

    assert.deepEqual(await writes(async () => (said = (await stack.up()).text)), []);
    // The engine shows each line while it runs and once more at its end.
    const end = said.split("Diagnostics:").at(-1) ?? "";
    assert.equal(end.match(/App "web" .* exists/g)?.length, 1);
    assert.equal(end.match(/AppCode of app .* exists .* as it is/g)?.length, 2);
    assert.match(said, /ApiPublication in environment \w+: 5 published already: taken over as they are\./);
    assert.match(said, /AppAuthorization in environment \w+: 5 authorized already: taken over as they are\./);
    assert.doesNotMatch(said, /until it is published/);
    assert.deepEqual(await writes(() => stack.preview({ expectNoChanges: true })), []);
    assert.deepEqual(await writes(() => stack.preview({ refresh: true, expectNoChanges: true })), []);

    stack.use(program(true));
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
    const { groups, rows, published } = await truth(simulator);
    assert.deepEqual([groups, rows(), published], [[], [], []]);
    assert.deepEqual(await outside.names(), []);
  });

  it("has exactly what differs written, which the preview says", async () => {
    const [, second] = operations as [Spec, Spec];
    await outside.apig("PUT", `/apps/${made.appId}`, { name: "web", remark: "theirs" });
    await outside.apig("PUT", `/apis/${made.apiIds[1]}`, apiBody(made.groupId, { ...second, backend: "/elsewhere" }));
    let said = "";
    assert.deepEqual(await writes(async () => (said = (await stack.preview()).text)), []);
    assert.match(said, /App "web" .* taken over; its remark changes from "theirs" to "the web shop"\./);
    assert.match(said, /API group "shop" .* taken over; 4 APIs as they are; sent again: GET \/p1 \(other back end\)\./);

    const written = await writes(() => stack.up());
    assert.deepEqual(written.map((call) => call.split(" ")[0]).sort(), [
      "BatchPublishOrOfflineApiV2",
      "ImportApiDefinitionsV2",
      "UpdateAppV2",
    ]);
    assert.match(written.join("; "), /ImportApiDefinitionsV2 operations=1\b/);
    const rows = (await truth(simulator)).rows(made.groupId);
    assert.deepEqual(new Set(rows.map(({ backend }) => backend)), new Set(["/orders"]));
    await stack.preview({ refresh: true, expectNoChanges: true });
  });

  it("is not made a second time under a misspelt name that must exist, and may be under one that need not", async () => {
    stack.use(program("only", "webb"));
    const missing = /App "webb" in instance \w+ does not exist, and `adopt: "only"` makes none/;
    assert.deepEqual(await writes(() => assert.rejects(stack.preview(), { message: missing })), []);
    assert.deepEqual(await writes(() => assert.rejects(stack.up(), { message: missing })), []);
    stack.use(() => {
      new apig.App("web", { name: "webb", adopt: true });
      return Promise.resolve();
    });
    assert.match((await stack.preview()).text, /App "webb" in instance \w+ does not exist: it will be made/);
  });

  it("is told once in a command whose preview and update both look", async () => {
    const folder = temporaryFolder();
    try {
      symlinkSync(resolve("node_modules"), join(folder.path, "node_modules"));
      const text = 'const { App } = require("pulumi-apig");\nnew App("web", { name: "web", adopt: true });\n';
      writeFileSync(join(folder.path, "index.js"), text);
      writeFileSync(join(folder.path, "package.json"), '{ "name": "test", "main": "index.js" }');
      const other = await TestStack.open({ program: folder.path, config: simulator.config });
      try {
        const { stdout } = await other.command("up", "--yes", "--color=never");
        assert.match(stdout, /Previewing update[^]*warning: App "web" .* as it is[^]*Updating/);
        assert.doesNotMatch(stdout.split("Updating").at(-1) ?? "", /App "web" .* exists/);
        assert.match(stdout, /\+ 2 created/);
        await other.destroy();
      } finally {
        await other.close();
      }
    } finally {
      folder.remove();
    }
  });
});
