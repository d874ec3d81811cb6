import { authorizationKey } from "../apig/instance";
import { valid } from "../apig/timeline";
import { refusals } from "./refusals";
import type { Target } from "./router";

/**
 * Checks a caller. The simulator has APIs without authentication (`NONE`) and with simple authentication (`APP` with
 * `app_code_auth_type` HEADER). Signed requests are always refused.
 */
export function admit(target: Target, appCode: string | undefined): void {
  const { auth_type, auth_opt } = target.definition;
  if (auth_type === "NONE") return;
  if (auth_type === "IAM") throw refusals.badIam();
  if (auth_type === "AUTHORIZER") throw refusals.badAuthorizer();
  if (auth_opt.app_code_auth_type !== "HEADER" || appCode === undefined) {
    throw refusals.badApp("Authorization header is missing");
  }
  const { traffic, world } = target.instance;
  const owners = valid(traffic.codes, appCode, world.now());
  if (owners.length === 0) throw refusals.badApp("app not found");
  const authorized = owners.some(
    ({ appId }) =>
      valid(traffic.authorizations, authorizationKey(appId, target.apiId, target.environmentId), world.now()).length >
      0,
  );
  if (!authorized) throw refusals.appNotAuthorized();
}
