import { inUse, invalid, missing, quota, taken } from "../errors";
import { inGroup, routeKey, type Instance } from "../instance";
import type { Api } from "../model";
import type { ApiDefinition } from "../schemas/api";
import { revoke } from "./authorizations";
import { findGroup } from "./groups";
import { currentVersions, dropVersions } from "./publications";

/** The page's limits on one API. */
const parameterLimit = 50;
const tagLimit = 10;

export function findApi(instance: Instance, id: string): Api {
  const api = instance.apis.get(id);
  if (api === undefined) throw missing.api(id);
  return api;
}

/** Checks that in its group the name is unique, and so are method, path and match mode together. */
export function claimPlace(instance: Instance, definition: ApiDefinition, owner?: string): void {
  const same = instance.apis.first("route", routeKey(definition));
  if (same !== undefined && same.id !== owner) throw taken.route(same.definition.name);
  const namesake = instance.apis.first("name", inGroup(definition.group_id, definition.name));
  if (namesake !== undefined && namesake.id !== owner) throw taken.apiName();
}

export function createApi(instance: Instance, definition: ApiDefinition, id = instance.world.id()): Api {
  check(instance, definition);
  claimPlace(instance, definition);
  makeRoom(instance, definition.group_id);
  const now = instance.time();
  return instance.apis.put({ id, definition, registered: now, updated: now });
}

/** Replaces the whole definition. The gateway serves it when it is published again. */
export function updateApi(instance: Instance, id: string, definition: ApiDefinition): Api {
  const api = findApi(instance, id);
  check(instance, definition);
  claimPlace(instance, definition, id);
  if (definition.group_id !== api.definition.group_id) makeRoom(instance, definition.group_id);
  return instance.apis.put({ ...api, definition, updated: instance.time() });
}

/** Also deletes authorizations and the publication history. Refuses if the API is published. */
export function deleteApi(instance: Instance, id: string): void {
  findApi(instance, id);
  if (currentVersions(instance, id).length > 0) throw inUse.api();
  dropVersions(instance, id);
  for (const authorization of instance.authorizations.by("api", id)) revoke(instance, authorization.id);
  instance.apis.delete(id);
}

function check(instance: Instance, definition: ApiDefinition): void {
  findGroup(instance, definition.group_id);
  if (definition.req_params.length > parameterLimit) throw quota.parameters();
  if ((definition.tags ?? []).length > tagLimit) throw quota.tags();
  const places = definition.req_params.map(({ name, location }) =>
    // Header names are not case-sensitive.
    location === "HEADER" ? `${location} ${name.toLowerCase()}` : `${location} ${name}`,
  );
  if (new Set(places).size < places.length) throw invalid("req_params");
}

function makeRoom(instance: Instance, groupId: string): void {
  if (instance.apis.size >= instance.limit("apis")) throw quota.apis();
  if (instance.apis.countBy("group", groupId) >= instance.limit("apisPerGroup")) throw quota.apisPerGroup();
}
