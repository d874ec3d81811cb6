/** Invented operations with the properties that matter to the transport. */
import { z } from "zod";
import type { Operation } from "../../../../provider/http/operation";

const anything = z.unknown();

export const read: Operation<unknown> = {
  name: "ShowThing",
  action: "read the thing",
  service: "apig",
  method: "GET",
  path: "/v2/{project_id}/things/{id}",
  success: [200],
  idempotent: true,
  response: anything,
};

export const create: Operation<unknown> = {
  name: "CreateThing",
  action: "create the thing",
  service: "apig",
  method: "POST",
  path: "/v2/{project_id}/apigw/instances/{instance_id}/things",
  success: [201],
  idempotent: false,
  response: z.looseObject({ id: z.string() }),
};

export const update: Operation<unknown> = {
  ...create,
  name: "UpdateThing",
  action: "update the thing",
  method: "PUT",
  success: [200],
  idempotent: true,
  response: anything,
};

export const tagQuery: Operation<unknown> = {
  name: "ListResourceInstances",
  action: "query secrets",
  service: "kms",
  method: "POST",
  path: "/v1/{project_id}/csms/resource_instances/action",
  success: [200],
  idempotent: true,
  response: anything,
};

export const listProjects: Operation<unknown> = {
  name: "listProjects",
  action: "list the BK-CI projects",
  service: "bkci",
  method: "GET",
  path: "/ms/openapi/api/apigw/v3/projects",
  success: [200],
  idempotent: true,
  response: anything,
};

export const createCredential: Operation<unknown> = {
  name: "createCredential",
  action: "create the credential",
  service: "bkci",
  method: "POST",
  path: "/ms/openapi/api/apigw/v3/projects/{projectId}/credentials",
  success: [200, 201],
  idempotent: false,
  response: anything,
};
