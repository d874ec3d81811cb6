import type { Reply } from "../../core/types";
import { equal, listed, named, parameter, parse, type Handler } from "../http";
import type { Variable } from "../model";
import { findGroup } from "../rules/groups";
import { createVariable, deleteVariable, findVariable, updateVariable } from "../rules/variables";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

const show = ({ id, groupId, environmentId, name, value }: Variable) => ({
  id,
  group_id: groupId,
  env_id: environmentId,
  variable_name: name,
  variable_value: value,
});

const answer = (status: number, variable: Variable): Reply => ({ status, body: show(variable) });

export const create: Handler = (call, instance) => {
  const { group_id, env_id, variable_name, variable_value } = parse(bodies.variable, call.body);
  const fields = { groupId: group_id, environmentId: env_id, name: variable_name, value: variable_value };
  return answer(201, createVariable(instance, fields));
};

export const list: Handler = (call, instance) => {
  const query = parse(queries.variables, call.query);
  const precise = query.precise_search.has("variable_name");
  const variables = instance.variables
    .by("group", findGroup(instance, query.group_id).id)
    .filter(
      ({ environmentId, name }) => equal(environmentId, query.env_id) && named(name, query.variable_name, precise),
    );
  return listed("variables", variables, query, show);
};

export const read: Handler = (call, instance) =>
  answer(200, findVariable(instance, parameter(call, "env_variable_id")));

export const update: Handler = (call, instance) => {
  const { variable_value } = parse(bodies.newVariableValue, call.body);
  return answer(200, updateVariable(instance, parameter(call, "env_variable_id"), variable_value));
};

export const remove: Handler = (call, instance) => {
  deleteVariable(instance, parameter(call, "env_variable_id"));
  return { status: 204 };
};
