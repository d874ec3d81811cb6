import { inUse, missing, quota, taken } from "../errors";
import type { Instance } from "../instance";
import type { Group } from "../model";

interface Fields {
  readonly name: string;
  readonly remark?: string | undefined;
}

/** The domain under which a group's APIs are served; `*.localhost` always means this machine. */
export const subDomain = (groupId: string): string => `${groupId}.apic.localhost`;

export function findGroup(instance: Instance, id: string): Group {
  const group = instance.groups.get(id);
  if (group === undefined) throw missing.group(id);
  return group;
}

/** Group names are unique on an instance. */
export function claimName(instance: Instance, name: string, owner?: string): void {
  const holder = instance.groups.first("name", name);
  if (holder !== undefined && holder.id !== owner) throw taken.groupName();
}

export function createGroup(instance: Instance, fields: Fields, id = instance.world.id()): Group {
  claimName(instance, fields.name);
  if (instance.groups.size >= instance.limit("groups")) throw quota.groups();
  const now = instance.time();
  const { name, remark = "" } = fields;
  return instance.groups.put({
    id,
    name,
    remark,
    isDefault: false,
    subDomainOpen: true,
    registered: now,
    updated: now,
  });
}

/** A remark that is absent or empty leaves the old one: the service does not clear it. */
export function updateGroup(instance: Instance, id: string, fields: Fields): Group {
  const group = findGroup(instance, id);
  claimName(instance, fields.name, id);
  const remark = fields.remark === undefined || fields.remark === "" ? group.remark : fields.remark;
  return instance.groups.put({ ...group, name: fields.name, remark, updated: instance.time() });
}

export function setSubDomainAccess(instance: Instance, id: string, subDomainOpen: boolean): void {
  instance.groups.put({ ...findGroup(instance, id), subDomainOpen });
}

/** Also deletes its variables, but never APIs. */
export function deleteGroup(instance: Instance, id: string): void {
  const group = findGroup(instance, id);
  if (group.isDefault) throw inUse.fixed();
  if (instance.apis.countBy("group", id) > 0) throw inUse.group();
  for (const variable of instance.variables.by("group", id)) instance.variables.delete(variable.id);
  instance.groups.delete(id);
}
