import assert from "node:assert/strict";
import { callsDuring } from "../../support/calls";
import { handlersFor } from "../../support/handlers";
import { Life, unknown, type Bag } from "../../support/life";
import { openSimulator, type TestSimulator } from "../../simulator/open";

const rsa = (text: string) => `-----BEGIN RSA PRIVATE KEY-----\n${text}\n-----END RSA PRIVATE KEY-----`;

interface Stored {
  readonly credentialName: string;
  readonly credentialType: string;
  readonly credentialRemark: string | null;
  readonly values: Record<string, string>;
}

describe("BkciCredential", () => {
  let simulator: TestSimulator;
  let life: Life;

  before(async () => {
    simulator = await openSimulator();
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await simulator.control.reset();
    life = new Life(() => handlersFor(simulator).BkciCredential);
  });

  /** What BK-CI really holds, which no API shows. */
  const stored = async (projectId = simulator.info.bkciProjectId): Promise<Record<string, Stored>> => {
    const { bkci } = (await simulator.control.state()) as {
      bkci?: { credentials: Record<string, Record<string, Stored> | undefined> };
    };
    return bkci?.credentials[projectId] ?? {};
  };
  /** Somebody else with the same rights. */
  const outside = async (method: string, id: string, body?: object): Promise<void> => {
    const { bkci, bkciAccessToken, bkciProjectId } = simulator.info;
    const path = `ms/openapi/api/apigw/v3/projects/${bkciProjectId}/credentials${id && `/${id}`}`;
    const response = await fetch(`${bkci}/${path}?access_token=${bkciAccessToken}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, await response.text());
  };
  /** Times of BK-CI are whole seconds. */
  const later = () => simulator.control.clock({ advance: 5000 });

  const password = { credentialId: "gateway_code", type: "PASSWORD", password: "one" };

  it("says at preview where its server is to be set", async () => {
    const handler = handlersFor(simulator, { "bkci:endpoint": "" }).BkciCredential;
    const { failures } = await handler.check({}, password);
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.match(failures[0]!.reason, /bkci:endpoint .*BKCI_ENDPOINT/);
  });

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

  it("shows that somebody wrote other values, also after a second refresh, and the next update writes ours", async () => {
    await life.up(password);
    await later();
    await outside("PUT", "gateway_code", { credentialType: "PASSWORD", v1: "theirs" });
    await life.refresh();
    await life.refresh();
    const [drift] = life.inputs["drift"] as string[];
    assert.match(drift ?? "", /^written by admin at \d{4}-.*Z, perhaps with other values$/);
    assert.equal(await life.up(password), "update");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "one" });
    await life.refresh();
    assert.equal(await life.up(password), "same");
  });

  it("shows name and remark that somebody changed, also where the program gives none", async () => {
    await life.up(password);
    await later();
    await outside("PUT", "gateway_code", {
      credentialType: "PASSWORD",
      v1: "******",
      credentialName: "x",
      credentialRemark: "y",
    });
    await life.refresh();
    assert.deepEqual([life.inputs["name"], life.inputs["remark"]], ["x", "y"]);
    assert.equal(await life.up(password), "update");
    const { gateway_code: repaired } = await stored();
    assert.deepEqual([repaired?.credentialName, repaired?.credentialRemark], ["gateway_code", null]);
  });

  it("is gone when BK-CI says so to a manager, and delete does not mind", async () => {
    await life.up(password);
    await outside("DELETE", "gateway_code");
    await life.destroy();
    await life.up(password);
    await outside("DELETE", "gateway_code");
    assert.equal(await life.refresh(), false);
  });

  it("is taken over with adopt by writing all its values, if it is of the type", async () => {
    await outside("POST", "", { credentialId: "gateway_code", credentialType: "PASSWORD", v1: "theirs" });
    const secretKey = { credentialId: "gateway_code", type: "SECRETKEY", secretKey: "x", adopt: true };
    await assert.rejects(life.up(secretKey), { message: /is of type PASSWORD and cannot become SECRETKEY/ });
    assert.equal(await life.up({ ...password, adopt: true }), "create");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "one" });
  });

  it("is not gone because of a 404 of something else, or while the project cannot be seen", async () => {
    await life.up(password);
    const others = [
      { notFound: "json" as const },
      { notFound: "json200" as const },
      { notFound: "html" as const },
      { status: 404, body: { status: 404, message: "x", timestamp: 1 } },
    ];
    for (const kind of others) {
      await simulator.control.faults({ faults: [{ operation: "bkci", times: 99, kind }] });
      await assert.rejects(life.refresh());
      await assert.rejects(life.destroy());
      assert.ok(life.exists);
    }
    const own = { status: 404, body: { status: 404, message: "requested resource does not exist", data: null } };
    const hidden = { status: 200, body: { status: 0, data: [] } };
    await simulator.control.faults({
      faults: [
        { operation: "getCredential", times: 99, kind: own },
        { operation: "listProjects", times: 99, kind: hidden },
      ],
    });
    await assert.rejects(life.refresh(), { message: /BK-CI shows no project demo to this user/ });
    await simulator.control.faults({});
    assert.ok(await life.refresh());
  });

  it("that others deleted and made again is theirs: told by a refresh, and never written or deleted", async () => {
    await life.up(password);
    await later();
    await outside("DELETE", "gateway_code");
    await outside("POST", "", { credentialId: "gateway_code", credentialType: "PASSWORD", v1: "theirs" });
    await assert.rejects(life.up({ ...password, password: "two" }), { message: /not the one of this stack/ });
    await assert.rejects(life.destroy(), { message: /not the one of this stack/ });
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "theirs" });
    assert.equal(await life.refresh(), true);
    assert.deepEqual(life.inputs["drift"], ["deleted, and made again by someone else"]);
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

  it("is never taken for gone because of a 403, and the error says what to do", async () => {
    await life.up(password);
    await outside("DELETE", "gateway_code");
    await simulator.control.options({ bkciHidesMissing: true });
    await assert.rejects(life.refresh(), {
      message: /read the BK-CI credential gateway_code of project demo: .*HTTP 403.*`pulumi state delete`/,
    });
    await assert.rejects(life.destroy(), { message: /delete the BK-CI credential .*`pulumi state delete`/ });
    assert.ok(life.exists);
  });

  it("that may be listed but not viewed is read from the list, however many match its id", async () => {
    const credentials = Array.from({ length: 150 }, (_, index) => ({
      credentialId: `gateway_code_${String(index).padStart(3, "0")}`,
      credentialType: "PASSWORD" as const,
      v1: "x",
    }));
    await simulator.control.seed({ credentials });
    await life.up({ ...password, remark: "listed" });
    const forbidden = { status: 403, body: { status: 403, message: "no" } };
    await simulator.control.faults({ faults: [{ operation: "getCredential", times: 99, kind: forbidden }] });
    assert.ok(await life.refresh());
    assert.equal(await life.up({ ...password, remark: "listed" }), "same");
  });

  it("that may be written but not looked at is made, and written again when it can be looked at", async () => {
    const forbidden = { status: 403, body: { status: 403, message: "no" } };
    const faults = ["getCredential", "listCredentials"].map((operation) => ({ operation, times: 99, kind: forbidden }));
    await simulator.control.faults({ faults });
    assert.equal(await life.up(password), "create");
    assert.equal(await life.up(password), "same");
    await simulator.control.faults({});
    const before = life.outputs;
    await life.refresh();
    assert.deepEqual(life.outputs, before);
    assert.equal(await life.up(password), "update");
    assert.equal(typeof life.outputs["updateTime"], "number");
    assert.equal(await life.up(password), "same");
  });

  const mayBeOurs = /Now there is a credential of this id: if nobody else made it, take it over with `adopt: true`\./;
  const hidden = { status: 200, body: { status: 500, message: "internal error" }, effect: true };
  for (const [what, kind] of [
    ["the answer is lost", "dropAfter"],
    ["a 200 with a 500 inside hides it", hidden],
  ] as const) {
    it(`is made once, and not taken for ours when ${what}: another stack may have made it`, async () => {
      await simulator.control.faults({ faults: [{ operation: "createCredential", kind }] });
      await assert.rejects(life.up(password), { message: mayBeOurs });
      assert.deepEqual([Object.keys(await stored()), life.exists], [["gateway_code"], false]);
      assert.equal(await life.up({ ...password, adopt: true }), "create");
      assert.equal(await life.up(password), "same");
      await life.destroy();
      assert.deepEqual(await stored(), {});
    });
  }

  it("does not take over one of the same id, and names the way out", async () => {
    await outside("POST", "", { credentialId: "gateway_code", credentialType: "PASSWORD", v1: "theirs" });
    await assert.rejects(life.up(password), { message: /gateway_code .*\(2118008, HTTP 400.*[Cc]hoose another/ });
    assert.equal(life.exists, false);
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "theirs" });
  });

  it("that a failed create left behind is named, and taken over on demand", async () => {
    const kind = { status: 400, body: { status: 2100013, message: "permission system failed" }, effect: true };
    await simulator.control.faults({ faults: [{ operation: "createCredential", kind }] });
    await assert.rejects(life.up(password), { message: /permission system failed.*take it over with `adopt: true`/ });
    assert.ok(!life.exists);
    assert.equal(await life.up({ ...password, password: "two", adopt: true }), "create");
    assert.deepEqual((await stored())["gateway_code"]?.values, { v1: "two" });
  });

  it("that was made, but could not be looked at for another reason, is recorded and finished", async () => {
    await simulator.control.faults({ faults: [{ operation: "getCredential", times: 99, kind: { status: 500 } }] });
    await assert.rejects(life.up(password), { message: /read the BK-CI credential .*HTTP 500/ });
    assert.ok(life.exists);
    await simulator.control.faults({});
    assert.equal(await life.up(password), "update");
    assert.equal(await life.up(password), "same");
  });

  it("in a project that does not exist, or is not ours, is refused and not recorded", async () => {
    await simulator.control.seed({ projects: [{ englishName: "theirs", members: {} }] });
    for (const projectId of ["nowhere", "theirs"]) {
      await assert.rejects(life.up({ ...password, projectId }), {
        message: /could not create the BK-CI credential gateway_code of project \w+: .*HTTP 403/,
      });
    }
    assert.equal(life.exists, false);
  });

  it("is looked up by its id, without values, and said to be missing", async () => {
    const { BkciCredential } = handlersFor(simulator);
    await outside("POST", "", { credentialId: "theirs", credentialType: "PASSWORD", v1: "x", credentialRemark: "r" });
    const { props } = await BkciCredential.read("demo/theirs", {});
    const { updateTime, ...rest } = props;
    assert.equal(typeof updateTime, "number");
    assert.deepEqual(rest, {
      projectId: "demo",
      credentialId: "theirs",
      type: "PASSWORD",
      name: "theirs",
      remark: "r",
      drift: [],
      stateVersion: 1,
    });
    await assert.rejects(BkciCredential.read("demo/none", {}), { message: /BkciCredential demo\/none does not exist/ });
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
