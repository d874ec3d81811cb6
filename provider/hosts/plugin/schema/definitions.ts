/** What the resource types say of themselves, as far as it stands in a schema. */
import type { ResourceType } from "../../../lifecycle/contract";
import { resourceTypes } from "../../../resources/all";
import { Connection } from "../../../settings/connection";
import { loadSettings } from "../../../settings/settings";
import type { TypeName } from "../../dynamic/shells";

export type Definition = Pick<
  ResourceType<object, object>,
  "inputs" | "resolved" | "secrets" | "replaceOn" | "notKept" | "defaults"
>;

export const definitions: Readonly<Record<TypeName, Definition>> = resourceTypes;

/** Inputs that may be left out because the settings have them. */
export function fromSettings({ defaults }: Definition): string[] {
  const settings: Readonly<Record<string, string>> = {
    "huaweicloud:region": "region",
    "huaweicloud:projectId": "project",
    "huaweicloud:instanceId": "instance",
    "bkci:endpoint": "https://bkci.invalid",
    "bkci:projectId": "project",
  };
  return Object.keys(defaults(new Connection(loadSettings((key) => settings[key], {}))));
}
