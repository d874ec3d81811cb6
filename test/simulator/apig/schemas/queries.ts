import { z } from "zod";
import { id } from "./text";

/** Query parameters of the list calls; unknown and repeated ones are refused. An empty filter is none. */

const whole = z
  .string()
  .regex(/^-?\d+$/u)
  .transform(Number);

/** Negative offsets become 0; limits below 1 become 20, above 500 become 500. */
export const page = {
  offset: whole.transform((offset) => Math.max(0, offset)).default(0),
  limit: whole.transform((limit) => (limit <= 0 ? 20 : Math.min(limit, 500))).default(20),
};

const filter = z
  .string()
  .transform((value) => (value === "" ? undefined : value))
  .optional();

const precise = (...names: string[]) =>
  z
    .string()
    .refine((value) => value.split(",").every((name) => name === "" || names.includes(name)))
    .transform((value) => new Set(value.split(",")))
    .default(new Set());

export const none = z.strictObject({});

export const groups = z.strictObject({ ...page, id: filter, name: filter, precise_search: precise("name") });

export const apis = z.strictObject({
  ...page,
  id: filter,
  name: filter,
  group_id: filter,
  req_protocol: filter,
  req_method: filter,
  req_uri: filter,
  auth_type: filter,
  env_id: filter,
  type: filter,
  precise_search: precise("name", "req_uri"),
  vpc_channel_name: filter,
  return_data_mode: filter,
  tags: filter,
});

export const versions = z.strictObject({ ...page, env_id: filter, env_name: filter });

export const environments = z.strictObject({ ...page, name: filter });

export const variables = z.strictObject({
  ...page,
  group_id: id,
  env_id: filter,
  variable_name: filter,
  precise_search: precise("variable_name"),
});

export const apps = z.strictObject({
  ...page,
  id: filter,
  name: filter,
  status: filter,
  app_key: filter,
  creator: filter,
  precise_search: precise("name"),
  related_domain_id: filter,
  related_project_id: filter,
});

export const appCodes = z.strictObject(page);

export const batchAction = z.strictObject({ action: z.enum(["online", "offline"]) });

export const boundApis = z.strictObject({
  ...page,
  app_id: id,
  api_id: filter,
  api_name: filter,
  group_id: filter,
  group_name: filter,
  env_id: filter,
  tags: filter,
});

export const boundApps = z.strictObject({ ...page, api_id: filter, app_name: filter, app_id: filter, env_id: filter });

export const unboundApis = z.strictObject({
  ...page,
  app_id: id,
  env_id: id,
  group_id: filter,
  api_id: filter,
  api_name: filter,
  tags: filter,
});

export const exporting = z.strictObject({ oas_version: z.enum(["2.0", "3.0"]).default("2.0") });
