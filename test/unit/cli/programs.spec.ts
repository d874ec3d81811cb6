/** The programs that the command writes. */
import assert from "node:assert/strict";
import { parse } from "yaml";
import { rowsOf } from "../../faults/rows";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { brownfield, releaseId } from "../../support/brownfield";
import { run, written } from "./setup";

const ids = { shop: "1".repeat(32), stage: "2".repeat(32), web: "3".repeat(32), code: "4".repeat(32) };
const api = (name: string, more: object = {}) => ({
  group_id: ids.shop,
  name,
  type: 1,
  req_method: "GET",
  req_uri: `/${name}`,
  auth_type: "APP",
  backend_type: "MOCK",
  mock_info: { result_content: "x" },
  ...more,
});

/** A group of which all is published for testing and a part in RELEASE; an app that may call the part. */
const scene = {
  environments: [{ id: ids.stage, name: "testing" }],
  groups: [{ id: ids.shop, name: "shop" }],
  apis: [
    { id: "5".repeat(32), definition: api("orders"), publish: [ids.stage, releaseId] },
    { id: "6".repeat(32), definition: api("baskets"), publish: [ids.stage] },
  ],
  apps: [
    { id: ids.web, name: "web_app", remark: "costs ${price}", codes: [{ id: ids.code, app_code: "c".repeat(64) }] },
  ],
  authorizations: [{ app_id: ids.web, api_id: "5".repeat(32), env_id: releaseId }],
  credentials: [{ credentialId: "code", credentialType: "PASSWORD", v1: "x" }],
} as unknown as Parameters<TestSimulator["control"]["seed"]>[0];

describe("A program that pulumi-apig adopt writes", () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(() => simulator.control.reset());

  it("names what there is, once, by references", async () => {
    await simulator.control.seed(scene);
    const { files } = await written(simulator);
    const [, ...sections] = (files.get("index.ts") ?? "").split("\n\n");
    assert.deepEqual(sections.slice(2, -1), [
      `const releaseEnv = { envId: "${releaseId}" }; // RELEASE is in every instance, and stays there.
const testingEnv = new apig.Environment("testing", { name: "testing", adopt });`,
      `const shopGroup = new apig.ApiImport("shop", {
  groupName: "shop",
  definition: new pulumi.asset.FileAsset("openapi/shop.yaml"),
  adopt,
});`,
      `const shopInReleasePublication = new apig.ApiPublication("shop-in-RELEASE", {
  envId: releaseEnv.envId,
  apiIds: idsOf(shopGroup, "GET /orders"),
  triggers: shopGroup.operations,
  adopt,
});
const shopInTestingPublication = new apig.ApiPublication("shop-in-testing", {
  envId: testingEnv.envId,
  groupId: shopGroup.groupId,
  triggers: shopGroup.operations,
  adopt,
});`,
      `const webApp = new apig.App("web_app", { name: "web_app", remark: "costs \${price}", adopt });
new apig.AppCode("web_app-44444444", { appId: webApp.appId, adopt: "${ids.code}" });`,
      `new apig.AppAuthorization(
  "web_app-in-RELEASE",
  { envId: releaseEnv.envId, appIds: [webApp.appId], apiIds: idsOf(shopGroup, "GET /orders"), adopt },
  { dependsOn: [shopInReleasePublication] },
);`,
      `new apig.BkciCredential("code", { credentialId: "code", type: "PASSWORD", adopt });`,
    ]);
  });

  it("says the same in YAML, with ids of APIs in their place", async () => {
    await simulator.control.seed(scene);
    const { files } = await written(simulator, "--language", "yaml");
    const { resources, plugins } = parse(files.get("Pulumi.yaml") ?? "") as Record<string, object>;
    const of = (type: string, name: string, properties: object, options?: object) => ({
      type: `apig:${type}`,
      name,
      properties: { adopt: "only", ...properties },
      ...(options && { options }),
    });
    const triggers = "${shopGroup.operations}";
    assert.deepEqual(resources, {
      testingEnv: of("Environment", "testing", { name: "testing" }),
      shopGroup: of("ApiImport", "shop", {
        groupName: "shop",
        definition: { "fn::fileAsset": "./openapi/shop.yaml" },
      }),
      shopInReleasePublication: of("ApiPublication", "shop-in-RELEASE", {
        envId: releaseId,
        apiIds: ["5".repeat(32)],
        triggers,
      }),
      shopInTestingPublication: of("ApiPublication", "shop-in-testing", {
        envId: "${testingEnv.envId}",
        groupId: "${shopGroup.groupId}",
        triggers,
      }),
      webApp: of("App", "web_app", { name: "web_app", remark: "costs $${price}" }),
      webAppCode1: of("AppCode", "web_app-44444444", { adopt: ids.code, appId: "${webApp.appId}" }),
      authorization1: of(
        "AppAuthorization",
        "web_app-in-RELEASE",
        { envId: releaseId, appIds: ["${webApp.appId}"], apiIds: ["5".repeat(32)] },
        { dependsOn: ["${shopInReleasePublication}"] },
      ),
      credential1: of("BkciCredential", "code", { credentialId: "code", type: "PASSWORD" }),
    });
    assert.deepEqual(plugins, { providers: [{ name: "apig", path: "node_modules/pulumi-apig/plugin" }] });
    assert.match(files.get("Pulumi.yaml") ?? "", /- "5{32}" # GET \/orders\n/);
  });

  it("comes with what a project needs, and no credentials", async () => {
    await simulator.control.seed(scene);
    const { files } = await written(simulator);
    const names = [...files.keys()].sort();
    const expected = [".gitignore", "Pulumi.main.yaml", "Pulumi.yaml", "index.ts", "openapi/shop.yaml"];
    assert.deepEqual(names, [...expected, "package.json", "tsconfig.json"]);
    const { info } = simulator;
    const address = `http://127.0.0.1:${new URL(info.apig).port}/`;
    assert.deepEqual((parse(files.get("Pulumi.main.yaml") ?? "") as { config: object }).config, {
      "huaweicloud:region": "sim-north-1",
      "huaweicloud:projectId": info.projectId,
      "huaweicloud:instanceId": info.instanceId,
      "huaweicloud:endpoints": JSON.stringify({ apig: address, kms: address, iam: address }),
      "bkci:endpoint": address,
      "bkci:projectId": "demo",
    });
  });

  it("has each pair of app and API that exists, and no other", async () => {
    await simulator.control.seed(brownfield);
    const { authorizations } = await rowsOf(simulator);
    const { files } = await written(simulator, "--language", "yaml");
    const { resources } = parse(files.get("Pulumi.yaml") ?? "") as {
      resources: Record<
        string,
        { type: string; properties: { name: string; envId: string; appIds: string[]; apiIds: string[] } }
      >;
    };
    const { apps, environments } = await rowsOf(simulator);
    const idOf = (reference: string) => {
      const variable = /^\$\{(.*)\.\w+\}$/.exec(reference)?.[1];
      if (variable === undefined) return reference;
      const { name } = resources[variable]?.properties ?? {};
      return [...apps, ...environments].find((each) => each.name === name)?.id ?? "";
    };
    const pairs = Object.values(resources)
      .filter(({ type }) => type === "apig:AppAuthorization")
      .flatMap(({ properties: { envId, appIds, apiIds } }) =>
        appIds.flatMap((app) => apiIds.map((apiId) => [idOf(envId), idOf(app), apiId].join())),
      );
    const there = authorizations.map(({ environmentId, appId, apiId }) => [environmentId, appId, apiId].join());
    assert.ok(there.length > 100);
    assert.deepEqual(pairs.sort(), there.sort());
  });

  it("is the same when it is written again", async () => {
    await simulator.control.seed(brownfield);
    for (const language of ["typescript", "yaml"]) {
      const [one, other] = [
        await written(simulator, "--language", language),
        await written(simulator, "--language", language),
      ];
      assert.deepEqual(other.files, one.files);
    }
  });

  it("has only the groups and apps that were asked for, and no codes if so", async () => {
    await simulator.control.seed(brownfield);
    const { files, told } = await written(simulator, "--group", "Shop", "--app", "web_app", "--no-codes");
    const text = files.get("index.ts") ?? "";
    assert.deepEqual(text.match(/new apig\.(ApiImport|App)\("[^"]*"/g), [
      'new apig.ApiImport("Shop"',
      'new apig.App("web_app"',
    ]);
    assert.doesNotMatch(text, /AppCode/);
    assert.ok(told.some((line) => /^left out: \d+ authorizations of or for what is not in the program$/.test(line)));
    await assert.rejects(
      written(simulator, "--group", "SHOP"),
      /the instance has no API group named "SHOP": names count with/,
    );
  });

  it("leaves DEFAULT where it is, and takes its APIs", async () => {
    const { groups } = await rowsOf(simulator);
    const group_id = groups.find(({ isDefault }) => isDefault)?.id ?? "";
    await simulator.control.seed({ apis: [{ definition: { ...api("orders"), group_id } }] });
    const { files } = await written(simulator);
    assert.match(files.get("index.ts") ?? "", new RegExp(`ApiImport\\("DEFAULT", \\{\\s+groupId: "${group_id}",`));
  });
});

describe("The table of pulumi-apig adopt --dry-run", () => {
  it("says what is there, and writes no file", async () => {
    const simulator = await openSimulator();
    try {
      await simulator.control.seed(scene);
      const { printed } = await run(simulator, "--dry-run", "--out", "/nowhere/at/all");
      assert.deepEqual(printed.split("\n"), [
        "type         name     what is there",
        "environment  RELEASE",
        "environment  testing",
        "group        DEFAULT  0 APIs",
        "group        shop     2 APIs, 1 published in RELEASE, 2 published in testing",
        "app          web_app  1 code, may call 1 API in RELEASE",
        "credential   code     PASSWORD",
        "",
      ]);
    } finally {
      await simulator.close();
    }
  });
});
