import type { Reply } from "../../core/types";
import { listed, named, parameter, parse, type Handler } from "../http";
import type { Environment } from "../model";
import { createEnvironment, deleteEnvironment, updateEnvironment } from "../rules/environments";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

const show = ({ id, name, remark, created }: Environment) => ({ id, name, remark, create_time: created });

const answer = (status: number, environment: Environment): Reply => ({ status, body: show(environment) });

export const create: Handler = (call, instance) =>
  answer(201, createEnvironment(instance, parse(bodies.environment, call.body)));

export const list: Handler = (call, instance) => {
  const query = parse(queries.environments, call.query);
  const environments = instance.environments.all().filter(({ name }) => named(name, query.name));
  return listed("envs", environments, query, show);
};

export const update: Handler = (call, instance) =>
  answer(200, updateEnvironment(instance, parameter(call, "env_id"), parse(bodies.environment, call.body)));

export const remove: Handler = (call, instance) => {
  deleteEnvironment(instance, parameter(call, "env_id"));
  return { status: 204 };
};
