import { z } from "zod";
import { settable } from "../../core/settable";
import {
  appCode,
  appKey,
  appName,
  appSecret,
  environmentName,
  id,
  resourceName,
  text,
  variableName,
  variableValue,
} from "./text";

/** JSON bodies of the operations; unknown fields are refused. */

export const group = z.strictObject({
  name: resourceName,
  remark: text(1000).optional(),
  roma_app_id: z.string().optional(),
  version: z.enum(["V1", "V2"]).optional(),
});

export const subDomainAccess = z.strictObject({ sl_domain_access_enabled: z.boolean() });

export const groupCheck = z.strictObject({ group_name: resourceName, roma_app_id: z.string().optional() });

export const environment = z.strictObject({ name: environmentName, remark: text(255).optional() });

export const variable = z.strictObject({
  group_id: id,
  env_id: id,
  variable_name: variableName,
  variable_value: variableValue,
});

export const newVariableValue = z.strictObject({ variable_value: variableValue });

export const app = z.strictObject({
  name: appName,
  remark: text(255).optional(),
  app_key: appKey.optional(),
  app_secret: appSecret.optional(),
  related_domain_id: z.string().optional(),
  related_project_id: z.string().optional(),
});

export const secretReset = z.strictObject({ app_secret: settable(appSecret, "") }).optional();

export const newAppCode = z.strictObject({ app_code: appCode });

const action = z.enum(["online", "offline"]);

export const apiAction = z.strictObject({ action, env_id: id, api_id: id, remark: text(255).optional() });

export const batchAction = z
  .strictObject({
    env_id: id,
    apis: z.array(id).min(1).max(1000).optional(),
    group_id: id.optional(),
    remark: text(255).optional(),
  })
  .refine(({ apis, group_id }) => apis !== undefined || group_id !== undefined, { path: ["apis"] });

export const versionSwitch = z.strictObject({ version_id: id });

export const authorization = z.strictObject({
  env_id: id,
  app_ids: z.array(id).min(1),
  api_ids: z.array(id).min(1),
});

export const exporting = z.strictObject({
  env_id: id,
  group_id: id,
  define: z.enum(["spec", "proxy", "all", "dev"]).default("spec"),
  type: z.enum(["json", "yaml", "yml"]).default("json"),
  version: text(64).optional(),
  apis: z.array(id).optional(),
});

const boolean = z.enum(["true", "false"]).transform((value) => value === "true");

/** The text fields of the import form. */
export const importForm = z
  .strictObject({
    is_create_group: boolean.default(true),
    group_id: id.optional(),
    extend_mode: z.enum(["merge", "override"]).default("merge"),
    api_mode: z.enum(["merge", "override"]).default("merge"),
    simple_mode: boolean.default(false),
    mock_mode: boolean.default(false),
  })
  .refine((form) => form.is_create_group || form.group_id !== undefined, { path: ["group_id"] });

export type ImportForm = z.output<typeof importForm>;
