/** API groups. `huawei` reference 1.2. */
import { z } from "zod";
import { call, listAll, listing, nothing, operation, type Instance } from "./instance";

const Group = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  remark: z.string().nullish(),
  sl_domain: z.string().nullish(),
  /** 1 of the group that every instance has, and that cannot be deleted. */
  is_default: z.number().nullish(),
  register_time: z.string().nullish(),
});
export type Group = z.infer<typeof Group>;

const list = listing({ name: "ListApiGroupsV2", action: "list the API groups", path: "/api-groups" }, "groups", Group);

const show = operation({
  name: "ShowDetailsOfApiGroupV2",
  action: "read the API group",
  method: "GET",
  path: "/api-groups/{group_id}",
  success: [200],
  idempotent: true,
  response: Group,
});

const update = operation({
  name: "UpdateApiGroupV2",
  action: "update the API group",
  method: "PUT",
  path: "/api-groups/{group_id}",
  success: [200],
  idempotent: true,
  response: Group,
});

const remove = operation({
  name: "DeleteApiGroupV2",
  action: "delete the API group",
  method: "DELETE",
  path: "/api-groups/{group_id}",
  success: [204],
  idempotent: true,
  response: nothing,
});

/** The group with exactly this name. Without `precise_search` the service also matches parts of names. */
export async function findGroup(instance: Instance, name: string): Promise<Group | undefined> {
  const query = { name, precise_search: "name" };
  const groups = await listAll(instance, list, { query, subject: `named ${name}` });
  return groups.find((group) => group.name === name);
}

/** All groups. An instance always has one, DEFAULT, but not every user may see it. */
export function listGroups(instance: Instance): Promise<Group[]> {
  return listAll(instance, list);
}

export function showGroup(instance: Instance, groupId: string): Promise<Group> {
  return call(instance, show, { path: { group_id: groupId }, about: { id: groupId }, subject: groupId });
}

/** Changes name and remark. A group has no other fields that can be changed. */
export function updateGroup(
  instance: Instance,
  groupId: string,
  body: { name: string; remark: string },
): Promise<Group> {
  return call(instance, update, { path: { group_id: groupId }, body, about: { id: groupId }, subject: groupId });
}

/** Deletes a group, after a look that it is there: a server that answers every call with success must not be believed. */
export async function deleteGroup(instance: Instance, groupId: string): Promise<void> {
  await showGroup(instance, groupId);
  await call(instance, remove, { path: { group_id: groupId }, subject: groupId });
}
