import type { Instance } from "../instance";
import type { ApiDefinition } from "../schemas/api";

const scheme = { type: "apiKey", name: "Authorization", in: "header" };

const schemes = {
  "apig-auth-app": { ...scheme, "x-apigateway-auth-type": "AppSigv1" },
  "apig-auth-app-header": {
    ...scheme,
    "x-apigateway-auth-type": "AppSigv1",
    "x-apigateway-auth-opt": { "appcode-auth-type": "header" },
  },
  "apig-auth-iam": { ...scheme, name: "unused", "x-apigateway-auth-type": "IAM" },
};

const customName = (authorizerId: string): string => `apig-auth-custom-${authorizerId}`;

/** Those that exports always have, and one for each custom authorizer. */
export function exportedSchemes(instance: Instance, apis: readonly ApiDefinition[]): object {
  const ids = new Set(apis.flatMap((api) => (api.auth_type === "AUTHORIZER" ? (api.authorizer_id ?? []) : [])));
  const custom = [...ids].map((id) => [
    customName(id),
    {
      ...scheme,
      name: "unused",
      "x-apigateway-auth-type": "AUTHORIZER",
      "x-apigateway-authorizer": instance.authorizers.get(id)?.fields ?? {},
    },
  ]);
  return { ...schemes, ...(Object.fromEntries(custom) as Record<string, object>) };
}

export function exportedSecurity(api: ApiDefinition): object[] {
  switch (api.auth_type) {
    case "NONE":
      return [];
    case "IAM":
      return [{ "apig-auth-iam": [] }];
    case "AUTHORIZER":
      return [{ [customName(api.authorizer_id ?? "")]: [] }];
    case "APP":
      return [api.auth_opt.app_code_auth_type === "HEADER" ? { "apig-auth-app-header": [] } : { "apig-auth-app": [] }];
  }
}
