/** Create, update and delete of a credential that only this stack writes. */
import assert from "node:assert/strict";
import { handlersFor } from "../../support/handlers";
import { Life, type Bag } from "../../support/life";
import { openSimulator } from "../../simulator/open";
import { later, life, password, rsa, setUp, simulator, stored } from "./setup";

describe("BkciCredential", () => {
  setUp();

  it("is created, comes to rest, is updated in place with all its values, and deleted", async () => {
    assert.equal(await life.up({ ...password, name: "网关.code", remark: "for the gateway" }), "create");
    assert.equal(life.id, `${simulator.info.bkciProjectId}/gateway_code`);
    const { gateway_code: made } = await stored();
    assert.deepEqual(
      [made?.credentialName, made?.credentialType, made?.credentialRemark, made?.values],
      ["网关.code", "PASSWORD", "for the gateway", { v1: "one" }],
    );
    assert.equal(await life.up({ ...password, name: "网关.code", remark: "for the gateway" }), "same");
    const before = life.outputs;
    assert.ok(await life.refresh());
    assert.deepEqual(life.outputs, before);

    await later();
    assert.equal(await life.up({ ...password, password: "two" }), "update");
    const { gateway_code: changed } = await stored();
    assert.deepEqual(
      [changed?.credentialName, changed?.credentialRemark, changed?.values],
      ["gateway_code", null, { v1: "two" }],
      "name and remark that the program drops are reset",
    );
    await later();
    await life.refresh();
    assert.equal(await life.up({ ...password, password: "two" }), "same", "an own write is no drift");
    await life.destroy();
    assert.deepEqual(await stored(), {});
  });

  const types: Record<string, Bag> = {
    PASSWORD: { password: "p" },
    MULTI_LINE_PASSWORD: { password: "p\nq\n" },
    ACCESSTOKEN: { accessToken: "t" },
    OAUTHTOKEN: { oauthToken: "t" },
    SECRETKEY: { secretKey: "s" },
    USERNAME_PASSWORD: { username: "u", password: "p" },
    APPID_SECRETKEY: { appId: "a", secretKey: "s" },
    SSH_PRIVATEKEY: { privateKey: rsa("k"), passphrase: "x" },
    TOKEN_SSH_PRIVATEKEY: { token: "t", privateKey: rsa("k") },
    TOKEN_USERNAME_PASSWORD: { token: "t", username: "u", password: "p" },
    COS_APPID_SECRETID_SECRETKEY_REGION: { cosAppId: "1", secretId: "i", secretKey: "s", region: "r" },
  };
  for (const [type, values] of Object.entries(types)) {
    it(`of type ${type} stores its values in their order`, async () => {
      await life.up({ credentialId: "c", type, ...values });
      const { c } = await stored();
      assert.equal(c?.credentialType, type);
      assert.deepEqual(Object.values(c.values), Object.values(values));
      assert.equal(await life.up({ credentialId: "c", type, ...values }), "same");
    });
  }

  const decide = async (from: Bag, to: Bag) => {
    const { BkciCredential } = handlersFor(simulator);
    await life.up(from);
    const { inputs } = await BkciCredential.check({}, to);
    return BkciCredential.diff(life.id, life.outputs, inputs);
  };

  it("deletes the old one first when its type or its id changes", async () => {
    const ssh = { credentialId: "gateway_code", type: "SSH_PRIVATEKEY", privateKey: rsa("k") };
    const { replaces, deleteBeforeReplace } = await decide(password, ssh);
    assert.deepEqual([replaces, deleteBeforeReplace], [["type"], true]);
    assert.equal(await life.up(ssh), "replace");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: ssh.privateKey });
    assert.equal(await life.up({ ...ssh, credentialId: "other" }), "replace");
    assert.deepEqual(Object.keys(await stored()), ["other"]);
  });

  it("is made in another project after the old one is gone, which stays if that project is none", async () => {
    await simulator.control.seed({ projects: [{ englishName: "second", members: { admin: "manager" } }] });
    const decision = await decide(password, { ...password, projectId: "second" });
    assert.deepEqual(decision, { changes: true, replaces: ["projectId"], deleteBeforeReplace: true });
    await assert.rejects(life.up({ ...password, projectId: "nowhere" }), { message: /project nowhere/ });
    assert.deepEqual(Object.keys(await stored()), ["gateway_code"]);
    await life.up({ ...password, projectId: "second" });
    assert.deepEqual([Object.keys(await stored()), Object.keys(await stored("second"))], [[], ["gateway_code"]]);
  });

  it("changes a passphrase in place, but needs a replacement to remove it", async () => {
    const ssh = { credentialId: "key", type: "SSH_PRIVATEKEY", privateKey: rsa("k") };
    await life.up({ ...ssh, passphrase: "one" });
    assert.equal(await life.up({ ...ssh, passphrase: "two" }), "update");
    assert.equal(await life.up(ssh), "replace");
    assert.deepEqual((await stored())["key"]?.values, { v1: ssh.privateKey });
    assert.equal(await life.up({ ...ssh, passphrase: "three" }), "update");
    assert.deepEqual((await stored())["key"]?.values, { v1: ssh.privateKey, v2: "three" });
  });

  it("stays on its server when the settings are for another one, which gets none of it", async () => {
    await life.up(password);
    const other = await openSimulator();
    try {
      const there = { "bkci:endpoint": other.info.bkci, "bkci:accessToken": other.info.bkciAccessToken };
      const moved = new Life(() => handlersFor(simulator, there).BkciCredential);
      Object.assign(moved, { id: life.id, inputs: life.inputs, outputs: life.outputs });
      const { inputs } = await handlersFor(simulator, there).BkciCredential.check({}, password);
      const diff = await handlersFor(simulator, there).BkciCredential.diff(life.id, life.outputs, inputs);
      assert.deepEqual(diff, { changes: true, replaces: ["server"], deleteBeforeReplace: false });
      for (const attempt of [() => moved.refresh(), () => moved.destroy()]) {
        await assert.rejects(attempt(), { message: /recorded on the BK-CI server .*bkci:endpoint \(BKCI_ENDPOINT\)/ });
      }
      assert.deepEqual(await other.control.journal(), []);
    } finally {
      await other.close();
    }
    assert.deepEqual(Object.keys(await stored()), ["gateway_code"]);
  });

  it("of a state without a server is on the one of the settings, and remembers that from then on", async () => {
    await life.up(password);
    const { server } = life.outputs;
    life.outputs = Object.fromEntries(Object.entries(life.outputs).filter(([key]) => key !== "server"));
    assert.equal(await life.up(password), "same");
    const before = life.outputs;
    await life.refresh();
    assert.deepEqual(life.outputs, before);
    assert.equal(await life.up({ ...password, password: "two" }), "update");
    assert.equal(life.outputs["server"], server);
  });
});
