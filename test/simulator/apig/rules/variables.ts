import { missing, quota, taken } from "../errors";
import type { Instance } from "../instance";
import type { Variable } from "../model";
import { findEnvironment } from "./environments";
import { findGroup } from "./groups";

/** Variables of a group in one environment. */
const limit = 50;

export function findVariable(instance: Instance, id: string): Variable {
  const variable = instance.variables.get(id);
  if (variable === undefined) throw missing.variable();
  return variable;
}

export function createVariable(instance: Instance, fields: Omit<Variable, "id">): Variable {
  const { id: groupId } = findGroup(instance, fields.groupId);
  const { id: environmentId } = findEnvironment(instance, fields.environmentId);
  const others = instance.variables.by("group", groupId).filter((other) => other.environmentId === environmentId);
  if (others.some(({ name }) => name === fields.name)) throw taken.variable();
  if (others.length >= limit) throw quota.variables();
  return instance.variables.put({ ...fields, id: instance.world.id() });
}

export const updateVariable = (instance: Instance, id: string, value: string): Variable =>
  instance.variables.put({ ...findVariable(instance, id), value });

export const deleteVariable = (instance: Instance, id: string): void =>
  instance.variables.delete(findVariable(instance, id).id);
