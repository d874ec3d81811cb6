/** The resource types by the tokens that programs, states and schemas name them by. */
import type { ResourceType, Surroundings } from "../../lifecycle/contract";
import type { Properties } from "../../lifecycle/properties";
import { warn } from "../../lifecycle/warn";
import { apiImport } from "../../resources/api-import/resource";
import { apiPublication } from "../../resources/api-publication/resource";
import { app } from "../../resources/app/resource";
import { appAuthorization } from "../../resources/app-authorization/resource";
import { appCode } from "../../resources/app-code/resource";
import { bkciCredential } from "../../resources/bkci-credential/resource";
import { environment } from "../../resources/environment/resource";
import { parseFound } from "../../resources/secret-tag-query/found";
import { secretTagQuery } from "../../resources/secret-tag-query/resource";
import { PluginResource } from "./resource";

export const prefix = "apig:index:";

export function pluginResources(surroundings: Surroundings): ReadonlyMap<string, PluginResource> {
  const make = <Args extends object, State extends object>(
    type: ResourceType<Args, State>,
    shown?: (state: Properties) => Properties,
  ): [string, PluginResource] => [prefix + type.type, new PluginResource(type, surroundings, shown)];
  return new Map([
    make(app),
    make(appCode),
    make(apiImport),
    make(environment),
    make(apiPublication),
    make(appAuthorization),
    make(bkciCredential),
    make(secretTagQuery, foundSecrets),
  ]);
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
