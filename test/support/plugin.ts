/** What tests need to know of the plugin. */
import type { ConfigMap } from "@pulumi/pulumi/automation";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Whether `HOST=plugin` asks for tests of the plugin in place of the dynamic provider. */
export const servedByPlugin = process.env["HOST"] === "plugin";

interface Schema {
  readonly resources: Readonly<
    Record<
      string,
      { readonly properties: Readonly<Record<string, unknown>>; readonly aliases: readonly { readonly type: string }[] }
    >
  >;
}

/** What SDKs know of a type: the names of its outputs, and its other names. From the schema that the build wrote. */
export function describedIn(type: string): {
  readonly outputs: string[];
  readonly aliases: { readonly type: string }[];
} {
  const text = readFileSync(resolve(__dirname, "../../dist/hosts/plugin/schema.json"), "utf8");
  const described = (JSON.parse(text) as Schema).resources[`apig:index:${type}`];
  return { outputs: Object.keys(described?.properties ?? {}), aliases: [...(described?.aliases ?? [])] };
}

/** The settings of the simulator's first project under `apig`, an object a section. */
export function configOf(settings: ConfigMap): ConfigMap {
  const sections: Record<string, Record<string, string>> = {};
  for (const [key, { value }] of Object.entries(settings)) {
    const [section = "", name = ""] = key.split(":");
    (sections[section] ??= {})[name] = value;
  }
  return Object.fromEntries(
    Object.entries(sections).map(([section, members]) => [
      `apig:${section}`,
      { value: JSON.stringify(members), secret: true },
    ]),
  );
}
