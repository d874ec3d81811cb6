import type { Call, Reply } from "../core/types";
import { bodies, listQuery, pageQuery, valueOf } from "./bodies";
import { missing } from "./errors";
import { pageAfter } from "./pages";
import { projectOf, type Project } from "./project";
import { parse, readQuery } from "./query";
import { cancelDeletion, createSecret, scheduleDeletion, secretNamed, updateSecret, type Change } from "./secrets";
import { milliseconds, resource, secretBody, versionMetadata } from "./shape";
import { addTags, removeTags, secretWithId, tagsInUse } from "./tags";
import { addVersion, expireVersion, readVersion } from "./versions";

const project = ({ params, world }: Call): Project => projectOf(world, params["project_id"] ?? "");
const nameIn = ({ params }: Call): string => params["secret_name"] ?? "";
const idIn = ({ params }: Call): string => params["secret_id"] ?? "";

const ok = (body: unknown): Reply => ({ status: 200, body });
const noContent: Reply = { status: 204 };

/** Leaves out what the client left out, so that defaults and stored values stay. */
const given = <Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };

export function listResourceInstances(call: Call): Reply {
  const { filter, page } = readQuery(call.body);
  const found = project(call).search(filter);
  if (page === undefined) return ok({ total_count: found.length });
  const resources = found.slice(page.offset, page.offset + page.limit).map((secret) => resource(call.world, secret));
  return { ...ok({ resources, total_count: found.length }), note: `${resources.length} of ${found.length}` };
}

export function listSecrets(call: Call): Reply {
  const { limit, marker, event_name } = parse(listQuery, call.query);
  const all = project(call).all.filter(
    ({ eventSubscriptions }) => event_name === undefined || eventSubscriptions.includes(event_name),
  );
  const { items, page_info } = pageAfter(all, ({ name }) => name, { limit, marker }, missing.name);
  return ok({ secrets: items.map((secret) => secretBody(call.world, secret)), page_info });
}

export function create(call: Call): Reply {
  const body = parse(bodies.createSecret, call.body);
  const secret = createSecret(call.world, project(call), {
    name: body.name,
    value: valueOf(body),
    ...change(body),
    ...given({
      rotationConfig: body.rotation_config,
      type: body.secret_type,
      enterpriseProjectId: body.enterprise_project_id,
    }),
  });
  return ok({ secret: secretBody(call.world, secret) });
}

const change = (body: ReturnType<typeof bodies.updateSecret.parse>): Change =>
  given({
    kmsKeyId: body.kms_key_id,
    description: body.description,
    autoRotation: body.auto_rotation,
    rotationPeriod: body.rotation_period,
    rotationFuncUrn: body.rotation_func_urn,
    eventSubscriptions: body.event_subscriptions,
  });

export const show = (call: Call): Reply =>
  ok({ secret: secretBody(call.world, secretNamed(project(call), nameIn(call))) });

export const update = (call: Call): Reply =>
  ok({
    secret: secretBody(
      call.world,
      updateSecret(call.world, project(call), nameIn(call), change(parse(bodies.updateSecret, call.body))),
    ),
  });

/** Deletes at once and finally, in any state. */
export function remove(call: Call): Reply {
  const secrets = project(call);
  secrets.remove(secretNamed(secrets, nameIn(call)));
  return noContent;
}

export function createDeletion(call: Call): Reply {
  const { recovery_window_in_days: days = 30 } = parse(bodies.scheduleDeletion, call.body ?? {});
  return ok({ secret: secretBody(call.world, scheduleDeletion(call.world, project(call), nameIn(call), days)) });
}

export function cancelScheduledDeletion(call: Call): Reply {
  parse(bodies.nothing, call.body ?? {});
  return ok({ secret: secretBody(call.world, cancelDeletion(project(call), nameIn(call))) });
}

export function createVersion(call: Call): Reply {
  const body = parse(bodies.createVersion, call.body);
  const version = addVersion(call.world, project(call), nameIn(call), {
    value: valueOf(body),
    stages: body.version_stages ?? [],
    expireTime: body.expire_time === undefined ? null : milliseconds(call.world, body.expire_time),
  });
  return ok({ version_metadata: versionMetadata(call.world, nameIn(call), version) });
}

/** Newest first: some clients take the version with the latest time, and times are whole seconds. */
export function listVersions(call: Call): Reply {
  const name = nameIn(call);
  const newest = [...secretNamed(project(call), name).versions].reverse();
  const { items, page_info } = pageAfter(newest, ({ id }) => id, parse(pageQuery, call.query), missing.resource);
  return ok({ version_metadatas: items.map((version) => versionMetadata(call.world, name, version)), page_info });
}

export function updateVersion(call: Call): Reply {
  const { expire_time } = parse(bodies.updateVersion, call.body);
  const version = expireVersion(
    project(call),
    nameIn(call),
    call.params["version_id"] ?? "",
    milliseconds(call.world, expire_time),
  );
  return ok({ version_metadata: versionMetadata(call.world, nameIn(call), version) });
}

export function showVersion(call: Call): Reply {
  const { secret, version } = readVersion(project(call), nameIn(call), call.params["version_id"] ?? "");
  return ok({ version: { version_metadata: versionMetadata(call.world, secret.name, version), ...version.value } });
}

export function batchTags(call: Call): Reply {
  const { action, tags } = parse(bodies.batchTags, call.body);
  if (action === "create") addTags(call.world, project(call), idIn(call), tags);
  else
    removeTags(
      project(call),
      idIn(call),
      tags.map(({ key }) => key),
    );
  return noContent;
}

export function addTag(call: Call): Reply {
  addTags(call.world, project(call), idIn(call), [parse(bodies.addTag, call.body).tag]);
  return noContent;
}

export function removeTag(call: Call): Reply {
  removeTags(project(call), idIn(call), [call.params["key"] ?? ""], true);
  return noContent;
}

export const listTags = (call: Call): Reply => ok({ tags: secretWithId(project(call), idIn(call)).tags, sys_tags: [] });

export const listProjectTags = (call: Call): Reply => ok({ tags: tagsInUse(project(call)) });
