/** What goes wrong while an instance is read or a project is written: there is a whole project, or none. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readInstance } from "../../../provider/cli/found/read";
import { writeFolder } from "../../../provider/cli/write/folder";
import type { Caller } from "../../../provider/http/operation";
import { Connection } from "../../../provider/settings/connection";
import { loadSettings } from "../../../provider/settings/settings";
import { openSimulator, type TestSimulator } from "../../simulator/open";
import { Outside } from "../../simulator/outside";
import { brownfield } from "../../support/brownfield";
import { temporaryFolder } from "../../support/temporary";
import { definitionsIn, run, written } from "./setup";

describe("pulumi-apig adopt in trouble", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const out = join(folder.path, "project");
  let simulator: TestSimulator;

  before(async () => {
    simulator = await openSimulator();
  });
  after(async () => {
    folder.remove();
    await simulator.close();
  });
  beforeEach(async () => {
    await simulator.control.reset();
    await simulator.control.seed(brownfield);
  });
  afterEach(() => assert.deepEqual(readdirSync(folder.path), [], "nothing is left"));

  const forbid = (...operations: string[]) => {
    const kind = { status: 403, code: "APIG.1005", message: "no permission" };
    return simulator.control.faults({ faults: operations.map((operation) => ({ operation, times: 999, kind })) });
  };

  it("goes on without a part that it may not see, and says which", async () => {
    await forbid("ListAppCodesV2", "listCredentials");
    const { files, told } = await written(simulator);
    const text = files.get("index.ts") ?? "";
    assert.match(text, /new apig\.App\(/);
    assert.doesNotMatch(text, /new apig\.(AppCode|BkciCredential)\(/);
    for (const what of [
      /Not read, AppCodes of apps .*web_app.*: could not list the AppCodes/,
      /Not read, credentials of BK-CI project demo/,
    ]) {
      assert.ok(
        told.some((line) => what.test(line)),
        told.join("\n"),
      );
      assert.match(text, what);
    }
  });

  it("leaves out groups whose definitions it may not see, and what hangs on them", async () => {
    await forbid("ExportApiDefinitionsV2");
    const { files, told } = await written(simulator);
    assert.deepEqual(definitionsIn(files), []);
    assert.doesNotMatch(files.get("index.ts") ?? "", /new apig\.(ApiImport|ApiPublication|AppAuthorization)\(/);
    assert.equal(told.filter((line) => /Not read, definitions of groups .*Shop/.test(line)).length, 1);
  });

  it("is an error, and no empty project, if it may see nothing", async () => {
    await forbid("apig");
    await assert.rejects(run(simulator, "--out", out), /could not list the environments.*HTTP 403/);
  });

  /** An instance that somebody changes when the operation is called; every time, or once. */
  async function changing(operation: string, change: () => Promise<unknown>, times: number) {
    const connection = new Connection(loadSettings((key) => simulator.config[key]?.value, {}));
    const place = await connection.resolvePlace();
    const caller: Caller = connection.huawei(place);
    let left = times;
    const watched: Caller = {
      moment: (service) => caller.moment(service),
      again: (tries) => caller.again(tries),
      async call(described, args) {
        if (described.name === operation && left-- > 0) await change();
        return caller.call(described, args);
      },
    };
    return { caller: watched, instanceId: simulator.info.instanceId };
  }

  const everything = { groups: [], apps: [], codes: true };

  it("reads again what somebody changed meanwhile", async () => {
    const outside = new Outside(simulator.info);
    let made = 0;
    const add = () => outside.apig("POST", "/apps", { name: `new_app_${++made}` });
    const told: string[] = [];
    const once = await changing("ExportApiDefinitionsV2", add, 1);
    const { apps } = await readInstance(once, everything, (line) => told.push(line));
    assert.ok(apps.some(({ name }) => name === "new_app_1"));
    assert.ok(told.includes("it changed meanwhile, so it is read again"));

    const always = await changing("ExportApiDefinitionsV2", add, Infinity);
    await assert.rejects(
      readInstance(always, everything, () => undefined),
      /changed each of the 3 times that it was read/,
    );
  });

  it("reads again after a list showed what is gone by then", async () => {
    const outside = new Outside(simulator.info);
    const { apps } = await outside.apig<{ apps: { id: string }[] }>("GET", "/apps");
    const [gone] = apps;
    const remove = () => outside.apig("DELETE", `/apps/${gone?.id ?? ""}`);
    const instance = await changing("ExportApiDefinitionsV2", remove, 1);
    const found = await readInstance(instance, everything, () => undefined);
    assert.equal(found.apps.length, apps.length - 1);
  });

  it("overwrites nothing that exists, and asks no service before it knows", async () => {
    for (const make of [() => mkdirSync(out), () => writeFileSync(out, "mine")]) {
      make();
      await assert.rejects(run(simulator, "--out", out), /exists already, and is not overwritten: give another --out/);
      rmSync(out, { recursive: true });
    }
    const file = join(folder.path, "import.json");
    writeFileSync(file, "mine");
    await assert.rejects(run(simulator, "--import-file", file), /exists already.*--import-file/);
    rmSync(file);
    await assert.rejects(run(simulator, "--out", join(out, "deeper")), /project does not exist, so .* make it/);
    assert.deepEqual(await simulator.control.journal(), []);
  });

  it("leaves nothing of a folder that could not be written to its end, and shows nothing before", () => {
    // The second file needs a folder where the first one is.
    const files = new Map([
      ["a", "written"],
      ["a/b", "cannot be written"],
    ]);
    assert.throws(
      () => writeFolder(out, files),
      /^Error: could not write \S+project \(E\w+: .*\): nothing of it is left/,
    );
  });

  it("says in one sentence which variables are not set", async () => {
    const without = (...names: string[]) => ({
      env: Object.fromEntries(Object.entries(simulator.env).filter(([name]) => !names.includes(name))),
    });
    await assert.rejects(
      run(without("HW_APIG_INSTANCE_ID", "HW_REGION_NAME"), "--dry-run"),
      /set HW_REGION_NAME and HW_APIG_INSTANCE_ID in the environment: `pulumi-apig --help` lists all settings$/,
    );
    await assert.rejects(
      run(without("HW_AUTH_TOKEN"), "--dry-run"),
      /no Huawei Cloud credentials are set in the environment: give HW_ACCESS_KEY/,
    );
  });

  it("takes no object whose name a program cannot give, and says so", async () => {
    await simulator.control.reset();
    await simulator.control.seed({ apps: [{ name: "商\u3400店" }, { name: "good_app" }] });
    const { files, told } = await written(simulator);
    assert.deepEqual((files.get("index.ts") ?? "").match(/new apig\.App\("[^"]*"/g), ['new apig.App("good_app"']);
    assert.ok(
      told.some((line) => line.startsWith("left out: App 商\u3400店: its name is none that a program can give")),
    );
  });
});
