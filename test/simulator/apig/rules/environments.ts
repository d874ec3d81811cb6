import { inUse, missing, quota, taken } from "../errors";
import { releaseId, type Instance } from "../instance";
import type { Environment } from "../model";
import { revoke } from "./authorizations";

interface Fields {
  readonly name: string;
  readonly remark?: string | undefined;
}

export function findEnvironment(instance: Instance, id: string): Environment {
  const environment = instance.environments.get(id);
  if (environment === undefined) throw missing.environment();
  return environment;
}

export function createEnvironment(instance: Instance, fields: Fields, id = instance.world.id()): Environment {
  claimName(instance, fields.name);
  if (instance.environments.size >= instance.limit("environments")) throw quota.environments();
  return instance.environments.put({ id, name: fields.name, remark: fields.remark ?? "", created: instance.time() });
}

export function updateEnvironment(instance: Instance, id: string, fields: Fields): Environment {
  const environment = findEnvironment(instance, id);
  if (id === releaseId) throw inUse.fixed();
  claimName(instance, fields.name, id);
  return instance.environments.put({ ...environment, name: fields.name, remark: fields.remark ?? environment.remark });
}

export function deleteEnvironment(instance: Instance, id: string): void {
  findEnvironment(instance, id);
  if (id === releaseId) throw inUse.fixed();
  if (instance.versions.countBy("environment", id) > 0) throw inUse.environment();
  for (const { id: versionId, environmentId } of instance.versions.all()) {
    if (environmentId === id) instance.versions.delete(versionId);
  }
  for (const variable of instance.variables.all()) {
    if (variable.environmentId === id) instance.variables.delete(variable.id);
  }
  for (const authorization of instance.authorizations.all()) {
    if (authorization.environmentId === id) revoke(instance, authorization.id);
  }
  instance.environments.delete(id);
}

function claimName(instance: Instance, name: string, owner?: string): void {
  const holder = instance.environments.first("name", name);
  if (holder !== undefined && holder.id !== owner) throw taken.environmentName();
}
