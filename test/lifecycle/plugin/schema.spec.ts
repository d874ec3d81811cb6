import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { packageSpec } from "../../../provider/hosts/plugin/schema/package";
import type { PackageSpec } from "../../../provider/hosts/plugin/schema/spec";
import { locateEngine } from "../../engine/engine";
import { run } from "../../engine/run";

describe("The plugin's schema, on the engine", function () {
  this.timeout(120_000);

  it("is what the plugin answers with, and the engine takes it", async () => {
    const engine = await locateEngine();
    assert.ok(!Array.isArray(engine), "there is no engine: npm run engine");
    const pulumi = join(engine.bin, "pulumi");
    const plugin = resolve(__dirname, "../../../plugin/pulumi-resource-apig");
    const options = { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" }, timeout: 60_000 };
    assert.equal(await run(pulumi, ["schema", "check", plugin], options), "");
    const answered = JSON.parse(await run(pulumi, ["package", "get-schema", plugin], options)) as PackageSpec;
    const made = packageSpec();
    for (const part of ["resources", "functions", "types"] as const) {
      assert.deepEqual(Object.keys(answered[part]).sort(), Object.keys(made[part]).sort());
    }
    assert.equal(answered.version, made.version);
    assert.deepEqual(answered.resources["apig:index:AppCode"], made.resources["apig:index:AppCode"]);
  });
});
