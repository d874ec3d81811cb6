import type { Route } from "../core/types";
import * as apis from "./handlers/apis";
import * as apps from "./handlers/apps";
import * as authorizations from "./handlers/authorizations";
import * as importExport from "./handlers/import-export";
import * as environments from "./handlers/environments";
import * as groups from "./handlers/groups";
import * as publications from "./handlers/publications";
import * as variables from "./handlers/variables";
import { route } from "./http";
import * as queries from "./schemas/queries";

/** The operations of the dedicated gateway's API v2 that the simulator knows, named as in the official clients. */
export const routes: Route[] = [
  route("ImportApiDefinitionsV2", "POST", "/openapi/import", importExport.importNow),
  route("ImportApiDefinitionsAsync", "POST", "/openapi/async-import", importExport.importLater),
  route("ExportApiDefinitionsV2", "POST", "/openapi/export", importExport.exportNow, queries.exporting),
  route("ShowAsyncTaskResult", "GET", "/async-tasks/:task_id", importExport.readTask),

  route("CreateApiGroupV2", "POST", "/api-groups", groups.create),
  route("ListApiGroupsV2", "GET", "/api-groups", groups.list, queries.groups),
  route("CheckApiGroupsV2", "POST", "/api-groups/check", groups.check),
  route("ShowDetailsOfApiGroupV2", "GET", "/api-groups/:group_id", groups.read),
  route("UpdateApiGroupV2", "PUT", "/api-groups/:group_id", groups.update),
  route("UpdateSlDomainSettingV2", "PUT", "/api-groups/:group_id/sl-domain-access-settings", groups.openSubDomain),
  route("DeleteApiGroupV2", "DELETE", "/api-groups/:group_id", groups.remove),

  route("CreateApiV2", "POST", "/apis", apis.create),
  route("ListApisV2", "GET", "/apis", apis.list, queries.apis),
  route("ShowDetailsOfApiV2", "GET", "/apis/:api_id", apis.read),
  route("UpdateApiV2", "PUT", "/apis/:api_id", apis.update),
  route("DeleteApiV2", "DELETE", "/apis/:api_id", apis.remove),

  route("CreateOrDeletePublishRecordForApiV2", "POST", "/apis/action", publications.one),
  route("BatchPublishOrOfflineApiV2", "POST", "/apis/publish", publications.many, queries.batchAction),
  route("ListApiVersionsV2", "GET", "/apis/publish/:api_id", publications.listVersions, queries.versions),
  route("ChangeApiVersionV2", "PUT", "/apis/publish/:api_id", publications.change),
  route("DeleteApiByVersionIdV2", "DELETE", "/apis/versions/:version_id", publications.removeVersion),

  route("CreateEnvironmentV2", "POST", "/envs", environments.create),
  route("ListEnvironmentsV2", "GET", "/envs", environments.list, queries.environments),
  route("UpdateEnvironmentV2", "PUT", "/envs/:env_id", environments.update),
  route("DeleteEnvironmentV2", "DELETE", "/envs/:env_id", environments.remove),

  route("CreateEnvironmentVariableV2", "POST", "/env-variables", variables.create),
  route("ListEnvironmentVariablesV2", "GET", "/env-variables", variables.list, queries.variables),
  route("ShowDetailsOfEnvironmentVariableV2", "GET", "/env-variables/:env_variable_id", variables.read),
  route("UpdateEnvironmentVariableV2", "PUT", "/env-variables/:env_variable_id", variables.update),
  route("DeleteEnvironmentVariableV2", "DELETE", "/env-variables/:env_variable_id", variables.remove),

  route("CreateAnAppV2", "POST", "/apps", apps.create),
  route("ListAppsV2", "GET", "/apps", apps.list, queries.apps),
  route("ShowDetailsOfAppV2", "GET", "/apps/:app_id", apps.read),
  route("UpdateAppV2", "PUT", "/apps/:app_id", apps.update),
  route("DeleteAppV2", "DELETE", "/apps/:app_id", apps.remove),
  route("ResettingAppSecretV2", "PUT", "/apps/secret/:app_id", apps.resetSecret),

  route("CreateAppCodeV2", "POST", "/apps/:app_id/app-codes", apps.createCode),
  route("CreateAppCodeAutoV2", "PUT", "/apps/:app_id/app-codes", apps.generateCode),
  route("ListAppCodesV2", "GET", "/apps/:app_id/app-codes", apps.listCodes, queries.appCodes),
  route("ShowDetailsOfAppCodeV2", "GET", "/apps/:app_id/app-codes/:app_code_id", apps.readCode),
  route("DeleteAppCodeV2", "DELETE", "/apps/:app_id/app-codes/:app_code_id", apps.removeCode),

  route("CreateAuthorizingAppsV2", "POST", "/app-auths", authorizations.create),
  route("ListApisBindedToAppV2", "GET", "/app-auths/binded-apis", authorizations.listApis, queries.boundApis),
  route("ListAppsBindedToApiV2", "GET", "/app-auths/binded-apps", authorizations.listApps, queries.boundApps),
  route("ListApisUnbindedToAppV2", "GET", "/app-auths/unbinded-apis", authorizations.listUnbound, queries.unboundApis),
  route("CancelingAuthorizationV2", "DELETE", "/app-auths/:app_auth_id", authorizations.remove),
];
