import assert from "node:assert/strict";
import { z } from "zod";
import { demandAgreement } from "../../../../provider/hosts/plugin/schema/agreement";
import { definitions } from "../../../../provider/hosts/plugin/schema/definitions";
import { packageSpec } from "../../../../provider/hosts/plugin/schema/package";
import type { PackageSpec, Properties } from "../../../../provider/hosts/plugin/schema/spec";
import { settingKeys } from "../../../../provider/settings/keys";

describe("The plugin's schema", function () {
  this.timeout(60_000);
  let schema: PackageSpec;
  before(() => {
    schema = packageSpec();
  });
  const resource = (name: string) => schema.resources[`apig:index:${name}`]!;
  const type = (name: string) => schema.types[`apig:index:${name}`]!;
  const marked = (properties: Properties, mark: "secret" | "willReplaceOnChanges") =>
    Object.keys(properties).filter((name) => properties[name]?.[mark]);

  it("has the eight types, under the names that dynamic states are found by, and the three functions", () => {
    const names = Object.keys(definitions);
    assert.equal(names.length, 8);
    for (const name of names) {
      assert.deepEqual(resource(name).aliases, [{ type: `pulumi-nodejs:dynamic/apig:${name}` }]);
    }
    assert.deepEqual(Object.keys(schema.resources), names.map((name) => `apig:index:${name}`).sort());
    const functions = ["getBkciProject", "getBkciProjects", "getTaggedSecrets"].map((name) => `apig:index:${name}`);
    assert.deepEqual(Object.keys(schema.functions), functions);
  });

  it("marks what is secret, as inputs and as outputs", () => {
    const slots = ["password", "accessToken", "oauthToken", "secretKey", "appId", "privateKey"];
    const rest = ["passphrase", "token", "cosAppId", "secretId", "region"];
    const secrets: Readonly<Record<string, readonly string[]>> = {
      App: ["appSecret"],
      AppCode: ["appCode"],
      BkciCredential: [...slots, ...rest],
    };
    for (const name of Object.keys(definitions)) {
      const { inputProperties, properties } = resource(name);
      for (const each of [inputProperties, properties]) {
        assert.deepEqual(marked(each, "secret").sort(), [...(secrets[name] ?? [])].sort(), name);
      }
    }
  });

  it("says what replaces, of the inputs that a program can give", () => {
    const replaces = (name: string) => marked(resource(name).inputProperties, "willReplaceOnChanges").sort();
    assert.deepEqual(replaces("App"), ["instanceId"]);
    assert.deepEqual(replaces("AppCode"), ["appCode", "appId", "instanceId", "rotate"]);
    assert.deepEqual(replaces("BkciCredential"), ["credentialId", "projectId", "type"]);
    assert.deepEqual(replaces("SecretTagQuery"), []);
  });

  it("requires what no setting gives, and promises what is always there", () => {
    assert.deepEqual(resource("App").requiredInputs, ["name"]);
    assert.deepEqual(resource("ApiImport").requiredInputs, ["definition"]);
    assert.deepEqual(resource("App").required, ["appId", "name", "appKey", "appSecret", "instanceId"]);
    assert.ok(!resource("ApiImport").required.includes("skipped"));
    assert.deepEqual(resource("SecretTagQuery").required, ["totalCount", "fingerprint", "resources", "action"]);
  });

  it("has types for what is nested, and none for what the package only keeps for itself", () => {
    assert.deepEqual(resource("ApiImport").inputProperties["definition"]?.oneOf, [
      { $ref: "pulumi.json#/Asset" },
      { type: "string" },
      { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } },
    ]);
    const backends = ["HttpBackend", "VpcBackend", "FunctionBackend", "MockBackend"];
    const defaults = type("OperationDefaults");
    assert.ok(!("enum" in defaults));
    assert.deepEqual(
      defaults.properties["backend"]?.oneOf,
      backends.map((name) => ({ $ref: `#/types/apig:index:${name}` })),
    );
    const credentials = type("BkciCredentialType");
    assert.ok("enum" in credentials && credentials.enum.length === 11);
    assert.equal(resource("AppCode").inputProperties["propagationSeconds"]?.type, "integer");
    for (const name of Object.keys(definitions)) {
      const { inputProperties, properties } = resource(name);
      for (const hidden of ["project", "drift", "server", "found", "stateVersion"]) {
        assert.ok(!(hidden in inputProperties) && !(hidden in properties), `${name}.${hidden}`);
      }
    }
  });

  it("has every setting, what it is for and its variable; objects that hold secrets are secret as a whole", () => {
    for (const { key, environment, secret } of settingKeys) {
      const [section = "", name = ""] = key.split(":");
      const settings = type(section === "bkci" ? "BkciSettings" : "HuaweiCloudSettings");
      assert.ok(!("enum" in settings));
      const property = settings.properties[name];
      assert.ok(property?.description?.endsWith(`In the environment: \`${environment}\`.`), key);
      assert.equal(property?.secret ?? false, secret, key);
    }
    assert.deepEqual(marked(schema.config.variables, "secret"), ["huaweicloud", "bkci"]);
    assert.deepEqual(schema.provider.inputProperties, schema.config.variables);
  });

  it("shows an example of everything in four languages", () => {
    for (const [name, { description }] of Object.entries({ ...schema.resources, ...schema.functions })) {
      const [, example = ""] = description.split(/\{\{% \/?example %\}\}/);
      const languages = Array.from(example.matchAll(/^```(\w+)$/gm), ([, language]) => language);
      assert.deepEqual(languages, ["yaml", "typescript", "python", "go"], name);
    }
  });

  it("cannot be made where documentation and checks of inputs disagree", () => {
    const rules = {
      inputs: z.object({ name: z.string(), size: z.number(), mode: z.enum(["a", "b"]), hidden: z.string() }),
      resolved: ["hidden"],
      secrets: [],
    };
    const properties: Properties = {
      name: { type: "string" },
      size: { type: "integer" },
      mode: { $ref: "#/types/apig:index:Mode" },
      more: { type: "string" },
    };
    const named = new Map([["Mode", { type: "string" as const, enum: [{ value: "a" }, { value: "c" }] }]]);
    assert.throws(
      () => demandAgreement("Thing", { properties, required: ["name", "mode"] }, rules, [], named),
      ({ message }: Error) => {
        assert.deepEqual(message.split("\n  ").slice(1), [
          "Thing: properties: more only documented",
          "Thing: required: size only checked",
          "Thing.size: documented as integer, checked as number",
          "Thing.mode: values: c only documented",
          "Thing.mode: values: b only checked",
        ]);
        return true;
      },
    );
  });
});
