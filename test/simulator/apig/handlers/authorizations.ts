import type { Refusal } from "../../core/types";
import { inUse, missing, taken } from "../errors";
import { equal, listed, named, parameter, parse, tagged, type Handler } from "../http";
import type { Instance } from "../instance";
import type { Api, App, Authorization } from "../model";
import { findApi } from "../rules/apis";
import { findApp } from "../rules/apps";
import { authorize, existing, revoke } from "../rules/authorizations";
import { findEnvironment } from "../rules/environments";
import { currentVersions, isPublished } from "../rules/publications";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

const show = ({ id, apiId, appId, authorized }: Authorization) => ({
  id,
  api_id: apiId,
  app_id: appId,
  auth_time: authorized,
  auth_role: "PROVIDER",
  auth_tunnel: "NORMAL",
});

const result = (status: "SKIPPED" | "FAILED", { code, message }: Refusal, api: Api, app: App) => ({
  status,
  error_code: code,
  error_msg: message,
  api_name: api.definition.name,
  app_name: app.name,
});

function attempt(instance: Instance, app: App, api: Api, environmentId: string) {
  const old = existing(instance, app.id, api.id, environmentId);
  if (old !== undefined) return { ...show(old), auth_result: result("SKIPPED", taken.authorization(), api, app) };
  const failed = (refusal: Refusal) => ({
    api_id: api.id,
    app_id: app.id,
    auth_result: result("FAILED", refusal, api, app),
  });
  if (api.definition.auth_type !== "APP") return failed(inUse.notByApp());
  if (!isPublished(instance, api.id, environmentId)) return failed(missing.publication());
  return { ...show(authorize(instance, app.id, api.id, environmentId)), auth_result: { status: "SUCCESS" } };
}

/** Authorizes each app for each API. A failure of a pair is in its `auth_result`, inside a 201. */
export const create: Handler = (call, instance) => {
  const { env_id, app_ids, api_ids } = parse(bodies.authorization, call.body);
  const { id: environmentId } = findEnvironment(instance, env_id);
  const apps = [...new Set(app_ids)].map((id) => findApp(instance, id));
  const apis = [...new Set(api_ids)].map((id) => findApi(instance, id));
  const auths = apps.flatMap((app) => apis.map((api) => attempt(instance, app, api, environmentId)));
  return { status: 201, body: { auths } };
};

function info(instance: Instance, authorization: Authorization) {
  const api = findApi(instance, authorization.apiId);
  const app = findApp(instance, authorization.appId);
  const { environmentId } = authorization;
  const version = currentVersions(instance, api.id).find((current) => current.environmentId === environmentId);
  return {
    ...show(authorization),
    api_name: api.definition.name,
    api_type: api.definition.type,
    api_remark: api.definition.remark,
    group_id: api.definition.group_id,
    group_name: instance.groups.get(api.definition.group_id)?.name ?? "",
    env_id: environmentId,
    env_name: instance.environments.get(environmentId)?.name ?? "",
    app_name: app.name,
    app_remark: app.remark,
    app_type: "apig",
    app_creator: "USER",
    publish_id: version?.publishId ?? "",
    tags: api.definition.tags ?? [],
  };
}

export const listApis: Handler = (call, instance) => {
  const query = parse(queries.boundApis, call.query);
  const app = findApp(instance, query.app_id);
  const auths = instance.authorizations.by("app", app.id).filter(({ apiId, environmentId }) => {
    const { definition } = findApi(instance, apiId);
    return (
      equal(apiId, query.api_id) &&
      equal(environmentId, query.env_id) &&
      named(definition.name, query.api_name) &&
      equal(definition.group_id, query.group_id) &&
      named(instance.groups.get(definition.group_id)?.name ?? "", query.group_name) &&
      tagged(definition.tags, query.tags)
    );
  });
  return listed("auths", auths, query, (authorization) => info(instance, authorization));
};

export const listApps: Handler = (call, instance) => {
  const query = parse(queries.boundApps, call.query);
  const candidates =
    query.api_id === undefined
      ? instance.authorizations.all()
      : instance.authorizations.by("api", findApi(instance, query.api_id).id);
  const auths = candidates.filter(
    ({ appId, environmentId }) =>
      equal(appId, query.app_id) &&
      equal(environmentId, query.env_id) &&
      named(findApp(instance, appId).name, query.app_name),
  );
  return listed("auths", auths, query, (authorization) => info(instance, authorization));
};

/** APIs published in the environment with app authentication that the app may not call yet. */
export const listUnbound: Handler = (call, instance) => {
  const query = parse(queries.unboundApis, call.query);
  const app = findApp(instance, query.app_id);
  const environment = findEnvironment(instance, query.env_id);
  const apis = instance.apis
    .all()
    .filter(
      ({ id, definition }) =>
        definition.auth_type === "APP" &&
        equal(id, query.api_id) &&
        named(definition.name, query.api_name) &&
        equal(definition.group_id, query.group_id) &&
        tagged(definition.tags, query.tags) &&
        isPublished(instance, id, environment.id) &&
        existing(instance, app.id, id, environment.id) === undefined,
    );
  return listed("apis", apis, query, ({ id, definition }) => ({
    id,
    name: definition.name,
    auth_type: definition.auth_type,
    req_uri: definition.req_uri,
    remark: definition.remark,
    group_id: definition.group_id,
    group_name: instance.groups.get(definition.group_id)?.name ?? "",
    run_env_id: environment.id,
    run_env_name: environment.name,
    publish_id: currentVersions(instance, id).find(({ environmentId }) => environmentId === environment.id)?.publishId,
    tags: definition.tags ?? [],
  }));
};

export const remove: Handler = (call, instance) => {
  revoke(instance, parameter(call, "app_auth_id"));
  return { status: 204 };
};
