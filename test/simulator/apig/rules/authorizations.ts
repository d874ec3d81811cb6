import { missing } from "../errors";
import { authorizationKey, type Instance } from "../instance";
import type { Authorization } from "../model";
import { begin, end, forget } from "../timeline";

export function findAuthorization(instance: Instance, id: string): Authorization {
  const authorization = instance.authorizations.get(id);
  if (authorization === undefined) throw missing.authorization();
  return authorization;
}

export const existing = (instance: Instance, appId: string, apiId: string, environmentId: string) =>
  instance.authorizations.first("all", authorizationKey(appId, apiId, environmentId));

/** Lets an app call an API in an environment. */
export function authorize(
  instance: Instance,
  appId: string,
  apiId: string,
  environmentId: string,
  id = instance.world.id(),
): Authorization {
  begin(instance.traffic.authorizations, authorizationKey(appId, apiId, environmentId), true, instance.effective());
  return instance.authorizations.put({ id, appId, apiId, environmentId, authorized: instance.time() });
}

export function revoke(instance: Instance, id: string): void {
  const { appId, apiId, environmentId } = findAuthorization(instance, id);
  const { authorizations } = instance.traffic;
  forget(authorizations, instance.world.now());
  end(authorizations, authorizationKey(appId, apiId, environmentId), instance.effective());
  instance.authorizations.delete(id);
}
