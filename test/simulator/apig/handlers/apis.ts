import type { Reply } from "../../core/types";
import { equal, listed, named, parameter, parse, tagged, type Handler } from "../http";
import type { Instance } from "../instance";
import type { Api } from "../model";
import { createApi, deleteApi, findApi, updateApi } from "../rules/apis";
import { currentVersions } from "../rules/publications";
import { apiDefinition } from "../schemas/api";
import * as queries from "../schemas/queries";

/** Where it is published: parallel lists, joined with `|`; empty when it is nowhere. */
function publication(instance: Instance, apiId: string) {
  const versions = currentVersions(instance, apiId);
  const join = (values: readonly string[]): string => values.join("|");
  return {
    run_env_id: join(versions.map((version) => version.environmentId)),
    run_env_name: join(versions.map(({ environmentId }) => instance.environments.get(environmentId)?.name ?? "")),
    publish_id: join(versions.map((version) => version.publishId)),
    publish_time: join(versions.map((version) => version.published)),
  };
}

/** Fields that only the details have. */
const hidden = new Set([
  "backend_api",
  "mock_info",
  "func_info",
  "req_params",
  "backend_params",
  "policy_mocks",
  "policy_functions",
  "policy_https",
]);

/** The fields of the list call: without backends and parameters. */
function outline(instance: Instance, { id, definition, registered, updated }: Api) {
  return {
    id,
    ...Object.fromEntries(Object.entries(definition).filter(([name]) => !hidden.has(name))),
    status: 1,
    arrange_necessary: 2,
    register_time: registered,
    update_time: updated,
    group_name: instance.groups.get(definition.group_id)?.name ?? "",
    group_version: "V1",
    ...publication(instance, id),
  };
}

function details(instance: Instance, api: Api) {
  const { definition, registered, updated } = api;
  const { backend_api, mock_info, func_info } = definition;
  const backend = { id: api.id, status: 1, register_time: registered, update_time: updated };
  return {
    ...outline(instance, api),
    ...(backend_api === undefined ? {} : { backend_api: { ...backend_api, ...backend } }),
    ...(mock_info === undefined ? {} : { mock_info: { ...mock_info, ...backend } }),
    ...(func_info === undefined ? {} : { func_info: { ...func_info, ...backend } }),
    req_params: definition.req_params,
    backend_params: definition.backend_params,
    policy_mocks: definition.policy_mocks ?? [],
    policy_functions: definition.policy_functions ?? [],
    policy_https: definition.policy_https ?? [],
  };
}

const answer = (status: number, instance: Instance, api: Api): Reply => ({ status, body: details(instance, api) });

export const create: Handler = (call, instance) =>
  answer(201, instance, createApi(instance, parse(apiDefinition, call.body)));

export const list: Handler = (call, instance) => {
  const query = parse(queries.apis, call.query);
  const precise = query.precise_search;
  const candidates = query.group_id === undefined ? instance.apis.all() : instance.apis.by("group", query.group_id);
  const apis = candidates
    .filter(
      ({ id, definition: api }) =>
        equal(id, query.id) &&
        named(api.name, query.name, precise.has("name")) &&
        equal(api.req_protocol, query.req_protocol) &&
        equal(api.req_method, query.req_method) &&
        named(api.req_uri, query.req_uri, precise.has("req_uri")) &&
        equal(api.auth_type, query.auth_type) &&
        equal(String(api.type), query.type) &&
        tagged(api.tags, query.tags) &&
        // There are no VPC channels here.
        equal("", query.vpc_channel_name) &&
        (query.env_id === undefined ||
          currentVersions(instance, id).some(({ environmentId }) => environmentId === query.env_id)),
    )
    .reverse();
  return listed("apis", apis, query, (api) => outline(instance, api));
};

export const read: Handler = (call, instance) => answer(200, instance, findApi(instance, parameter(call, "api_id")));

export const update: Handler = (call, instance) =>
  answer(200, instance, updateApi(instance, parameter(call, "api_id"), parse(apiDefinition, call.body)));

export const remove: Handler = (call, instance) => {
  deleteApi(instance, parameter(call, "api_id"));
  return { status: 204 };
};
