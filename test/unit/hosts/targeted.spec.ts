import assert from "node:assert/strict";
import { isTargetedUpdate, isTargeting } from "../../../provider/hosts/engine/targeted";

describe("A run that updates only some resources", () => {
  it("is told by the command of the engine", () => {
    const yes = [
      "up --target u",
      "up -t u --yes",
      "update --exclude=u",
      "--cwd x up --target=u",
      "up --target-replace u",
    ];
    const no = ["up", "up --yes", "up --target u --target-dependents", "destroy --target u", "preview --target u"];
    for (const line of yes) assert.ok(isTargeting(["/opt/bin/pulumi", ...line.split(" ")]), line);
    for (const line of no) assert.ok(!isTargeting(["pulumi", ...line.split(" ")]), line);
    assert.ok(isTargeting(["C:\\\\pulumi.exe", "up", "--target", "u"]));
    assert.ok(!isTargeting(["node", "up", "--target", "u"]));
  });

  it("is none where the process was started by something else, or is gone", () => {
    assert.ok(!isTargetedUpdate());
    assert.ok(!isTargetedUpdate(2 ** 30));
  });
});
