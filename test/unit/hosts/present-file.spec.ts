import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { presentFile } from "../../../provider/hosts/dynamic/present-file";

describe("the definition of a program", () => {
  for (const [path, problem] of [
    ["nowhere.yaml", /^cannot read nowhere\.yaml: there is no such file; paths start at the folder of the program$/],
    [__dirname, /: it is a folder/],
  ] as const) {
    it(`in a file that cannot be read (${problem.source}) ends the program without a stack trace`, async () => {
      await assert.rejects(
        async () => presentFile(new pulumi.asset.FileAsset(path)),
        (error: Error) => {
          assert.ok(pulumi.RunError.isInstance(error));
          assert.match(error.message, problem);
          return true;
        },
      );
    });
  }

  it("is passed on unchanged where there is nothing wrong, and in every other form", async () => {
    const forms = [new pulumi.asset.FileAsset(__filename), new pulumi.asset.StringAsset("text"), "text", {}, undefined];
    for (const form of forms) assert.equal(await presentFile(form), form);
  });
});
