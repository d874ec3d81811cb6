import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "../support/apig";
import manifest from "../../package.json";
import { packTo, repository, run } from "../support/packed";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack, withStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

/** The oldest supported SDK, and the newest one when this was written. */
const ends = [manifest.peerDependencies["@pulumi/pulumi"].replace("^", ""), "3.276.0"];

/** Declares one resource of each type, for others to read. */
function owner() {
  const app = new apig.App("app", { name: "theirs" });
  const code = new apig.AppCode("code", { appId: app.appId });
  const definition = new pulumi.asset.FileAsset(join(repository, "examples/rotation/openapi.yaml"));
  const group = new apig.ApiImport("group", { definition });
  const environment = new apig.Environment("environment", { name: "theirs" });
  const { envId } = environment;
  const publication = new apig.ApiPublication("publication", { envId, groupId: group.groupId });
  const apiIds = publication.published.apply((apis) => apis.map(({ apiId }) => apiId));
  const authorization = new apig.AppAuthorization("authorization", { envId, appIds: [app.appId], apiIds });
  const credential = new apig.BkciCredential("credential", {
    credentialId: "theirs",
    type: "ACCESSTOKEN",
    accessToken: code.appCode,
  });
  const all = { app, code, group, environment, publication, authorization, credential };
  return Promise.resolve(Object.fromEntries(Object.entries(all).map(([name, { id }]) => [name, id])));
}

/** Reads all of them, and uses every id: a change of `rotate` replaces the code, and so does a change of its app. */
const user = `
const apig = require("pulumi-apig");
const { own, ids } = JSON.parse(process.env.PROGRAM);
const app = apig.App.get("app", ids.app);
const code = apig.AppCode.get("code", ids.code);
const group = apig.ApiImport.get("group", ids.group);
const environment = apig.Environment.get("environment", ids.environment);
const publication = apig.ApiPublication.get("publication", ids.publication);
const authorization = apig.AppAuthorization.get("authorization", ids.authorization);
const credential = apig.BkciCredential.get("credential", ids.credential);

const mine = new apig.App("mine", own);
const apiIds = publication.published.apply((apis) => apis.map(({ apiId }) => apiId));
new apig.AppAuthorization("mine", { envId: environment.envId, appIds: [mine.appId], apiIds });
new apig.AppCode("theirs", {
  appId: app.appId,
  instanceId: app.instanceId,
  rotate: {
    code: code.appCodeId, appOfCode: code.appId, instanceOfCode: code.instanceId,
    group: group.groupId, instanceOfGroup: group.instanceId,
    instanceOfEnvironment: environment.instanceId,
    environmentOfPublication: publication.envId, groupOfPublication: publication.groupId,
    environmentOfAuthorization: authorization.envId,
    credential: credential.credentialId, project: credential.projectId,
  },
});
new apig.AppCode("mine", { appId: mine.appId });
`;

describe("The package, as npm installs it beside an SDK", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let theirs: TestStack;
  let folder: ReturnType<typeof temporaryFolder>;
  let archive: string;
  let ids: object;

  before(async () => {
    folder = temporaryFolder();
    ({ archive } = await packTo(folder.path));
    simulator = await openSimulator();
    theirs = await TestStack.open({ program: owner, config: simulator.config });
    const { outputs } = await theirs.upWithOutputs();
    ids = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as string]));
  });
  after(async () => {
    await theirs.close();
    await simulator.close();
    folder.remove();
  });

  for (const version of ends) {
    it(`${version}: looked-up values are known in every preview, and so are the ids of an app that is updated`, async () => {
      const program = mkdtempSync(join(folder.path, "program-"));
      writeFileSync(join(program, "package.json"), JSON.stringify({ name: "user", main: "index.js" }));
      writeFileSync(join(program, "index.js"), user);
      const install = ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
      await run("npm", [...install, `@pulumi/pulumi@${version}`, archive], { cwd: program });
      await withStack({ program, config: simulator.config }, async (stack) => {
        const name = `v${version.replaceAll(".", "_")}`;
        const declare = (remark: string) =>
          Object.assign(stack.stack.workspace.envVars, { PROGRAM: JSON.stringify({ own: { name, remark }, ids }) });
        declare("one");
        await stack.up();
        await stack.preview({ expectNoChanges: true });
        declare("two");
        const { changes } = await stack.preview();
        assert.deepEqual([changes.update, changes.replace], [1, undefined]);
        await stack.refresh({ expectNoChanges: true });
        await stack.destroy();
      });
    });
  }
});
