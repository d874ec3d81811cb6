/** The resource types by the tokens that programs, states and schemas name them by. */
import type { Surroundings } from "../../lifecycle/contract";
import type { Properties } from "../../lifecycle/properties";
import { warn } from "../../lifecycle/warn";
import { resourceTypes } from "../../resources/all";
import { parseFound } from "../../resources/secret-tag-query/found";
import { PluginResource } from "./resource";
import { tokenOf } from "./tokens";

export function pluginResources(surroundings: Surroundings): ReadonlyMap<string, PluginResource> {
  return new Map(
    Object.entries(resourceTypes).map(([name, type]) => {
      const shown = type === resourceTypes.SecretTagQuery ? foundSecrets : undefined;
      return [tokenOf(name), new PluginResource(type, surroundings, shown)];
    }),
  );
}

/** Programs get a list; state keeps a text, which differs secret by secret. Without the fields of each there is no list. */
function foundSecrets({ found }: Properties): Properties {
  if (found === undefined) return { resources: [] };
  if (typeof found !== "string") return { resources: found };
  try {
    return { resources: parseFound(found) };
  } catch (error) {
    warn(error instanceof Error ? error.message : String(error));
    return {};
  }
}
