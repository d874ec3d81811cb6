import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown, type Bag } from "../../support/life";
import { life, password, rsa, setUp, simulator } from "./setup";

describe("BkciCredential", () => {
  setUp();

  it("says at preview where its server is to be set", async () => {
    const handler = handlersFor(simulator, { "bkci:endpoint": "" }).BkciCredential;
    const { failures } = await handler.check({}, password);
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.match(failures[0]!.reason, /bkci:endpoint .*BKCI_ENDPOINT/);
  });

  describe("at preview, without a call", () => {
    const ssh = { credentialId: "key", type: "SSH_PRIVATEKEY" };
    const rows: [title: string, inputs: Bag, property: string, reason: RegExp][] = [
      ["an id with a hyphen", { ...password, credentialId: "a-b" }, "credentialId", /1 to 40/],
      ["an empty id", { ...password, credentialId: "" }, "credentialId", /1 to 40/],
      ["an id of 41 characters", { ...password, credentialId: "x".repeat(41) }, "credentialId", /1 to 40/],
      ["a name of 65 characters", { ...password, name: "x".repeat(65) }, "name", /1 to 64/],
      ["a name with a space", { ...password, name: "a b" }, "name", /1 to 64/],
      ["a type that does not exist", { ...password, type: "PASSWORT" }, "type", /must be one of PASSWORD, /],
      ["a missing value", { credentialId: "c", type: "PASSWORD" }, "", /^password: required for type PASSWORD/],
      ["a value of another type", { ...password, token: "t" }, "", /^token: type PASSWORD has no such value/],
      ["a user name where there is none", { ...password, username: "u" }, "username", /only password$/],
      ["a blank value", { ...password, password: " \n" }, "", /^password: must not be blank/],
      ["the mask as a value", { ...password, password: "******" }, "", /^password: .*mask/],
      [
        "a key with a line break at its end",
        { ...ssh, privateKey: `${rsa("k")}\n` },
        "",
        /^privateKey: ends with a line/,
      ],
      ["a key without its header", { ...ssh, privateKey: "k" }, "", /^privateKey: must start with/],
      ["a key without its footer", { ...ssh, privateKey: rsa("k").slice(0, -9) }, "", /^privateKey: must end with/],
      ["a project that is a path", { ...password, projectId: "a/b" }, "projectId", /English name/],
      ["a property that does not exist", { ...password, v1: "x" }, "", /^v1: no such property/],
      ["what only a refresh may write", { ...password, drift: ["x"] }, "", /^drift: no such property/],
    ];
    for (const [title, inputs, property, reason] of rows) {
      it(`refuses ${title}`, async () => {
        const calls = await callsDuring(simulator.control, async () => {
          const failures = await life.failures(inputs);
          assert.equal(failures.length, 1, JSON.stringify(failures));
          assert.equal(failures[0]?.property, property);
          assert.match(failures[0].reason, reason);
        });
        assert.deepEqual(calls, {});
      });
    }

    it("lets unknown values pass, and counts them as given", async () => {
      assert.deepEqual(await life.failures({ credentialId: "c", type: "PASSWORD", password: unknown }), []);
      assert.deepEqual(await life.failures({ credentialId: "c", type: unknown, password: "p", token: "t" }), []);
      const [foreign] = await life.failures({ ...password, token: unknown });
      assert.match(foreign?.reason ?? "", /^token: type PASSWORD has no such value/);
    });

    it("takes the project from the settings, and says where to set it", async () => {
      const { BkciCredential } = handlersFor(simulator);
      assert.equal((await BkciCredential.check({}, password)).inputs["projectId"], "demo");
      const without = new Life(() => handlersFor(simulator, { "bkci:projectId": "" }).BkciCredential);
      const [missing] = await without.failures(password);
      assert.equal(missing?.property, "projectId");
    });

    it("takes lengths and characters at their limits", async () => {
      const longest = { credentialId: `${"x".repeat(39)}_`, name: "测-._".repeat(16), remark: "any 测试 remark" };
      assert.deepEqual(await life.failures({ ...password, ...longest }), []);
      await life.up({ ...password, ...longest });
    });
  });
});
