import { Refusal } from "../../core/types";
import { missing } from "../errors";
import { attempt, equal, listed, named, parameter, parse, type Handler } from "../http";
import type { Instance } from "../instance";
import type { Version } from "../model";
import { findApi } from "../rules/apis";
import { findEnvironment } from "../rules/environments";
import { findGroup } from "../rules/groups";
import { findVersion, history, publish, switchVersion, takeOffline } from "../rules/publications";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

const show = (instance: Instance, version: Version) => ({
  publish_id: version.publishId,
  api_id: version.apiId,
  api_name: instance.apis.get(version.apiId)?.definition.name ?? "",
  env_id: version.environmentId,
  remark: version.remark,
  publish_time: version.published,
  version_id: version.id,
});

interface Request {
  readonly action: "online" | "offline";
  readonly environmentId: string;
  readonly remark: string | undefined;
}

function act(instance: Instance, apiId: string, { action, environmentId, remark }: Request): Version {
  const api = findApi(instance, apiId);
  if (action === "online") return publish(instance, api, environmentId, remark);
  return takeOffline(instance, apiId, environmentId);
}

export const one: Handler = (call, instance) => {
  const { action, env_id, api_id, remark } = parse(bodies.apiAction, call.body);
  const environmentId = findEnvironment(instance, env_id).id;
  return { status: 201, body: show(instance, act(instance, api_id, { action, environmentId, remark })) };
};

/** Up to 1000 APIs. If one of them fails, it is an entry of `failure`, and the status is a success. */
export const many: Handler = (call, instance) => {
  const { action } = parse(queries.batchAction, call.query);
  const { env_id, apis, group_id, remark } = parse(bodies.batchAction, call.body);
  const environmentId = findEnvironment(instance, env_id).id;
  const inGroup = group_id === undefined ? undefined : findGroup(instance, group_id).id;
  const ids = apis ?? instance.apis.by("group", inGroup ?? "").map(({ id }) => id);
  const success: unknown[] = [];
  const failure: unknown[] = [];
  for (const id of new Set(ids)) {
    const result = attempt(() => {
      // Given both, the page's sample publishes the named APIs of the group.
      if (inGroup !== undefined && findApi(instance, id).definition.group_id !== inGroup) throw missing.api(id);
      return act(instance, id, { action, environmentId, remark });
    });
    if (result instanceof Refusal) failure.push(failed(instance, id, result));
    else success.push(show(instance, result));
  }
  return { status: 200, body: { success, failure }, note: `apis=${ids.length}` };
};

const failed = (instance: Instance, id: string, { code, message }: Refusal) => ({
  api_id: id,
  ...(instance.apis.get(id) === undefined ? {} : { api_name: instance.apis.get(id)?.definition.name }),
  error_code: code,
  error_msg: message,
});

export const listVersions: Handler = (call, instance) => {
  const query = parse(queries.versions, call.query);
  const { id } = findApi(instance, parameter(call, "api_id"));
  const nameOf = (environmentId: string): string => instance.environments.get(environmentId)?.name ?? "";
  const versions = history(instance, id).filter(
    ({ environmentId }) => equal(environmentId, query.env_id) && named(nameOf(environmentId), query.env_name, true),
  );
  return listed("api_versions", versions, query, (version) => ({
    version_id: version.id,
    version_no: version.number,
    api_id: version.apiId,
    env_id: version.environmentId,
    env_name: nameOf(version.environmentId),
    remark: version.remark,
    publish_time: version.published,
    status: version.current ? 1 : 2,
  }));
};

export const change: Handler = (call, instance) => {
  const { version_id } = parse(bodies.versionSwitch, call.body);
  const { id } = findApi(instance, parameter(call, "api_id"));
  return { status: 200, body: show(instance, switchVersion(instance, id, version_id)) };
};

export const removeVersion: Handler = (call, instance) => {
  const version = findVersion(instance, parameter(call, "version_id"));
  if (!version.current) throw missing.version(version.id);
  takeOffline(instance, version.apiId, version.environmentId);
  return { status: 204 };
};
