import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "../../support/apig";
import { callsDuring } from "../../support/calls";
import { apiBody, definition, keyOf, spec, specs, truth, type Spec } from "../../support/definitions";
import { Outside } from "../../simulator/outside";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { TestStack } from "../../support/stack";
import { temporaryFolder } from "../../support/temporary";

describe("ApiImport on the engine", function () {
  this.timeout(120_000);
  let simulator: TestSimulator;
  let outside: Outside;
  let stack: TestStack;
  const folder = temporaryFolder();
  const file = join(folder.path, "pets.json");

  before(async () => {
    simulator = await openSimulator();
    outside = new Outside(simulator.info);
  });
  after(async () => {
    folder.remove();
    await simulator.close();
  });
  beforeEach(async () => {
    await simulator.control.reset();
    stack = await TestStack.open({ program: () => Promise.resolve(), config: simulator.config });
  });
  afterEach(() => stack.close());

  function declare(given: apig.ApiImportArgs["definition"], args: Partial<apig.ApiImportArgs> = {}): void {
    stack.use(() => {
      const { groupId, apis, ignored } = new apig.ApiImport("pets", { definition: given, ...args });
      return Promise.resolve({ groupId, apis, ignored });
    });
  }

  /** Declares the program with a file of these operations. */
  function declareFile(operations: readonly Spec[]): void {
    writeFileSync(file, JSON.stringify(definition(operations)));
    declare(new pulumi.asset.FileAsset(file));
  }

  const apis = async () => (await truth(simulator)).rows();
  const keys = async () => (await apis()).map(keyOf).sort();
  const groups = async () => (await truth(simulator)).groups.map(({ id }) => id);
  async function row(key: string) {
    const found = (await apis()).find((one) => keyOf(one) === key);
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found;
  }

  it("is made, needs no second update, follows its file, is repaired after drift, and leaves nothing behind", async () => {
    const [first, second, third] = specs(3, { remark: "planted-canary" }) as [Spec, Spec, Spec];
    declareFile([first, second, third]);
    const planned = await stack.preview({ diff: true });
    for (const key of ["GET /p0", "GET /p1", "GET /p2"]) assert.match(planned.text, new RegExp(`^ +${key}: "`, "m"));
    assert.match(planned.text, /definition: asset\(file:\w+\)/);
    assert.deepEqual(await groups(), []);

    const { outputs } = await stack.upWithOutputs();
    assert.deepEqual(await keys(), ["GET /p0", "GET /p1", "GET /p2"]);
    assert.deepEqual([outputs["groupId"]?.value], await groups());
    assert.deepEqual(await callsDuring(simulator.control, () => stack.preview({ expectNoChanges: true })), {});

    declareFile([{ ...first, backend: "/elsewhere" }, second, spec("POST /new")]);
    const changed = await stack.up({ diff: true });
    assert.match(changed.text, /~ GET \/p0 *: ".* #[\w-]+" => ".* #[\w-]+"/);
    assert.match(changed.text, /- GET \/p2 *: "/);
    assert.match(changed.text, /\+ POST \/new *: "/);
    assert.doesNotMatch(changed.text, /[~+-] GET \/p1 /);
    assert.deepEqual(await keys(), ["GET /p0", "GET /p1", "POST /new"]);

    await outside.apig("DELETE", `/apis/${(await row("POST /new")).id}`);
    const altered = await row("GET /p1");
    await outside.apig("PUT", `/apis/${altered.id}`, apiBody(altered.groupId, { ...altered, auth: "iam" }));
    assert.equal((await stack.refresh()).changes.update, 1);
    const drift = await stack.preview({ diff: true });
    assert.match(drift.text, /~ GET \/p1 *: "changed outside: IAM \(was NONE\)" => "/);
    assert.match(drift.text, /~ POST \/new *: "deleted outside" => "/);
    assert.doesNotMatch(drift.text, /[~+-] definition/);
    await stack.up();
    assert.deepEqual(await keys(), ["GET /p0", "GET /p1", "POST /new"]);
    assert.equal((await row("GET /p1")).auth, "none");
    await stack.preview({ refresh: true, expectNoChanges: true });

    const texts = [planned.text, changed.text, drift.text, await stack.backendText()];
    for (const text of texts)
      assert.doesNotMatch(text, /planted-canary|httpEndpoints/, "the document stays in its file");
    await stack.destroy();
    assert.deepEqual(await groups(), []);
  });

  it("if some operations fail, names these, keeps the others, and sends only the failed ones in the next up", async () => {
    await simulator.control.quotas({ apis: 2 });
    const text = JSON.stringify(definition(specs(4)));
    declare(text);
    await assert.rejects(stack.up(), (error: Error) => {
      for (const key of ["GET /p2", "GET /p3"]) assert.match(error.message, new RegExp(`${key}: .* \\(APIG\\.3102\\)`));
      return true;
    });
    const [group] = await groups();
    assert.deepEqual(await keys(), ["GET /p0", "GET /p1"]);
    await simulator.control.quotas({ apis: 100 });
    const before = (await simulator.control.journal()).length;
    await stack.up();
    const notes = (await simulator.control.journal(before)).flatMap(({ note }) => note ?? []);
    assert.deepEqual(notes, ["operations=2"]);
    assert.deepEqual(await groups(), [group]);

    await outside.apig("DELETE", `/apis/${(await row("GET /p3")).id}`);
    await stack.refresh();
    const drift = await stack.preview({ diff: true });
    assert.doesNotMatch(drift.text, /[~+-] definition/, "a text that did not change is not shown as new");
  });

  it("never prints a wrong definition, only its name and where it is wrong", async () => {
    const bad = definition([spec("GET /pets"), spec("GET /planted-canary")]);
    Reflect.deleteProperty(bad.paths["/pets"]?.["get"] as object, "x-apigateway-backend");
    writeFileSync(file, JSON.stringify(bad));
    for (const given of [JSON.stringify(bad), bad, new pulumi.asset.FileAsset(file)]) {
      declare(given);
      await assert.rejects(stack.preview(), (error: Error) => {
        assert.match(
          error.message,
          /definition: .*\n +(?:line |pets\.json:)\d+, GET \/pets: it has no back end|definition: .*\n +GET \/pets: it has no back end/,
        );
        assert.doesNotMatch(error.message, /planted-canary/);
        return true;
      });
    }
  });

  it("takes a definition that is another resource's output and unknown in the preview", async () => {
    stack.use(() => {
      const app = new apig.App("app", { name: "shop" });
      const text = app.appId.apply((id) => JSON.stringify(definition([spec(`GET /${id}`)])));
      new apig.ApiImport("pets", { definition: text });
      return Promise.resolve();
    });
    assert.equal((await stack.preview()).changes.create, 3);
    await stack.up();
    assert.match((await keys())[0] ?? "", /^GET \/[0-9a-f]{32}$/);
    await stack.preview({ expectNoChanges: true });
  });

  it("does not destroy APIs of others in its group, names them, and destroys them only with forceDestroy", async () => {
    const operations = definition(specs(1));
    declare(operations);
    await stack.up();
    const [group = ""] = await groups();
    await outside.apig("POST", "/apis", apiBody(group, spec("GET /theirs", { name: "theirs" })));
    await assert.rejects(stack.destroy(), /GET \/theirs \(theirs\)[^]*forceDestroy: true/);
    assert.deepEqual(await keys(), ["GET /p0", "GET /theirs"]);
    declare(operations, { forceDestroy: true });
    await stack.up();
    await stack.destroy();
    assert.deepEqual(await groups(), []);
  });

  it("adopts a group, lists what it took over, and can be looked up with get", async () => {
    const { id: groupId } = await outside.apig<{ id: string }>("POST", "/api-groups", { name: "theirs" });
    await outside.apig("POST", "/apis", apiBody(groupId, spec("GET /p0", { name: "get-p0" })));
    const args = { definition: definition(specs(2)), groupId, adopt: true };
    const program = (looksUp?: string) => () => {
      const { apis } = new apig.ApiImport("pets", args);
      if (looksUp === undefined) return Promise.resolve({ apis });
      const found = apig.ApiImport.get("theirs", `${simulator.info.instanceId}/${looksUp}`);
      return Promise.resolve({ apis, groupId: found.groupId, instanceId: found.instanceId, found: found.apis });
    };
    stack.use(program());
    const { text, outputs } = await stack.upWithOutputs();
    assert.match(text, /Adopted from group \w+: GET \/p0\./);
    assert.deepEqual(
      (outputs["apis"]?.value as { action: string }[]).map(({ action }) => action),
      ["adopt", "create"],
    );

    stack.use(program(groupId));
    const { changes, outputs: looked } = await stack.upWithOutputs();
    assert.equal(changes.update, undefined, "adopting is done");
    assert.equal(looked["groupId"]?.value, groupId);
    assert.equal(looked["instanceId"]?.value, simulator.info.instanceId);
    assert.equal((looked["found"]?.value as unknown[]).length, 2);
    stack.use(program("f".repeat(32)));
    await assert.rejects(stack.preview(), /ApiImport .*f{32} does not exist/);
  });
});
