/** Deletes APIs in the only order that the service allows: first offline everywhere, then delete. */
import { deleteApi, publicationsOf, type ListedApi } from "../../clients/apig/apis";
import type { Instance } from "../../clients/apig/instance";
import { offlineApis } from "../../clients/apig/publications";
import { inParallel } from "../../clients/in-parallel";
import { failedAs } from "../../http/errors";

/**
 * Takes APIs offline in every environment and deletes them. APIs that are already gone are not an error.
 *
 * @param removed called after each API, so that the record is true after an interruption
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
      // The environment is gone. The APIs must still be deleted.
      if (!failedAs(error, "not-found")) throw error;
    }
  }
  await inParallel(apis, async (api) => {
    try {
      await deleteApi(instance, api.id);
    } catch (error) {
      if (!failedAs(error, "not-found")) throw error;
    }
    removed(api);
  });
}
