/** Looks at back ends and parameters of a group's APIs. The list call does not show them. */
import { exportGroup } from "../../clients/apig/exports";
import { failedAs } from "../../http/errors";
import { warn } from "../../lifecycle/warn";
import { readExport, type Inside } from "../../definition";
import type { Connection } from "../../settings/connection";
import type { PlacedInstance } from "../shared/place";

const told = new WeakSet<Connection>();

/**
 * The inside of all APIs of a group. If the service does not show it, the result is undefined, and there is one
 * warning.
 */
export async function lookInside(instance: PlacedInstance, groupId: string): Promise<Inside | undefined> {
  try {
    return readExport(await exportGroup(instance, groupId));
  } catch (error) {
    // There is no permission, or the instance does not have this call.
    if (!failedAs(error, "forbidden", "unauthorized", "endpoint")) throw error;
    if (!told.has(instance.connection))
      warn(`Changes that others make to back ends and parameters are not seen. ${error.message}`);
    told.add(instance.connection);
    return undefined;
  }
}
