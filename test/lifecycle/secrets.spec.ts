import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ProviderArgs } from "pulumi-apig";
import { rowsOf } from "../faults/rows";
import type { Identity } from "../simulator/core/identity";
import type { IamState } from "../simulator/iam/state";
import { at, byKey, byPassword, environmentOf, identityOf } from "../support/identities";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

const program = resolve(__dirname, "../fixtures/secrets");
const [first, second] = ["canary-one-4b7f", "canary-two-9d3e"];

/** Spellings of a secret in a text. In base64 only some digits depend on the secret alone. */
function spellingsOf(secret: string): string[] {
  const digits = [0, 1, 2].map((before) => {
    const text = Buffer.from("-".repeat(before) + secret).toString("base64");
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + secret.length) * 4) / 3));
  });
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...digits];
}

/** Checks that a text does not have the secret. The error shows where it is, without the secret itself. */
function assertHides(text: string, secret: string, what: string): void {
  for (const spelling of spellingsOf(secret)) {
    const found = text.indexOf(spelling);
    assert.equal(found, -1, `a secret in ${what}, after: ${text.slice(Math.max(0, found - 120), found)}`);
  }
}

/**
 * The engine's events without its debug log. Here the log is always on, and has unmasked secrets: docs/secrets.md warns
 * of that.
 */
function withoutDebugLog(events: string): string {
  return events.replace(/^\{.*"severity":"debug".*$/gm, "");
}

/** Secrets are searched in everything that leaves the engine, the provider and the program. */
describe("No secret", function () {
  this.timeout(240_000);
  let simulator: TestSimulator;
  let identity: Identity;
  let stack: TestStack;
  const folder = temporaryFolder();
  const texts = new Map<string, string>();
  const secrets = new Set<string>([first, second]);

  before(async () => {
    simulator = await openSimulator();
    identity = await identityOf(simulator);
    await learnSecrets();
    const { "bkci:accessToken": bkciToken, ...config } = simulator.config;
    stack = await TestStack.open({
      program,
      config,
      env: {
        ...environmentOf(byKey(identity.keys[0]!)),
        BKCI_ACCESS_TOKEN: bkciToken!.value,
        CANARY: first,
        PROVIDERS: JSON.stringify(explicitProviders()),
      },
    });
  });
  after(async () => {
    await stack.close();
    await simulator.close();
    folder.remove();
  });
  afterEach(() => texts.clear());

  /** The other kinds of credentials: from inputs, from the environment, from a command. */
  function explicitProviders(): Record<string, ProviderArgs> {
    const { info } = simulator;
    const [north] = identity.places;
    const huaweicloud = { ...at(simulator, north!), projectId: north!.projectId };
    const bkci = { endpoint: info.bkci, projectId: info.bkciProjectId };
    const tokenFile = join(folder.path, "token");
    writeFileSync(tokenFile, info.bkciAccessToken, { mode: 0o600 });
    return {
      temporary: {
        huaweicloud: { ...huaweicloud, ...byKey(identity.keys[2]!) },
        bkci: { ...bkci, accessToken: info.bkciAccessToken },
      },
      password: { huaweicloud: { ...huaweicloud, ...byPassword(identity.users[1]!, identity) } },
      token: { huaweicloud: { ...huaweicloud, token: info.token } },
      environment: { huaweicloud, bkci: { ...bkci, tokenCommand: `cat "${tokenFile}"` } },
    };
  }

  /** Adds the secrets that the services made. Replaced ones stay secrets. */
  async function learnSecrets(): Promise<void> {
    const rows = await rowsOf(simulator);
    const { iam } = (await simulator.control.state()) as unknown as { iam: IamState };
    const { secret, login } = identity.bkci;
    const found = [
      ...Object.keys(iam.tokens),
      ...iam.users.map(({ password }) => password),
      ...iam.keys.flatMap(({ accessKey, secretKey, securityToken }) => [accessKey, secretKey, securityToken ?? ""]),
      ...[secret, login.cookie],
      ...[simulator.info.bkciAccessToken, decodeURIComponent(simulator.info.bkciAccessToken)],
      ...rows.apps.map((app) => app.secret),
      ...rows.codes.map(({ value }) => value),
    ];
    for (const each of found) if (each !== "") secrets.add(each);
  }

  const environment = (changes: Record<string, string>) => Object.assign(stack.stack.workspace.envVars, changes);

  /** Collects what a successful operation prints. */
  async function hear(what: string, operation: Promise<{ text: string }>): Promise<void> {
    texts.set(what, (await operation).text);
    await learnSecrets();
  }

  /** Collects what a failed operation prints, and its error. */
  async function hearFailure(what: string, operation: Promise<unknown>): Promise<void> {
    const failure = await operation.then(
      () => assert.fail(`${what} got through`),
      (error: unknown) => (error instanceof Error ? `${error.message}\n${String(error.stack)}` : String(error)),
    );
    texts.set(what, failure);
    await learnSecrets();
  }

  async function command(...args: string[]): Promise<void> {
    const { stdout, stderr } = await stack.command(...args);
    texts.set(args.join(" "), withoutDebugLog(stdout + stderr));
    await learnSecrets();
  }

  async function assertClean(): Promise<void> {
    texts.set("files of the state backend", await stack.backendText());
    for (const [what, text] of texts) {
      assert.ok(text.length > 0, `${what} says nothing`);
      for (const secret of secrets) assertHides(text, secret, what);
    }
  }

  it("is in what is printed or written by previews, updates and a refresh", async () => {
    await command("preview", "--json", "--diff");
    await command("up", "--yes", "--skip-preview", "--json");
    const made = await rowsOf(simulator);
    assert.deepEqual([made.credentials.length, made.environments.length, made.codes.length], [13, 5, 2]);

    environment({ CANARY: second });
    await hear("preview --diff", stack.preview({ diff: true }));
    await hear("up with other values", stack.up({ diff: true }));
    const codes = (await rowsOf(simulator)).codes.map(({ value }) => value);
    assert.ok(!made.codes.some(({ value }) => codes.includes(value)), "both codes are others now");

    await hear("refresh", stack.refresh({ diff: true }));
    await command("stack", "export");
    await command("stack", "output", "--json");
    await command("stack", "history", "--json");
    await command("config", "--json");
    await assertClean();
    assert.ok(secrets.size > 20, "issued tokens and replaced codes were looked for too");
  });

  it("is in the error about a wrong secret", async () => {
    const refusals = {
      "app-secret": /appSecret: must have 8 to 128 characters/,
      "app-code": /appCode: must have 64 to 180 characters/,
      stray: /PASSWORD.*token|token.*PASSWORD/s,
      ssh: /privateKey: /,
    };
    const { PROVIDERS: providers = "" } = stack.stack.workspace.envVars;
    for (const [mistake, refusal] of Object.entries(refusals)) {
      environment({ MISTAKE: mistake, PROVIDERS: "{}" });
      await hearFailure(mistake, stack.preview({ diff: true }));
      assert.match(texts.get(mistake) ?? "", refusal);
    }
    environment({ MISTAKE: "", PROVIDERS: providers });
    await assertClean();
  });

  it("is in an error, even if the service repeats what it was sent", async () => {
    environment({ CANARY: first });
    const { token, bkciAccessToken } = simulator.info;
    const echo = (operation: string, secret: string) => ({
      operation,
      times: 100,
      kind: { status: 400, message: `Invalid value ${secret}, ${Buffer.from(secret).toString("base64")}` },
    });
    await simulator.control.faults({
      faults: [
        echo("UpdateAppV2", `${first}-app-secret`),
        echo("CreateAppCodeV2", `${first}-app-code`.padEnd(70, "0")),
        echo("ListAppCodesV2", token),
        echo("DeleteAppCodeV2", token),
        echo("bkci", bkciAccessToken),
      ],
    });
    await hearFailure("a failed up", stack.up());
    await hearFailure("a failed refresh", stack.refresh());
    await hearFailure("a failed destroy", stack.destroy());
    for (const [what, text] of texts) assert.match(text, /Invalid value \[secret\], \[secret\]/, what);
    await simulator.control.faults({});
    await assertClean();
  });

  it("is left behind by a destroy", async () => {
    await hear("up", stack.up());
    await hear("destroy", stack.destroy());
    const { credentials, codes, apps } = await rowsOf(simulator);
    assert.deepEqual([credentials, codes, apps], [[], [], []]);
    await assertClean();
  });
});
