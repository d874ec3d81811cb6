/** What programs of the plugin are made of: resources by token. */
import * as pulumi from "@pulumi/pulumi";

class Resource extends pulumi.CustomResource {}

/** Outputs that programs here read, by type. */
const outputs = {
  App: ["appId", "appKey", "appSecret", "instanceId"],
  AppCode: ["appCodeId", "appCode", "appId", "createTime"],
  ApiImport: ["groupId", "apis", "operations"],
  ApiPublication: ["published", "envId"],
  AppAuthorization: ["authorizations"],
  Environment: ["envId"],
  BkciCredential: ["credentialId", "updateTime"],
  SecretTagQuery: ["totalCount", "fingerprint", "resources"],
} as const;

type TypeName = keyof typeof outputs;

/** A resource as the SDK of any language makes one, with nothing of this package. */
export function resource<Type extends TypeName>(
  type: Type,
  name: string,
  args: Record<string, unknown>,
  opts?: pulumi.CustomResourceOptions,
): pulumi.CustomResource & Record<(typeof outputs)[Type][number], pulumi.Output<never>> {
  const declared = Object.fromEntries(outputs[type].map((key) => [key, undefined]));
  return new Resource(`apig:index:${type}`, name, { ...declared, ...args }, opts) as never;
}
