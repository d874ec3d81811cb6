import assert from "node:assert/strict";
import * as apig from "../support/apig";
import { Outside } from "../simulator/outside";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

const envId = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const key = "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n-----END OPENSSH PRIVATE KEY-----";

describe("bad input on the engine", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let stack: TestStack;

  before(async () => {
    simulator = await openSimulator();
    stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
  });
  after(async () => {
    await stack.close();
    await simulator.close();
  });

  function declare(program: () => unknown): void {
    stack.use(() => Promise.resolve(void program()));
  }

  const refused: readonly [what: string, program: () => unknown, line: RegExp][] = [
    [
      "an API id beside a group that it may not be in",
      () => new apig.ApiPublication("bad", { envId, groupId: "group", apiIds: ["api"] }),
      /^ *error: .*ApiPublication.* 'bad'.*apiIds.* give either groupId or apiIds, not both$/m,
    ],
    [
      "a credential id with a hyphen",
      () => new apig.BkciCredential("bad", { credentialId: "shop-code", type: "PASSWORD", password: "canary" }),
      /^ *error: .*BkciCredential.* 'bad'.*credentialId.* must have 1 to 40 letters, digits or underscores$/m,
    ],
    [
      "a private key with a trailing newline",
      () => new apig.BkciCredential("bad", { credentialId: "key", type: "SSH_PRIVATEKEY", privateKey: `${key}\n` }),
      /^ *error: .*BkciCredential.* 'bad'.*privateKey: ends with a line break or space/m,
    ],
    [
      "a name of 65 characters",
      () => new apig.Environment("bad", { name: "x".repeat(65) }),
      /^ *error: .*Environment.* 'bad'.*name.* must have 3 to 64 letters, digits or underscores/m,
    ],
  ];
  for (const [what, program, line] of refused) {
    it(`${what} is refused at preview in one line that names the property, without a secret and without a call`, async () => {
      declare(program);
      await assert.rejects(stack.preview(), ({ message }: Error) => {
        assert.match(message, line);
        assert.ok(!message.includes("canary"));
        return true;
      });
      assert.deepEqual(await simulator.control.journal(), []);
    });
  }

  it("an authorization for an API that is not published is refused in one line with the service's words", async () => {
    const outside = new Outside(simulator.info);
    const { id: groupId } = await outside.apig<{ id: string }>("POST", "/api-groups", { name: "others" });
    const { id: apiId } = await outside.apig<{ id: string }>("POST", "/apis", {
      group_id: groupId,
      name: "secluded",
      type: 1,
      req_protocol: "HTTPS",
      req_method: "GET",
      req_uri: "/secluded",
      auth_type: "APP",
      backend_type: "MOCK",
      mock_info: { result_content: "" },
    });
    declare(() => {
      const { appId } = new apig.App("app", { name: "early" });
      return new apig.AppAuthorization("bad", { envId, appIds: [appId], apiIds: [apiId] });
    });
    await assert.rejects(stack.up(), ({ message }: Error) => {
      assert.match(
        message,
        /^ *error: .*app early for API secluded: .*APIG\.3015.* must be published in the environment/m,
      );
      return true;
    });
  });
});
