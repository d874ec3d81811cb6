import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hostVersion } from "../../engine/build";
import { engineVersion } from "../../engine/find";

const root = join(__dirname, "../../..");

const goModule = (name: string): string => readFileSync(join(root, "test/engine", name, "go.mod"), "utf8");

describe("the versions of the engine's parts", () => {
  it("are one version in the launcher, the SDK and the Go module of the engine", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    assert.equal(devDependencies["pulumi"], engineVersion);
    assert.equal(devDependencies["@pulumi/pulumi"], engineVersion);
    assert.match(goModule("cli"), new RegExp(`/pkg/v3 v${engineVersion}$`, "m"));
    assert.match(goModule("cli"), new RegExp(`/sdk/v3 v${engineVersion}( //|$)`, "m"));
  });

  it("are one version in the build script and the Go module of the language host", () => {
    assert.match(goModule("host"), new RegExp(`/sdk/v3 v${hostVersion}$`, "m"));
  });
});
