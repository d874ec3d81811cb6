/** The words of the schema are those that users of TypeScript see. They are read here without the generator. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { shells, type TypeName } from "../../../../provider/hosts/dynamic/shells";
import { packageSpec } from "../../../../provider/hosts/plugin/schema/package";
import type { PackageSpec } from "../../../../provider/hosts/plugin/schema/spec";

const provider = join(__dirname, "../../../../provider");

/** Names and comments of the members of a class or an interface. */
function documented(file: string, name: string): Map<string, string> {
  const source = ts.createSourceFile(file, readFileSync(join(provider, file), "utf8"), ts.ScriptTarget.Latest, true);
  const declared = source.statements.find(
    (each) => (ts.isClassDeclaration(each) || ts.isInterfaceDeclaration(each)) && each.name?.text === name,
  ) as ts.ClassDeclaration | ts.InterfaceDeclaration;
  const members = [...declared.members].filter(
    (each) =>
      (ts.isPropertyDeclaration(each) || ts.isPropertySignature(each) || ts.isGetAccessor(each)) &&
      !/\bprivate\b/.test(each.getText()),
  );
  return new Map(members.map((each) => [each.name?.getText() ?? "", plain(each.getFullText().split("*/")[0] ?? "")]));
}

/** Letters and digits alone: how a text is laid out and marked does not matter. */
function plain(text: string): string {
  return text.replace(/\{@link (\w+)\}/g, "$1").replace(/[^\p{L}\p{N}]/gu, "");
}

describe("The words of the plugin's schema", function () {
  this.timeout(60_000);
  let schema: PackageSpec;
  before(() => {
    schema = packageSpec();
  });

  for (const name of Object.keys(shells) as TypeName[]) {
    it(`are those of ${name}: every input, every output`, () => {
      const { inputProperties, properties } = schema.resources[`apig:index:${name}`]!;
      const inputs = documented(`resources/${shells[name]}/inputs.ts`, `${name}Inputs`);
      const outputs = documented(`hosts/dynamic/${shells[name]}.ts`, name);
      assert.deepEqual(Object.keys(inputProperties), [...inputs.keys()]);
      assert.deepEqual(new Set(Object.keys(properties)), new Set([...outputs.keys(), ...inputs.keys()]));
      for (const [input, { description }] of Object.entries(inputProperties)) {
        assert.equal(plain(description ?? ""), inputs.get(input), input);
      }
      for (const [output, { description }] of Object.entries(properties)) {
        assert.equal(plain(description ?? ""), outputs.get(output) ?? inputs.get(output), output);
      }
    });
  }
});
