import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { shells } from "../../provider/hosts/dynamic/shells";
import { rowsOf } from "../faults/rows";
import { openRelease, restoreServices, restoreState } from "../fixtures/releases/recorded";
import type { TestSimulator } from "../simulator/open";
import type { TestStack } from "../support/stack";
import { temporaryFolder } from "../support/temporary";

const folder = resolve(__dirname, "../fixtures/releases");
const releases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const cases = releases.flatMap(({ name }) => (["dynamic", "plugin"] as const).map((host) => ({ name, host })));

for (const { name, host } of cases) {
  const how = host === "dynamic" ? "the present package" : "the present plugin";
  describe(`A stack of version ${name}, with ${how},`, function () {
    this.timeout(180_000);
    const release = join(folder, name);
    const temporary = temporaryFolder();
    let simulator: TestSimulator;
    let stack: TestStack;

    before(async () => {
      const data = join(temporary.path, "services");
      restoreServices(release, data);
      ({ simulator, stack } = await openRelease(release, data, host));
      await restoreState(release, stack);
    });
    after(async () => {
      await stack.close();
      await simulator.close();
      temporary.remove();
    });

    interface Resource {
      readonly urn: string;
      readonly type: string;
      readonly id?: string;
      readonly outputs?: unknown;
    }
    const exported = async () => ((await stack.exportState()).deployment as { resources: Resource[] }).resources;

    /** The recorded resources, without times. */
    const resources = async () =>
      (await exported())
        .map(({ urn, id, outputs }) => ({ urn, id, outputs }))
        .sort((one, other) => (one.urn < other.urn ? -1 : 1));

    const typeOf = (urn: string) => /:([\w-]+)::[^:]+$/.exec(urn)?.[1] ?? "";

    /** The APIs without the fields that 0.1.0 did not have: authentication and inner fields. */
    const withoutNew = (all: object[]): unknown =>
      JSON.parse(JSON.stringify(all), (key, value: unknown) =>
        ["authentication", "observed"].includes(key) ? undefined : value,
      );

    it("has a resource of every type", async () => {
      const types = (await exported()).map(({ type }) => /:(\w+)$/.exec(type)?.[1]);
      for (const type of Object.keys(shells)) assert.ok(types.includes(type), `${type} is not in the state`);
    });

    it("has no trace of the machine where it was recorded", () => {
      for (const file of ["state.json", "services.json"]) {
        assert.doesNotMatch(
          readFileSync(join(release, file), "utf8"),
          /\/(?:tmp|home|root|work|Users|var)\/|127\.0\.0\.1/,
        );
      }
    });

    /** What these are updated for: lines about operations that people can read. */
    const toRead = ["ApiImport", "ApiPublication", "AppAuthorization"];

    it("shows in a preview readable lines about its operations, and no other change", async () => {
      const { steps } = await stack.preview();
      const changed = steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${typeOf(urn)}`);
      const updated = host === "dynamic" ? toRead : Object.keys(shells);
      const providers = host === "dynamic" ? [] : ["create apig", "delete pulumi-nodejs"];
      assert.deepEqual([...new Set(changed)].sort(), [...providers, ...updated.map((type) => `update ${type}`)].sort());
    });

    if (host === "plugin") {
      it("moves to the plugin by the calls that these lines take, and none for anything else", async () => {
        const from = (await simulator.control.journal()).length;
        const { changes } = await stack.up();
        assert.deepEqual([changes.create, changes.replace, changes.delete], [1, undefined, 1], "only the provider");
        const reads = ["ExportApiDefinitionsV2", "ListResourceInstances"];
        const written = (await simulator.control.journal(from)).filter(
          ({ method, operation }) => method !== "GET" && !reads.includes(operation),
        );
        assert.deepEqual(written.map(({ operation }) => operation).sort(), [
          "BatchPublishOrOfflineApiV2",
          "ImportApiDefinitionsV2",
          "ImportApiDefinitionsV2",
        ]);
        await stack.preview({ expectNoChanges: true });
        assert.doesNotMatch(JSON.stringify(await exported()), /__provider|pulumi-nodejs/);
      });
    }

    it("is the same after a refresh", async () => {
      const before = await resources();
      const { changes } = await stack.refresh();
      assert.deepEqual(Object.keys(changes), ["same"]);
      assert.deepEqual(withoutNew(await resources()), withoutNew(before));
    });

    it("can be changed and replaced like a new stack", async () => {
      stack.stack.workspace.envVars["CHANGED"] = "true";
      const { changes } = await stack.up();
      assert.deepEqual([changes.create, changes.delete], [undefined, undefined]);
      assert.ok((changes.update ?? 0) >= 6 && (changes.replace ?? 0) >= 2, JSON.stringify(changes));
      await stack.preview({ expectNoChanges: true });
      assert.deepEqual(
        (await rowsOf(simulator)).apps.map(({ remark }) => remark),
        ["changed", "changed"],
      );
    });

    it("can be destroyed, and leaves nothing behind", async () => {
      await stack.destroy();
      const { groups, apis, environments, published, apps, codes, authorizations, credentials } =
        await rowsOf(simulator);
      assert.deepEqual([apis, published, apps, codes, authorizations, credentials], [[], [], [], [], [], []]);
      assert.deepEqual([groups.length, environments.length], [1, 1], "DEFAULT and RELEASE");
    });
  });
}
