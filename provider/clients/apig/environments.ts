/** Environments: where APIs are published, such as RELEASE. `huawei` reference 1.2. */
import { z } from "zod";
import { ListMovedError } from "../../http/errors";
import { call, listAll, listing, nothing, operation, type Instance } from "./instance";

const Environment = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  remark: z.string().nullish(),
  create_time: z.string().nullish(),
});
export type Environment = z.infer<typeof Environment>;

/** The fields of an environment when it is created or changed. */
export interface EnvironmentBody {
  readonly name: string;
  readonly remark: string;
}

const create = operation({
  name: "CreateEnvironmentV2",
  action: "create the environment",
  method: "POST",
  path: "/envs",
  success: [201],
  idempotent: false,
  response: Environment,
});

const list = listing(
  { name: "ListEnvironmentsV2", action: "list the environments", path: "/envs" },
  "envs",
  Environment,
);

const update = operation({
  name: "UpdateEnvironmentV2",
  action: "update the environment",
  method: "PUT",
  path: "/envs/{env_id}",
  success: [200],
  idempotent: true,
  response: Environment,
});

const remove = operation({
  name: "DeleteEnvironmentV2",
  action: "delete the environment",
  method: "DELETE",
  path: "/envs/{env_id}",
  success: [204],
  idempotent: true,
  response: nothing,
});

export function createEnvironment(instance: Instance, body: EnvironmentBody): Promise<Environment> {
  return call(instance, create, { body, about: { name: body.name }, subject: body.name });
}

/** All environments. An instance has ten at most, and the service has no call for a single one. */
export async function listEnvironments(instance: Instance): Promise<Environment[]> {
  const all = await listAll(instance, list);
  if (all.length > 0) return all;
  throw new ListMovedError(
    `could not ${list.action}: the service shows none, but RELEASE always exists. Nothing is taken for deleted.`,
  );
}

/** The environment of this name. */
export async function findEnvironment(instance: Instance, name: string): Promise<Environment | undefined> {
  return (await listEnvironments(instance)).find((each) => each.name === name);
}

export function updateEnvironment(instance: Instance, envId: string, body: EnvironmentBody): Promise<Environment> {
  return call(instance, update, { path: { env_id: envId }, body, about: { id: envId }, subject: envId });
}

/** The environment, or undefined when it is not in the complete list. */
export async function showEnvironment(instance: Instance, envId: string): Promise<Environment | undefined> {
  return (await listEnvironments(instance)).find(({ id }) => id === envId);
}

/** Deletes an environment. The service refuses if an API is published in it (APIG.3418). */
export async function deleteEnvironment(instance: Instance, envId: string): Promise<void> {
  // A look first: a server that answers every call with success must not be believed.
  if ((await showEnvironment(instance, envId)) === undefined) return;
  await call(instance, remove, { path: { env_id: envId }, subject: envId });
}
