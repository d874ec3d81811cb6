import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as apig from "../support/apig";
import type { Identity } from "../simulator/core/identity";
import { callsDuring } from "../support/calls";
import { identityOf } from "../support/identities";
import { refusalOf } from "../support/refusal";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

const day = 24 * 3_600_000;

describe("BK-CI authentication, on the engine,", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let identity: Identity;
  let stack: TestStack;
  const folder = temporaryFolder();

  before(async () => {
    simulator = await openSimulator();
    identity = await identityOf(simulator);
  });
  after(async () => {
    await simulator.close();
    folder.remove();
  });
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await TestStack.open({
      program: declare,
      env: { BKCI_ENDPOINT: simulator.info.bkci, BKCI_PROJECT_ID: "demo" },
    });
  });
  afterEach(() => stack.close());

  /** Declares resources that make many calls with one identity. */
  function declare(): Promise<void> {
    for (const name of ["one", "two", "three", "four"]) {
      new apig.BkciCredential(name, { credentialId: name, type: "PASSWORD", password: "not-to-be-seen" });
    }
    return Promise.resolve();
  }

  const enter = (variables: Readonly<Record<string, string>>) =>
    Object.assign(stack.stack.workspace.envVars, variables);
  const secrets = () => [
    "not-to-be-seen",
    simulator.info.bkciAccessToken,
    decodeURIComponent(simulator.info.bkciAccessToken),
  ];
  const credentials = async () => {
    const { bkci } = (await simulator.control.state()) as { bkci: { credentials: { demo: Record<string, unknown> } } };
    return Object.keys(bkci.credentials.demo).sort();
  };
  const all = ["four", "one", "three", "two"];

  /** A program that calls the token endpoint like a logged-in browser, and prints the answer as `print` formats it. */
  function tokenCommand(print: string): string {
    const file = join(folder.path, "token.mjs");
    const cookie = `bk_token=${identity.bkci.login.cookie}`;
    writeFileSync(
      file,
      `const answer = await fetch("${simulator.info.bkci}/ms/auth/api/user/token/get", { headers: { cookie: "${cookie}" } });
       const text = await answer.text();
       console.log(${print});`,
    );
    return `"${process.execPath}" "${file}"`;
  }

  it("by a token from stack config writes it to state and output only encrypted", async () => {
    await stack.stack.setConfig("bkci:accessToken", { value: simulator.info.bkciAccessToken, secret: true });
    const { text } = await stack.up();
    assert.deepEqual(await credentials(), all);
    const everything = text + (await stack.backendText()) + (await stack.preview({ diff: true })).text;
    for (const secret of secrets()) assert.ok(!everything.includes(secret));
    assert.ok(!(await simulator.control.journal()).some(({ path }) => path.includes("access_token=")));
    await stack.destroy();
    assert.deepEqual(await credentials(), []);
  });

  const printed: [form: string, print: string, answer: "bare" | "envelope"][] = [
    ["the bare token", "JSON.parse(text).accessToken", "bare"],
    ["the endpoint's object", "text", "bare"],
    ["the endpoint's envelope", "text", "envelope"],
  ];
  for (const [form, print, bkciTokenAnswer] of printed) {
    it(`by a command that prints ${form} replaces an expired token once for all resources`, async () => {
      await simulator.control.clock({ advance: 2 * day });
      await simulator.control.options({ bkciTokenAnswer });
      enter({ BKCI_ACCESS_TOKEN: simulator.info.bkciAccessToken, BKCI_TOKEN_COMMAND: tokenCommand(print) });
      const calls = await callsDuring(simulator.control, () => stack.up());
      assert.equal(calls["getToken"], 1);
      assert.deepEqual(await credentials(), all);
    });
  }

  it("goes on when the token expires in the middle of an update", async () => {
    enter({ BKCI_ACCESS_TOKEN: simulator.info.bkciAccessToken, BKCI_TOKEN_COMMAND: tokenCommand("text") });
    stack.use(async () => {
      await declare();
      const first = new apig.BkciCredential("first", {
        credentialId: "first",
        type: "PASSWORD",
        password: "first-one",
      });
      const later = first.credentialId.apply(async () => {
        await simulator.control.clock({ advance: 2 * day });
        return "last-one";
      });
      new apig.BkciCredential(
        "last",
        { credentialId: "last", type: "PASSWORD", password: later },
        { dependsOn: first },
      );
    });
    const calls = await callsDuring(simulator.control, () => stack.up());
    assert.equal(calls["getToken"], 1);
    assert.deepEqual(await credentials(), ["first", "four", "last", ...all.slice(1)]);
  });

  it("without tokens sends only the user's name", async () => {
    await simulator.control.options({ bkciTokens: false });
    enter({ BKCI_USER_ID: "admin" });
    await stack.up();
    assert.deepEqual(await credentials(), all);
  });

  it("with a token that is past its expirationTime fails before anything is sent", async () => {
    enter({ BKCI_ACCESS_TOKEN: simulator.info.bkciAccessToken, BKCI_TOKEN_EXPIRATION_TIME: "1600000000000" });
    const message = await refusalOf(stack.up(), secrets());
    assert.match(message, /the BK-CI access token expired at 2020-09-13T12:26:40\.000Z.*token\/get.*bkci:tokenCommand/);
    assert.deepEqual(await simulator.control.journal(), []);
  });

  it("that is refused says why and what to do, in any language of the server", async () => {
    const { bkciAccessToken } = simulator.info;
    const cases: [token: string, later: number, message: RegExp][] = [
      [bkciAccessToken, 2 * day, /HTTP 400.*past its time.*bkci:accessToken \(BKCI_ACCESS_TOKEN\).*bkci:tokenCommand/],
      ["not-a-token-at-all", 0, /HTTP 400.*does not know this token.*copied whole/],
      ["", 0, /HTTP 400.*set bkci:accessToken \(BKCI_ACCESS_TOKEN\)/],
    ];
    for (const [n, [token, later, expected]] of cases.entries()) {
      await simulator.control.reset();
      await simulator.control.options({ bkciLanguage: n === 1 ? "en" : "zh" });
      await simulator.control.clock({ advance: later });
      enter({ BKCI_ACCESS_TOKEN: token, BKCI_USER_ID: token === "" ? "admin" : "" });
      const message = await refusalOf(stack.up(), [...secrets(), "not-a-token-at-all"]);
      assert.match(message, expected);
      assert.deepEqual(await credentials(), []);
    }
  });
});
