import { missing } from "../errors";
import type { Instance } from "../instance";
import type { Api, Version } from "../model";
import { begin, end, forget } from "../timeline";

/** How many publications of an API in one environment are kept. */
const historyLimit = 10;

/** The present publications of an API, one version for each environment. */
export const currentVersions = (instance: Instance, apiId: string): Version[] =>
  instance.versions.by("api", apiId).filter(({ current }) => current);

/** All publications of an API that are kept, newest first. */
export const history = (instance: Instance, apiId: string): Version[] => instance.versions.by("api", apiId).reverse();

export const isPublished = (instance: Instance, apiId: string, environmentId: string): boolean =>
  currentIn(instance, apiId, environmentId) !== undefined;

const currentIn = (instance: Instance, apiId: string, environmentId: string): Version | undefined =>
  currentVersions(instance, apiId).find((version) => version.environmentId === environmentId);

/** Publishes the definition as it is now, in place of what was published in that environment. */
export function publish(instance: Instance, api: Api, environmentId: string, remark = ""): Version {
  retire(instance, api.id, environmentId);
  const published = instance.time();
  const version = instance.versions.put({
    id: instance.world.id(),
    publishId: instance.world.id(),
    apiId: api.id,
    environmentId,
    number: published.replace(/\D/gu, ""),
    remark,
    published,
    current: true,
    definition: api.definition,
  });
  serve(instance, version);
  const versions = history(instance, api.id).filter((old) => old.environmentId === environmentId);
  for (const { id } of versions.slice(historyLimit)) instance.versions.delete(id);
  return version;
}

/** Takes an API offline in one environment. Returns the version that was current there. */
export function takeOffline(instance: Instance, apiId: string, environmentId: string): Version {
  const version = retire(instance, apiId, environmentId);
  if (version === undefined) throw missing.publication();
  return version;
}

export function findVersion(instance: Instance, id: string): Version {
  const version = instance.versions.get(id);
  if (version === undefined) throw missing.version(id);
  return version;
}

/** Serves an earlier version again. */
export function switchVersion(instance: Instance, apiId: string, versionId: string): Version {
  const version = findVersion(instance, versionId);
  if (version.apiId !== apiId) throw missing.version(versionId);
  retire(instance, apiId, version.environmentId);
  const current = instance.versions.put({ ...version, current: true, published: instance.time() });
  serve(instance, current);
  return current;
}

/** Deletes the publication history of an API that is not published. */
export function dropVersions(instance: Instance, apiId: string): void {
  for (const { id } of instance.versions.by("api", apiId)) instance.versions.delete(id);
}

function serve(instance: Instance, { apiId, environmentId, definition }: Version): void {
  const served = { apiId, environmentId, definition };
  begin(instance.traffic.routes, definition.group_id, served, instance.effective());
}

function retire(instance: Instance, apiId: string, environmentId: string): Version | undefined {
  const { routes } = instance.traffic;
  const version = currentIn(instance, apiId, environmentId);
  if (version === undefined) return undefined;
  forget(routes, instance.world.now());
  end(
    routes,
    version.definition.group_id,
    instance.effective(),
    (served) => served.apiId === apiId && served.environmentId === environmentId,
  );
  return instance.versions.put({ ...version, current: false });
}
