/** The provider's config: `apig:huaweicloud` and `apig:bkci`, an object each, as in the explicit provider of TypeScript programs. */
import { isPlainObject, type Properties } from "../../lifecycle/properties";
import { containsUnknown } from "../../lifecycle/unknown";
import type { CheckFailure } from "../../lifecycle/validate";
import { noSetting } from "../../settings/keys";
import { settingKeys, type Lookup } from "../../settings/settings";

const sections = ["huaweicloud", "bkci"] as const;

/** What the engine adds to the config of a package: not ours. */
const ofEngine = ["version", "pluginDownloadURL"];

/** Settings that do not exist, and objects that are none. */
export function checkConfig(config: Properties): CheckFailure[] {
  const strangers = Object.keys(config).filter((key) => ![...sections, ...ofEngine].includes(key));
  return [
    ...strangers.map((key) => ({ property: "", reason: noSetting(key) })),
    ...sections.flatMap((section) => {
      const value = config[section];
      if (value === undefined || containsUnknown(value)) return [];
      const members = objectOf(value);
      if (members === undefined) return [{ property: "", reason: `${section} must be an object of settings` }];
      return Object.keys(members)
        .filter((name) => !isSetting(`${section}:${name}`))
        .map((name) => ({
          property: "",
          reason: noSetting(`${section}.${name}`),
        }));
    }),
  ];
}

/** Reads the settings, as text, by keys such as `huaweicloud:region`. */
export function lookupIn(config: Properties): Lookup {
  const flat = new Map(
    sections.flatMap((section) =>
      Object.entries(objectOf(config[section]) ?? {}).map(([name, value]) => [`${section}:${name}`, textOf(value)]),
    ),
  );
  return (key) => flat.get(key);
}

/** The engine gives objects of config as JSON text. */
function objectOf(value: unknown): Properties | undefined {
  if (isPlainObject(value)) return value;
  if (typeof value !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isPlainObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isSetting(key: string): boolean {
  return settingKeys.some((row) => row.key === key);
}
