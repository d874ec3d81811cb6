/** The example in YAML, as it stands in the repository, under the real engine: the plugin by its schema, without a line of code. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { visit } from "../../simulator/gateway/visit";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { rowsOf } from "../../faults/rows";
import { TestStack } from "../../support/stack";
import { temporaryFolder } from "../../support/temporary";
import { configOf } from "../../support/plugin";

const repository = resolve(__dirname, "../../..");

describe("examples/yaml", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const example = join(folder.path, "examples/yaml");
  const definition = join(example, "openapi.yaml");
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    // The example finds the package as in the repository: in the `node_modules` two folders up.
    cpSync(join(repository, "examples/yaml"), example, { recursive: true });
    symlinkSync(join(repository, "node_modules"), join(folder.path, "node_modules"));
    simulator = await openSimulator();
    await simulator.control.options({ gatewayDelay: 0 });
    await simulator.control.clock({ advance: -60_000 }); // the test does not wait for what is new
    await simulator.control.seed({
      secrets: [
        { name: "shop-dev-database", tags: { app: "shop", env: "dev" } },
        { name: "shop-prod-database", tags: { app: "shop", env: "prod" } },
      ],
    });
    stack = await TestStack.open({ program: example, isProject: true, config: configOf(simulator.config) });
  });
  after(async () => {
    await stack.close();
    await simulator.close();
    folder.remove();
  });

  it("comes up without a warning, and its API answers those who have the code", async () => {
    const { outputs, changes, text } = await stack.upWithOutputs();
    assert.deepEqual(changes, { create: 8 });
    assert.doesNotMatch(text, /warning/i);
    assert.deepEqual(Object.keys(outputs["operations"]?.value as object).sort(), [
      "GET /health",
      "GET /products",
      "GET /products/{productId}",
    ]);
    assert.deepEqual(
      (outputs["secrets"]?.value as { name: string }[]).map(({ name }) => name),
      ["shop-dev-database"],
    );
    const { appCode, environment, groupId } = outputs;
    assert.equal(appCode?.secret, true);
    const place = { groupId: groupId?.value as string, stage: environment?.value as string };
    const statuses = [
      await visit(simulator.info, { ...place, path: "/products", code: appCode.value as string }),
      await visit(simulator.info, { ...place, path: "/products" }),
      await visit(simulator.info, { ...place, path: "/health" }),
    ].map(({ status }) => status);
    assert.deepEqual(statuses, [200, 401, 200]);
    await stack.preview({ expectNoChanges: true });
  });

  it("has no secret in clear on disk or on the terminal", async () => {
    const { apps, codes } = await rowsOf(simulator);
    const { text } = await stack.preview({ diff: true });
    const written =
      text + (await stack.backendText()) + readFileSync(join(example, `Pulumi.${stack.stack.name}.yaml`), "utf8");
    for (const secret of [simulator.info.token, simulator.info.bkciAccessToken, apps[0]?.secret, codes[0]?.value]) {
      assert.ok(secret !== undefined && secret.length > 20);
      assert.ok(!written.includes(secret));
    }
  });

  const edit = (from: string, to: string): void => {
    const text = readFileSync(definition, "utf8");
    assert.ok(text.includes(from));
    writeFileSync(definition, text.replace(from, to));
  };
  /** What is not the same in a preview, by name. */
  const changedIn = (steps: readonly { op: string; urn: string }[]): string[] =>
    steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`);

  it("shows a change of the definition as one line of one operation", async () => {
    edit("operationId: getProduct", "operationId: showProduct");
    const { text, steps } = await stack.preview({ diff: true });
    assert.deepEqual(changedIn(steps), ["update shop", "update publication"]);
    const [shown = ""] = /~ apig:index:ApiImport: [^]*?(?=\n {4}~ apig:)/.exec(text) ?? [];
    assert.deepEqual(
      shown.match(/^ *[~+-] [A-Z]+ \/.*$/gm)?.map((line) => line.trim().replaceAll(/#.{8}/g, "#")),
      [
        '~ GET /products/{productId}: "getProduct, public, APP+AppCode, productId*, https://shop.example.com #"' +
          ' => "showProduct, public, APP+AppCode, productId*, https://shop.example.com #"',
      ],
    );
    const { changes } = await stack.up();
    assert.deepEqual(changes, { update: 2, same: 6 });
    await stack.preview({ expectNoChanges: true });
  });

  it("authorizes the app for an operation that is new, or made anew, without another line in the program", async () => {
    edit(
      "paths:\n",
      'paths:\n  /orders:\n    get: { operationId: listOrders, responses: { "200": { description: all } } }\n',
    );
    const { steps } = await stack.preview();
    assert.deepEqual(changedIn(steps), ["update shop", "update publication", "update webMayCall"]);
    await stack.up();
    const { apis, authorizations } = await rowsOf(simulator);
    assert.deepEqual([apis.length, authorizations.length], [4, 3], "/health is open");
    await stack.preview({ expectNoChanges: true });

    edit("operationId: listOrders,", "operationId: listOrders, x-apigateway-match-mode: SWA,");
    assert.deepEqual(changedIn((await stack.preview()).steps), changedIn(steps));
    await stack.up();
    assert.equal((await rowsOf(simulator)).authorizations.length, 3);
    await stack.preview({ expectNoChanges: true });
  });

  it("refreshes without a change, and leaves nothing behind", async () => {
    assert.deepEqual((await stack.refresh()).changes, { same: 8 });
    await stack.preview({ expectNoChanges: true });
    await stack.destroy();
    const { groups, apis, apps, codes, environments, published, authorizations } = await rowsOf(simulator);
    assert.deepEqual([apis, apps, codes, published, authorizations], [[], [], [], [], []]);
    assert.deepEqual([groups.length, environments.length], [1, 1], "DEFAULT and RELEASE");
  });
});
