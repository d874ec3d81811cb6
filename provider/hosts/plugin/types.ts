/** The resource types by the tokens that programs, states and schemas name them by. */
import type { Surroundings } from "../../lifecycle/contract";
import type { Properties } from "../../lifecycle/properties";
import { warn } from "../../lifecycle/warn";
import { resourceTypes, type AnyResourceType } from "../../resources/all";
import type { PublishedApi } from "../../resources/api-publication/inputs";
import { publishedApiIds } from "../../resources/api-publication/same-apis";
import { parseFound } from "../../resources/secret-tag-query/found";
import { PluginResource } from "./resource";
import { tokenOf } from "./tokens";

export function pluginResources(surroundings: Surroundings): ReadonlyMap<string, PluginResource> {
  return new Map(
    Object.entries(resourceTypes).map(([name, type]) => [
      tokenOf(name),
      new PluginResource(type, surroundings, shown.get(type)),
    ]),
  );
}

/** Outputs that classes make of others, which programs of other languages cannot. */
const shown = new Map<AnyResourceType, (state: Properties) => Properties>([
  [resourceTypes.SecretTagQuery, foundSecrets],
  [resourceTypes.ApiPublication, publishedIds],
]);

function publishedIds({ published }: Properties): Properties {
  return Array.isArray(published) ? { publishedApiIds: publishedApiIds(published as PublishedApi[]) } : {};
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
