import type { Call, Reply, Route } from "../core/types";
import * as handlers from "./handlers";

const route = (
  operation: string,
  method: Route["method"],
  path: string,
  handle: (call: Call) => Reply,
  more: Partial<Pick<Route, "query" | "writes">> = {},
): Route => ({
  operation,
  service: "csms",
  method,
  path: `/v1/:project_id/${path}`,
  auth: "huawei",
  query: [],
  handle,
  ...more,
});

export const routes: Route[] = [
  // The page writes `{resource_instances}` as a parameter whose only value is that word.
  route("ListResourceInstances", "POST", "csms/resource_instances/action", handlers.listResourceInstances, {
    writes: false,
  }),
  route("ListProjectSecretsTags", "GET", "csms/tags", handlers.listProjectTags),
  route("BatchCreateOrDeleteTags", "POST", "csms/:secret_id/tags/action", handlers.batchTags),
  route("CreateSecretTag", "POST", "csms/:secret_id/tags", handlers.addTag),
  route("DeleteSecretTag", "DELETE", "csms/:secret_id/tags/:key", handlers.removeTag),
  route("ListSecretTags", "GET", "csms/:secret_id/tags", handlers.listTags),
  route("ListSecrets", "GET", "secrets", handlers.listSecrets, { query: ["limit", "marker", "event_name"] }),
  route("CreateSecret", "POST", "secrets", handlers.create),
  route("ShowSecret", "GET", "secrets/:secret_name", handlers.show),
  route("UpdateSecret", "PUT", "secrets/:secret_name", handlers.update),
  route("DeleteSecret", "DELETE", "secrets/:secret_name", handlers.remove),
  route(
    "DeleteSecretForSchedule",
    "POST",
    "secrets/:secret_name/scheduled-deleted-tasks/create",
    handlers.createDeletion,
  ),
  route(
    "RestoreSecret",
    "POST",
    "secrets/:secret_name/scheduled-deleted-tasks/cancel",
    handlers.cancelScheduledDeletion,
  ),
  route("ListSecretVersions", "GET", "secrets/:secret_name/versions", handlers.listVersions, {
    query: ["limit", "marker"],
  }),
  route("CreateSecretVersion", "POST", "secrets/:secret_name/versions", handlers.createVersion),
  route("ShowSecretVersion", "GET", "secrets/:secret_name/versions/:version_id", handlers.showVersion),
  route("UpdateVersion", "PUT", "secrets/:secret_name/versions/:version_id", handlers.updateVersion),
];
