/** Removing APIs in the only order the service allows: offline everywhere, then delete. */
import { deleteApi, publicationsOf, type ListedApi } from "../../clients/apig/apis";
import type { Instance } from "../../clients/apig/instance";
import { offlineApis } from "../../clients/apig/publications";
import { failedAs } from "../../http/errors";

/**
 * Takes APIs offline in every environment and deletes them. What is gone already is fine.
 *
 * @param removed called after each API, so that an interruption leaves a true record
 */
export async function removeApis(
  instance: Instance,
  apis: readonly ListedApi[],
  removed: (api: ListedApi) => void = () => undefined,
): Promise<void> {
  const published = new Map<string, string[]>();
  for (const api of apis) {
    for (const { envId } of publicationsOf(api)) {
      const apiIds = published.get(envId) ?? [];
      apiIds.push(api.id);
      published.set(envId, apiIds);
    }
  }
  for (const [envId, apiIds] of published) {
    try {
      await offlineApis(instance, envId, apiIds);
    } catch (error) {
      // Of an environment that is gone. The APIs are still to be deleted.
      if (!failedAs(error, "not-found")) throw error;
    }
  }
  for (const api of apis) {
    try {
      await deleteApi(instance, api.id);
    } catch (error) {
      if (!failedAs(error, "not-found")) throw error;
    }
    removed(api);
  }
}
