/** What programs of other languages rely on, in the SDKs that are generated of the schema. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { generateSdks, type Sdks } from "../../support/sdks";

/** Resources, the inputs that must be given, and the outputs that stay secret. */
const resources: Record<string, { required: string[]; secret?: string[] }> = {
  ApiImport: { required: ["definition"] },
  ApiPublication: { required: ["envId"] },
  App: { required: ["name"], secret: ["appSecret"] },
  AppAuthorization: { required: ["apiIds", "appIds", "envId"] },
  AppCode: { required: ["appId"], secret: ["appCode"] },
  BkciCredential: {
    required: ["credentialId", "type"],
    secret: ["password", "accessToken", "secretKey", "privateKey"],
  },
  Environment: { required: ["name"] },
  SecretTagQuery: { required: ["action"] },
};
const functions = ["getBkciProject", "getBkciProjects", "getTaggedSecrets"];

describe("The SDK that is generated for", function () {
  this.timeout(600_000); // the compiler, on a machine that has none of its results
  let sdks: Sdks;
  before(async () => {
    sdks = await generateSdks();
  });

  describe("Go", () => {
    it("has every resource, what each needs, and its secrets", () => {
      for (const [name, { required, secret = [] }] of Object.entries(resources)) {
        const constructor = part(sdks.go, `func New${name}(`, "\n}");
        const needed = [...constructor.matchAll(/required argument '(\w+)'/g)].map(([, input = ""]) => input);
        assert.deepEqual(needed.sort(), required.map(capital).sort(), name);
        const outputs = quoted(/AdditionalSecretOutputs\(\[\]string\{([^}]*)/.exec(constructor)?.[1]);
        assertSecrets(name, outputs, secret);
        assert.ok(constructor.includes(`pulumi.String("pulumi-nodejs:dynamic/apig:${name}")`), `${name} has no alias`);
      }
      for (const name of functions) assert.ok(sdks.go.includes(`\nfunc ${capital(name)}(ctx *pulumi.Context`), name);
    });

    it("takes a definition of any kind, an AppCode's inputs, and is imported from where the reference says", () => {
      assert.match(part(sdks.go, "type ApiImportArgs struct {", "\n}"), /\n\tDefinition pulumi\.Input\n/);
      const args = part(sdks.go, "type AppCodeArgs struct {", "\n}");
      for (const [name, type] of [
        ["AppId", "StringInput"],
        ["AppCode", "StringPtrInput"],
        ["Rotate", "StringMapInput"],
        ["PropagationSeconds", "IntPtrInput"],
      ]) {
        assert.ok(args.includes(`\n\t${name} pulumi.${type}`), `${name} of AppCodeArgs`);
      }
      const [, module = ""] = /^module (\S+)$/m.exec(sdks.go) ?? [];
      assert.ok(sdks.go.includes(`"${module}/apig/internal"`));
      assert.deepEqual([...new Set(reference.match(/"[^"@]*\/apig"/g))], [`"${module}/apig"`]);
    });

    it("has every name that the reference's programs use", () => {
      const used = namesIn("go");
      assert.ok(used.includes("NewAppCode"));
      for (const name of used) assert.match(sdks.go, new RegExp(`^(?:func|type) ${name}\\b|^\t${name} += `, "m"), name);
    });
  });

  describe("Python", () => {
    it("has every resource, what each needs, and its secrets", () => {
      for (const [name, { required, secret = [] }] of Object.entries(resources)) {
        const args = part(part(sdks.python, `\nclass ${name}Args:`, '"""'), "__self__, *,", "):");
        const needed = [...args.matchAll(/(\w+): [^\n]*?(?: = None)?(?=,?\n|$)/g)]
          .filter(([text]) => !text.endsWith("= None"))
          .map(([, input = ""]) => input);
        assert.deepEqual(needed.sort(), required.map(snake).sort(), name);
        const resource = part(sdks.python, `\nclass ${name}(pulumi.CustomResource):`, "\n    @staticmethod");
        assertSecrets(name, quoted(/additional_secret_outputs=\[([^\]]*)/.exec(resource)?.[1]), secret);
        assert.ok(resource.includes(`type_="pulumi-nodejs:dynamic/apig:${name}"`), `${name} has no alias`);
      }
      for (const name of functions) assert.ok(sdks.python.includes(`\ndef ${snake(name)}(`), name);
    });

    it("takes a definition as an asset, a text or a mapping", () => {
      const args = part(sdks.python, "\nclass ApiImportArgs:", '"""');
      assert.match(args, /definition: .*Union\[.*pulumi\.Asset.*_builtins\.str, Mapping\[str, Any\]\]\],\n/);
    });

    it("has every name that the reference's programs use", () => {
      const exported = [...sdks.python.matchAll(/^__all__ = \[([^\]]*)/gm)].flatMap(([, names]) => quoted(names));
      const used = namesIn("python");
      assert.ok(used.includes("AppCode"));
      assert.deepEqual(
        used.filter((name) => !exported.includes(name)),
        [],
      );
    });
  });

  describe("Node.js", () => {
    it("has every resource, what each needs, and its secrets", () => {
      for (const [name, { required, secret = [] }] of Object.entries(resources)) {
        const args = part(sdks.nodejs, `\nexport interface ${name}Args {`, "\n}");
        const needed = [...args.matchAll(/^ {4}(\w+): /gm)].map(([, input = ""]) => input);
        assert.deepEqual(needed.sort(), [...required].sort(), name);
        const resource = part(sdks.nodejs, `\nexport class ${name} extends pulumi.CustomResource {`, "\n}");
        assertSecrets(name, quoted(/additionalSecretOutputs: \[([^\]]*)/.exec(resource)?.[1]), secret);
        assert.ok(resource.includes(`type: "pulumi-nodejs:dynamic/apig:${name}"`), `${name} has no alias`);
      }
      for (const name of functions) assert.ok(sdks.nodejs.includes(`\nexport function ${name}(`), name);
    });

    it("takes a definition as an asset, a text or an object", () => {
      const args = part(sdks.nodejs, "\nexport interface ApiImportArgs {", "\n}");
      assert.match(args, /definition: pulumi\.Input<.*pulumi\.asset\.Asset.* \| string \| \{\[key: string\]: any\}>;/);
    });
  });
});

const reference = readFileSync(resolve(__dirname, "../../../docs/reference.md"), "utf8");

/** What the programs of the reference take out of the SDK. */
function namesIn(language: "go" | "python"): string[] {
  const programs = [...reference.matchAll(new RegExp("```" + language + "\\n([^]*?)```", "g"))].map(([text]) => text);
  const names = programs.flatMap((text) => [...text.matchAll(/\bapig\.(\w+)/g)].map(([, name = ""]) => name));
  return [...new Set(names)];
}

/** The text from a start to the first end after it. */
function part(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  assert.ok(from >= 0, `there is no ${start}`);
  const to = text.indexOf(end, from + start.length);
  return text.slice(from + start.length, to < 0 ? undefined : to);
}

/** No secret less, and none where none is named. */
function assertSecrets(name: string, found: readonly string[], named: readonly string[]): void {
  for (const output of named) assert.ok(found.includes(output), `${output} of ${name} is no secret`);
  if (named.length === 0) assert.deepEqual(found, [], name);
}

const quoted = (list = ""): string[] => [...list.matchAll(/["'](\w+)["']/g)].map(([, word = ""]) => word);
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
