import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as apig from "../../../provider/index";
import { shells, type TypeName } from "../../../provider/hosts/dynamic/shells";

type Class = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => unknown;

describe("the option `import` of a class", () => {
  for (const type of Object.keys(shells) as TypeName[]) {
    it(`is refused by ${type}, without a stack trace, with the two ways that there are`, () => {
      const create = () => new (apig[type] as unknown as Class)("bad", {}, { import: "instance/object" });
      assert.throws(create, (error: Error) => {
        assert.ok(pulumi.RunError.isInstance(error));
        assert.match(error.message, /`import`.*`adopt: true`.*docs\/plugin\.md/);
        return true;
      });
    });
  }
});
