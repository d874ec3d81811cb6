import type { Reply } from "../../core/types";
import { equal, listed, named, noBody, parameter, parse, type Handler } from "../http";
import type { App, AppCode } from "../model";
import * as rules from "../rules/apps";
import * as bodies from "../schemas/bodies";
import * as queries from "../schemas/queries";

const showApp = (app: App) => ({
  id: app.id,
  name: app.name,
  remark: app.remark,
  creator: "USER",
  status: 1,
  app_key: app.key,
  app_secret: app.secret,
  app_type: "apig",
  register_time: app.registered,
  update_time: app.updated,
});

const showCode = ({ value, id, appId, created }: AppCode) => ({
  app_code: value,
  id,
  app_id: appId,
  create_time: created,
});

const app = (status: number, row: App): Reply => ({ status, body: showApp(row) });

const code = (status: number, row: AppCode): Reply => ({ status, body: showCode(row) });

export const create: Handler = (call, instance) => app(201, rules.createApp(instance, parse(bodies.app, call.body)));

export const list: Handler = (call, instance) => {
  const query = parse(queries.apps, call.query);
  const precise = query.precise_search.has("name");
  const apps = instance.apps
    .all()
    .filter(
      ({ id, name, key }) =>
        equal(id, query.id) &&
        named(name, query.name, precise) &&
        equal(key, query.app_key) &&
        equal("1", query.status) &&
        equal("USER", query.creator),
    )
    .reverse();
  return listed("apps", apps, query, (row) => ({
    ...showApp(row),
    bind_num: instance.authorizations.countBy("app", row.id),
  }));
};

export const read: Handler = (call, instance) => app(200, rules.findApp(instance, parameter(call, "app_id")));

export const update: Handler = (call, instance) =>
  app(200, rules.updateApp(instance, parameter(call, "app_id"), parse(bodies.app, call.body)));

export const resetSecret: Handler = (call, instance) =>
  app(200, rules.resetSecret(instance, parameter(call, "app_id"), parse(bodies.secretReset, call.body)?.app_secret));

export const remove: Handler = (call, instance) => {
  rules.deleteApp(instance, parameter(call, "app_id"));
  return { status: 204 };
};

export const createCode: Handler = (call, instance) =>
  code(201, rules.createAppCode(instance, parameter(call, "app_id"), parse(bodies.newAppCode, call.body).app_code));

/** A PUT that makes another code on every call. */
export const generateCode: Handler = (call, instance) => {
  noBody(call);
  return code(201, rules.createAppCode(instance, parameter(call, "app_id"), rules.newCodeValue(instance)));
};

export const listCodes: Handler = (call, instance) => {
  const query = parse(queries.appCodes, call.query);
  const { id } = rules.findApp(instance, parameter(call, "app_id"));
  return listed("app_codes", instance.appCodes.by("app", id), query, showCode);
};

export const readCode: Handler = (call, instance) =>
  code(
    call.world.options.appCodeShowStatus,
    rules.findAppCode(instance, parameter(call, "app_id"), parameter(call, "app_code_id")),
  );

export const removeCode: Handler = (call, instance) => {
  rules.deleteAppCode(instance, parameter(call, "app_id"), parameter(call, "app_code_id"));
  return { status: 204 };
};
