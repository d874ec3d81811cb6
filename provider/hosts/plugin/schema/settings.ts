/** The settings as a schema describes them: for the stack's config and for an explicit provider. */
import { settingKeys, type SettingKey, type SettingKeyRow } from "../../../settings/keys";
import { referenceTo, type NamedSpec, type ObjectSpec, type Properties, type TypeSpec } from "./spec";
import { sentence } from "./words";

const sections = {
  huaweicloud: { type: "HuaweiCloudSettings", description: "Settings for Huawei Cloud." },
  bkci: { type: "BkciSettings", description: "Settings for BK-CI." },
} as const;

/** What is given as something else than a text. Times stay texts: in some languages they do not fit into an integer. */
const kinds: Partial<Record<SettingKey, TypeSpec>> = {
  "huaweicloud:insecure": { type: "boolean" },
  "huaweicloud:maxRetries": { type: "integer" },
  "huaweicloud:maxConcurrency": { type: "integer" },
  "huaweicloud:endpoints": { type: "object", additionalProperties: { type: "string" } },
};

/** The types of both sections, by name. */
export const settingTypes: ReadonlyMap<string, NamedSpec> = new Map(
  Object.entries(sections).map(([section, { type, description }]) => [type, objectOf(section, description)]),
);

/**
 * Both sections as properties. Each is secret as a whole, because SDKs mark no member of an object: what a program gives to
 * an explicit provider is then encrypted, also where it is a plain literal.
 */
export const settingProperties: Properties = Object.fromEntries(
  Object.entries(sections).map(([section, { type, description }]) => [
    section,
    { ...referenceTo(type), description, secret: true },
  ]),
);

function objectOf(section: string, description: string): ObjectSpec {
  const rows: readonly SettingKeyRow[] = settingKeys.filter(({ key }) => key.startsWith(`${section}:`));
  const properties = rows.map(({ key, environment, about, secret }) => [
    key.slice(section.length + 1),
    {
      ...(kinds[key as SettingKey] ?? { type: "string" }),
      description: `${sentence(about.replace(/^JSON of addresses/, "addresses"))} In the environment: \`${environment}\`.`,
      ...(secret && { secret: true }),
    },
  ]);
  return { type: "object", description, properties: Object.fromEntries(properties) as Properties, required: [] };
}
