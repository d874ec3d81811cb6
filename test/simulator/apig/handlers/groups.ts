import type { Reply } from "../../core/types";
import { equal, listed, named, parameter, parse, type Handler } from "../http";
import type { Group } from "../model";
import {
  claimName,
  createGroup,
  deleteGroup,
  findGroup,
  setSubDomainAccess,
  subDomain,
  updateGroup,
} from "../rules/groups";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

const show = (group: Group) => ({
  id: group.id,
  name: group.name,
  status: 1,
  sl_domain: subDomain(group.id),
  sl_domains: [subDomain(group.id)],
  sl_domain_access_enabled: group.subDomainOpen,
  register_time: group.registered,
  update_time: group.updated,
  on_sell_status: 2,
  url_domains: [],
  remark: group.remark,
  is_default: group.isDefault ? 1 : 2,
  version: "V1",
});

const answer = (status: number, group: Group): Reply => ({ status, body: show(group) });

export const create: Handler = (call, instance) => answer(201, createGroup(instance, parse(bodies.group, call.body)));

export const list: Handler = (call, instance) => {
  const query = parse(queries.groups, call.query);
  const precise = query.precise_search.has("name");
  const groups = instance.groups
    .all()
    .filter(({ id, name }) => equal(id, query.id) && named(name, query.name, precise))
    .reverse();
  return listed("groups", groups, query, show);
};

export const read: Handler = (call, instance) => answer(200, findGroup(instance, parameter(call, "group_id")));

export const update: Handler = (call, instance) =>
  answer(200, updateGroup(instance, parameter(call, "group_id"), parse(bodies.group, call.body)));

export const openSubDomain: Handler = (call, instance) => {
  const { sl_domain_access_enabled } = parse(bodies.subDomainAccess, call.body);
  setSubDomainAccess(instance, parameter(call, "group_id"), sl_domain_access_enabled);
  return { status: 204 };
};

export const remove: Handler = (call, instance) => {
  deleteGroup(instance, parameter(call, "group_id"));
  return { status: 204 };
};

export const check: Handler = (call, instance) => {
  claimName(instance, parse(bodies.groupCheck, call.body).group_name);
  return { status: 204 };
};
