import assert from "node:assert/strict";
import * as apig from "../support/apig";
import { callsDuring } from "../support/calls";
import { Outside } from "../simulator/outside";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

/** A definition whose operations have a mock back end and accept AppCodes. */
const definition = (...paths: string[]) => ({
  openapi: "3.0.0",
  info: { title: "delivery", version: "1" },
  paths: Object.fromEntries(
    paths.map((path) => [
      `/${path}`,
      {
        get: {
          operationId: path,
          security: [{ app: [] }],
          "x-apigateway-backend": { type: "MOCK", mockEndpoints: { "result-content": path } },
          responses: { 200: { description: "ok" } },
        },
      },
    ]),
  ),
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
});

describe("from a definition to a credential that a pipeline reads, on the engine", function () {
  this.timeout(180_000);
  let simulator: TestSimulator;
  let outside: Outside;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
  });
  afterEach(() => stack.close());

  const granted = async () => {
    const { apps } = await outside.apig<{ apps: { id: string }[] }>("GET", "/apps");
    const path = `/app-auths/binded-apis?app_id=${apps[0]?.id ?? ""}`;
    const { auths } = await outside.apig<{ auths: { api_name: string; env_name: string }[] }>("GET", path);
    return auths.map(({ api_name, env_name }) => `${api_name} in ${env_name}`).sort();
  };
  const credential = async () => {
    const { bkci } = (await simulator.control.state()) as {
      bkci: { credentials: Record<string, Record<string, { credentialType: string; values: object }>> };
    };
    return bkci.credentials[simulator.info.bkciProjectId]?.["gateway_code"];
  };

  function declare(paths: string[], credentialArgs: Partial<apig.BkciCredentialArgs> = {}) {
    stack.use(() => {
      const api = new apig.ApiImport("api", { definition: definition(...paths) });
      const testing = new apig.Environment("testing", { name: "testing" });
      const online = new apig.ApiPublication("online", {
        envId: testing.envId,
        groupId: api.groupId,
        triggers: api.operations,
      });
      const app = new apig.App("app", { name: "pipeline" });
      new apig.AppAuthorization("calls", {
        envId: testing.envId,
        appIds: [app.appId],
        apiIds: online.published.apply((all) => all.map(({ apiId }) => apiId)),
      });
      const code = new apig.AppCode("code", { appId: app.appId, propagationSeconds: 0 });
      const project = apig.getBkciProject();
      new apig.BkciCredential("delivered", {
        projectId: project.projectId,
        credentialId: "gateway_code",
        type: "ACCESSTOKEN",
        accessToken: code.appCode,
        ...credentialArgs,
      });
      return Promise.resolve({ code: code.appCode, project: project.name });
    });
  }

  it("one up makes everything, a second one changes nothing, all follows the definition and leaves nothing behind", async () => {
    declare(["pets"]);
    const planned = await stack.preview();
    assert.equal(planned.changes.create, 8);
    const { outputs } = await stack.upWithOutputs();
    assert.deepEqual(await granted(), ["pets in testing"]);
    assert.deepEqual((await credential())?.values, { v1: outputs["code"]?.value as string });

    await stack.preview({ expectNoChanges: true });
    const refreshed = await stack.refresh();
    assert.equal(refreshed.changes.same, 8);
    const { getProject, ...others } = await callsDuring(simulator.control, () => stack.up());
    assert.ok(getProject);
    assert.deepEqual(others, {}, "with nothing changed only the look-up asks");

    declare(["pets", "orders"]);
    await stack.up();
    assert.deepEqual(await granted(), ["orders in testing", "pets in testing"]);
    await stack.preview({ expectNoChanges: true });

    declare(["orders"]);
    await stack.up();
    assert.deepEqual(await granted(), ["orders in testing"]);
    await stack.refresh();
    await stack.preview({ expectNoChanges: true });

    await stack.destroy();
    assert.equal(await credential(), undefined);
    for (const kind of ["apis", "apps"] as const) {
      assert.equal((await outside.apig<{ total: number }>("GET", `/${kind}`)).total, 0);
    }
    assert.equal((await outside.apig<{ total: number }>("GET", "/envs")).total, 1);
  });

  it("the next preview says what somebody changed, and the next update repairs it", async () => {
    declare(["pets", "orders"]);
    await stack.up();
    const { apis } = await outside.apig<{ apis: { id: string; name: string; run_env_id: string }[] }>("GET", "/apis");
    const pets = apis.find(({ name }) => name === "pets")!;
    const [app] = (await outside.apig<{ apps: { id: string }[] }>("GET", "/apps")).apps;
    const { auths } = await outside.apig<{ auths: { id: string; api_id: string }[] }>(
      "GET",
      `/app-auths/binded-apis?app_id=${app!.id}`,
    );
    await outside.apig("DELETE", `/app-auths/${auths.find(({ api_id }) => api_id !== pets.id)!.id}`);
    await outside.apig("POST", "/apis/action", { action: "offline", env_id: pets.run_env_id, api_id: pets.id });
    await stack.refresh();
    const { text } = await stack.preview({ diff: true });
    assert.match(text, new RegExp(`- *\\[0\\]: "API pets \\(${pets.id}\\) is not published"`));
    assert.match(text, new RegExp(`- *\\[0\\]: "app ${app!.id} may not call API`));
    await stack.up();
    await stack.refresh();
    await stack.preview({ expectNoChanges: true });
    assert.equal((await granted()).length, 2);
  });

  it("a credential of another type replaces the old one, which is deleted first; no value is in clear text", async () => {
    const key = (text: string) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${text}\n-----END OPENSSH PRIVATE KEY-----`;
    const planted = ["canary-password-1", "canary-key-2", "canary-passphrase-3"] as const;
    const ssh = { type: "SSH_PRIVATEKEY", privateKey: key(planted[1]), accessToken: undefined } as const;
    declare(["pets"], { type: "PASSWORD", password: planted[0], accessToken: undefined });
    const texts = [(await stack.up()).text];
    declare(["pets"], { ...ssh, passphrase: planted[2] });
    const replaced = await stack.up();
    assert.equal(replaced.changes.replace, 1);
    declare(["pets"], ssh);
    const preview = await stack.preview({ diff: true });
    assert.equal(preview.changes.replace, 1);
    await stack.up();
    assert.deepEqual((await credential())?.values, { v1: ssh.privateKey });
    texts.push(replaced.text, preview.text, (await stack.refresh()).text, await stack.backendText());
    for (const text of texts) for (const secret of planted) assert.ok(!text.includes(secret));
    const writes = (await simulator.control.journal()).map(({ operation }) => operation);
    assert.deepEqual(
      writes.filter((operation) => /^(create|delete)Credential$/.test(operation)),
      ["createCredential", "deleteCredential", "createCredential", "deleteCredential", "createCredential"],
    );
  });

  it("a refused value stops the preview with the name of its input, without the value", async () => {
    const planted = "canary-value";
    declare(["pets"], { type: "SSH_PRIVATEKEY", accessToken: undefined, privateKey: planted });
    await assert.rejects(stack.preview(), ({ message }: Error) => {
      assert.match(message, /privateKey: must start with -----BEGIN RSA PRIVATE KEY-----/);
      assert.ok(!message.includes(planted));
      return true;
    });
  });
});
