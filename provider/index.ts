export { ApiImport, type ApiImportArgs } from "./hosts/dynamic/api-import";
export type { ImportedApi } from "./resources/api-import/inputs";
export { ApiPublication, type ApiPublicationArgs } from "./hosts/dynamic/api-publication";
export type { PublishedApi } from "./resources/api-publication/inputs";
export { App, type AppArgs } from "./hosts/dynamic/app";
export { AppAuthorization, type AppAuthorizationArgs } from "./hosts/dynamic/app-authorization";
export type { GrantedAuthorization } from "./resources/app-authorization/inputs";
export { AppCode, type AppCodeArgs } from "./hosts/dynamic/app-code";
export { BkciCredential, type BkciCredentialArgs } from "./hosts/dynamic/bkci-credential";
export type { BkciCredentialType } from "./resources/bkci-credential/types";
export { Environment, type EnvironmentArgs } from "./hosts/dynamic/environment";
export {
  SecretTagQuery,
  type MatchArgs,
  type SecretTagQueryArgs,
  type TagArgs,
} from "./hosts/dynamic/secret-tag-query";
export type { SecretFields } from "./clients/csms";
export type { FoundSecret, SecretField } from "./resources/secret-tag-query/secrets";
export {
  getBkciProject,
  getBkciProjects,
  getTaggedSecrets,
  // Its name until 0.1.0.
  getTaggedSecrets as secretTagQuery,
  type SecretTagQueryResult,
} from "./hosts/dynamic/functions";
export type { BkciProject } from "./functions/bkci-projects";
export { LookupError, type LookupOptions } from "./hosts/dynamic/look-up";
export { Provider, type ProviderArgs } from "./settings/provider";
export type { ErrorKind } from "./http/errors";
