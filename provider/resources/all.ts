/** All resource types, by the names that programs and states have for them. */
import type { ResourceType } from "../lifecycle/contract";
import { apiImport } from "./api-import/resource";
import { apiPublication } from "./api-publication/resource";
import { app } from "./app/resource";
import { appAuthorization } from "./app-authorization/resource";
import { appCode } from "./app-code/resource";
import { bkciCredential } from "./bkci-credential/resource";
import { environment } from "./environment/resource";
import { secretTagQuery } from "./secret-tag-query/resource";

/** A resource type whose inputs and states only it knows. */
export type AnyResourceType = ResourceType<never, never>;

/** @internal */
export const resourceTypes = {
  App: app,
  AppCode: appCode,
  ApiImport: apiImport,
  Environment: environment,
  ApiPublication: apiPublication,
  AppAuthorization: appAuthorization,
  BkciCredential: bkciCredential,
  SecretTagQuery: secretTagQuery,
} satisfies Readonly<Record<string, AnyResourceType>>;
