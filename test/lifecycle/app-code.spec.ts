import assert from "node:assert/strict";
import * as apig from "../support/apig";
import { callsDuring } from "../support/calls";
import { Outside } from "../simulator/outside";
import { openSimulator, type TestSimulator } from "../simulator/open";
import { TestStack } from "../support/stack";

interface Code {
  readonly id: string;
  readonly app_code: string;
}

describe("App and AppCode on the engine", function () {
  this.timeout(120_000);
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

  const apps = async () =>
    (await outside.apig<{ apps: { id: string; name: string; remark: string }[] }>("GET", "/apps")).apps;
  const codes = async (appId: string) =>
    (await outside.apig<{ app_codes: Code[] }>("GET", `/apps/${appId}/app-codes`)).app_codes;

  /** Declares one app with one code, with the given inputs. */
  function declare(app: Partial<apig.AppArgs> = {}, code: Partial<apig.AppCodeArgs> = {}) {
    stack.use(() => {
      const shop = new apig.App("shop", { name: "shop", ...app });
      const web = new apig.AppCode("web", { appId: shop.appId, propagationSeconds: 0, ...code });
      return Promise.resolve({
        appId: shop.appId,
        appSecret: shop.appSecret,
        codeId: web.appCodeId,
        code: web.appCode,
      });
    });
  }

  it("are created, need no second update, change, are repaired after drift, and leave nothing behind", async () => {
    declare({ remark: "first" });
    const planned = await stack.preview();
    assert.equal(planned.changes.create, 3);
    assert.deepEqual(await apps(), []);

    const { outputs } = await stack.upWithOutputs();
    const [app] = await apps();
    assert.equal(outputs["appId"]?.value, app?.id);
    const [code] = await codes(app!.id);
    assert.equal(code?.app_code, outputs["code"]?.value);
    assert.match(code!.app_code, /^[0-9a-f]{64}$/);
    assert.ok(outputs["code"]?.secret && outputs["appSecret"]?.secret);

    await stack.preview({ expectNoChanges: true });
    assert.deepEqual(await callsDuring(simulator.control, () => stack.up()), {});

    declare({ remark: "second" });
    const change = await stack.up();
    assert.equal(change.changes.update, 1);
    assert.equal((await apps())[0]?.remark, "second");
    assert.equal((await codes(app!.id))[0]?.id, code!.id, "an app that is updated keeps its codes");

    await outside.apig("PUT", `/apps/${app!.id}`, { name: "shop", remark: "meddled" });
    await outside.apig("DELETE", `/apps/${app!.id}/app-codes/${code!.id}`);
    const refreshed = await stack.refresh();
    assert.equal(refreshed.changes.update, 1);
    assert.equal(refreshed.changes.delete, 1);
    const drift = await stack.preview({ diff: true });
    assert.match(drift.text, /remark *: "meddled" => "second"/);
    const repaired = await stack.up();
    assert.equal(repaired.changes.update, 1);
    assert.equal(repaired.changes.create, 1);
    assert.equal((await apps())[0]?.remark, "second");
    assert.equal((await codes(app!.id)).length, 1);

    await stack.destroy();
    assert.deepEqual(await apps(), []);
  });

  it("replace a code that changes: the new one is made before the old one is deleted", async () => {
    const [first, second] = ["a".repeat(64), "b".repeat(180)];
    declare({}, { appCode: first });
    const { outputs } = await stack.upWithOutputs();
    declare({}, { appCode: second });
    const { changes } = await stack.up();
    assert.equal(changes.replace, 1);
    const operations = (await simulator.control.journal()).map(({ operation }) => operation);
    assert.ok(operations.lastIndexOf("CreateAppCodeV2") < operations.lastIndexOf("DeleteAppCodeV2"));
    assert.deepEqual(
      (await codes(String(outputs["appId"]?.value))).map((code) => code.app_code),
      [second],
    );
  });

  it("replace a generated code when a value of rotate changes, and only then", async () => {
    declare({}, { rotate: { month: "1" } });
    const before = (await stack.upWithOutputs()).outputs["code"]?.value as string;
    await stack.preview({ expectNoChanges: true });
    declare({}, { rotate: { month: "2" } });
    const after = (await stack.upWithOutputs()).outputs["code"]?.value as string;
    assert.notEqual(after, before);
  });

  it("give the app a new secret in place when a value of rotateSecret changes", async () => {
    declare();
    const before = (await stack.upWithOutputs()).outputs;
    declare({ rotateSecret: { month: "2" } });
    const after = (await stack.upWithOutputs()).outputs;
    assert.equal(after["appId"]?.value, before["appId"]?.value);
    assert.notEqual(after["appSecret"]?.value, before["appSecret"]?.value);
  });

  it("know the id of an app in the preview of its update, so the preview shows no change of its codes", async () => {
    declare({ remark: "one" });
    await stack.up();
    declare({ remark: "two" });
    const { changes } = await stack.preview();
    assert.equal(changes.update, 1);
    assert.equal(changes.replace, undefined);
  });

  it("never write a secret in clear text to state files or output, even if it is given as a literal", async () => {
    const planted = "canary".repeat(12);
    declare({}, { appCode: planted });
    const texts = [(await stack.preview({ diff: true })).text, (await stack.up()).text, (await stack.refresh()).text];
    declare({}, { appCode: `${planted}2` });
    texts.push((await stack.preview({ diff: true })).text, (await stack.up()).text, await stack.backendText());
    const [app] = await apps();
    const secrets = [planted, simulator.info.token, (app as unknown as { app_secret: string }).app_secret];
    for (const text of texts) for (const secret of secrets) assert.ok(!text.includes(secret));
  });

  it("look up existing objects with get, mark their secrets, and fail if there is none", async () => {
    const made = await outside.apig<{ id: string }>("POST", "/apps", { name: "theirs" });
    const code = await outside.apig<Code>("PUT", `/apps/${made.id}/app-codes`);
    const { instanceId } = simulator.info;
    stack.use(() => {
      const app = apig.App.get("app", `${instanceId}/${made.id}`);
      const web = apig.AppCode.get("web", `${instanceId}/${made.id}/${code.id}`);
      return Promise.resolve({ name: app.name, appId: web.appId, code: web.appCode });
    });
    const { outputs } = await stack.upWithOutputs();
    assert.equal(outputs["name"]?.value, "theirs");
    assert.equal(outputs["appId"]?.value, made.id);
    assert.deepEqual([outputs["code"]?.value, outputs["code"]?.secret], [code.app_code, true]);
    assert.ok(!(await stack.backendText()).includes(code.app_code));

    stack.use(() => {
      apig.AppCode.get("web", `${instanceId}/${made.id}/0123456789abcdef0123456789abcdef`);
      return Promise.resolve();
    });
    await assert.rejects(stack.preview(), /AppCode .*0123456789abcdef0123456789abcdef does not exist/);
  });

  it("can be adopted by name and by value, and the message about a clash says how", async () => {
    const made = await outside.apig<{ id: string }>("POST", "/apps", { name: "shop" });
    const value = "z".repeat(64);
    const code = await outside.apig<Code>("POST", `/apps/${made.id}/app-codes`, { app_code: value });
    declare();
    await assert.rejects(stack.up(), /APIG\.3203.*adopt/);

    declare({ adopt: true, remark: "ours now" }, { adopt: true, appCode: value });
    const { outputs } = await stack.upWithOutputs();
    assert.equal(outputs["appId"]?.value, made.id);
    assert.equal(outputs["codeId"]?.value, code.id);
    assert.equal((await apps())[0]?.remark, "ours now");
    declare({ remark: "ours now" }, { appCode: value });
    await stack.preview({ expectNoChanges: true });
  });

  it("after a create without an answer, name the app, find the code by its value, and never make a second one", async () => {
    await simulator.control.faults({
      faults: [
        { operation: "CreateAnAppV2", kind: "dropAfter" },
        { operation: "CreateAppCodeV2", kind: "dropAfter" },
      ],
    });
    declare();
    await assert.rejects(stack.up(), /may have taken effect.*an app named shop .*`adopt: true`/s);
    declare({ adopt: true });
    const { outputs } = await stack.upWithOutputs();
    assert.equal((await apps()).length, 1);
    assert.deepEqual(
      (await codes(String(outputs["appId"]?.value))).map((code) => code.app_code),
      [outputs["code"]?.value],
    );
  });

  it("say what to do if an app already has five codes", async () => {
    const made = await outside.apig<{ id: string }>("POST", "/apps", { name: "full" });
    for (let n = 0; n < 5; n++) await outside.apig("PUT", `/apps/${made.id}/app-codes`);
    stack.use(() => {
      new apig.AppCode("sixth", { appId: made.id });
      return Promise.resolve();
    });
    await assert.rejects(stack.up(), /APIG\.3131.*(five|5)/s);
  });

  it("read all codes of an app by one list call in a refresh", async () => {
    stack.use(() => {
      for (const name of ["one", "two"]) {
        const app = new apig.App(name, { name: `app_${name}` });
        for (let n = 0; n < 5; n++) new apig.AppCode(`${name}-${n}`, { appId: app.appId });
      }
      return Promise.resolve();
    });
    await stack.up();
    const calls = await callsDuring(simulator.control, () => stack.refresh());
    assert.deepEqual(calls, { ShowDetailsOfAppV2: 2, ListAppCodesV2: 2 });
  });

  const refused: [title: string, args: Partial<apig.AppCodeArgs> & Record<string, unknown>, message: RegExp][] = [
    ["a code of 63 characters", { appCode: "a".repeat(63) }, /appCode: must have 64 to 180 characters/],
    ["a code of 181 characters", { appCode: "a".repeat(181) }, /appCode: must have 64 to 180 characters/],
    ["a code with a space", { appCode: `${"a".repeat(63)} ` }, /appCode: must start with/],
    ["a code that starts with a hyphen", { appCode: `-${"a".repeat(64)}` }, /appCode: must start with/],
    ["an unknown property", { colour: "red" }, /colour.*no such property; there are .*appCode/s],
    ["a number as an app id", { appId: 4 as unknown as string }, /appId.*expected string/s],
  ];
  for (const [title, args, message] of refused) {
    it(`refuse ${title} at preview and name the property, without its value if that is secret`, async () => {
      declare({}, args);
      await assert.rejects(stack.preview(), (error: Error) => {
        assert.match(error.message, message);
        if (args.appCode !== undefined) assert.ok(!error.message.includes(args.appCode as string));
        return true;
      });
      assert.deepEqual(await simulator.control.journal(), []);
    });
  }
});
