import { z } from "zod";
import type { World } from "../core/types";

import { createApi, findApi } from "./rules/apis";
import { createApp, createAppCode, findApp, newCodeValue } from "./rules/apps";
import { authorize } from "./rules/authorizations";
import { createEnvironment, findEnvironment } from "./rules/environments";
import { createGroup } from "./rules/groups";
import { publish } from "./rules/publications";
import { instanceOf, type Instance } from "./instance";
import { apiDefinition } from "./schemas/api";
import * as bodies from "./schemas/bodies";
import { appCode, id } from "./schemas/text";

const named = { id: id.optional() };

/** Codes to make: a number of generated ones, or a list. */
const codes = z.union([z.int().min(0), z.array(z.strictObject({ ...named, app_code: appCode }))]).default(0);

const seedBody = z.strictObject({
  /** Default: the first project and its instance. */
  projectId: id.optional(),
  instanceId: id.optional(),
  environments: z.array(bodies.environment.extend(named)).default([]),
  groups: z.array(bodies.group.extend(named)).default([]),
  /** `definition` is the body of CreateApiV2; `publish` names the environments to publish it in. */
  apis: z.array(z.strictObject({ ...named, definition: apiDefinition, publish: z.array(id).default([]) })).default([]),
  apps: z.array(bodies.app.extend({ ...named, codes })).default([]),
  authorizations: z.array(z.strictObject({ ...named, app_id: id, api_id: id, env_id: id })).default([]),
});

/**
 * Makes many objects in an instance, with the same rules and quotas as the calls. Returns their ids, in the order of the
 * body. Order of the parts: environments, groups, apis, apps with their codes, authorizations.
 */
export function seed(world: World, body: unknown): Record<string, unknown> {
  const wanted = seedBody.parse(body);
  const [place] = world.places;
  const projectId = wanted.projectId ?? place?.projectId ?? "";
  const owner = world.places.find((each) => each.projectId === projectId);
  const instance = instanceOf(world, projectId, wanted.instanceId ?? owner?.instanceId ?? "");
  return {
    environments: wanted.environments.map((fields) => createEnvironment(instance, fields, fields.id).id),
    groups: wanted.groups.map((fields) => createGroup(instance, fields, fields.id).id),
    apis: wanted.apis.map((fields) => seedApi(instance, fields)),
    apps: wanted.apps.map((fields) => seedApp(instance, fields)),
    authorizations: wanted.authorizations.map(
      ({ app_id, api_id, env_id, ...fields }) =>
        authorize(
          instance,
          findApp(instance, app_id).id,
          findApi(instance, api_id).id,
          findEnvironment(instance, env_id).id,
          fields.id,
        ).id,
    ),
  };
}

type Wanted = z.output<typeof seedBody>;

function seedApi(instance: Instance, fields: Wanted["apis"][number]): string {
  const api = createApi(instance, fields.definition, fields.id);
  for (const environmentId of fields.publish) publish(instance, api, findEnvironment(instance, environmentId).id);
  return api.id;
}

function seedApp(instance: Instance, fields: Wanted["apps"][number]) {
  const app = createApp(instance, fields, fields.id);
  const wanted =
    typeof fields.codes === "number"
      ? Array.from({ length: fields.codes }, () => ({ app_code: newCodeValue(instance), id: undefined }))
      : fields.codes;
  return { id: app.id, codes: wanted.map((code) => createAppCode(instance, app.id, code.app_code, code.id).id) };
}
