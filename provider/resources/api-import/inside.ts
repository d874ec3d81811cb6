/** What the APIs of a group are like inside: back ends and parameters, which the list call does not show. */
import { exportGroup } from "../../clients/apig/exports";
import { failedAs } from "../../http/errors";
import { warn } from "../../lifecycle/warn";
import { readExport, type Inside } from "../../definition";
import type { Connection } from "../../settings/connection";
import type { PlacedInstance } from "../shared/place";

const told = new WeakSet<Connection>();

/** The inside of all APIs of a group; nothing where the service does not show it, which is told once. */
export async function lookInside(instance: PlacedInstance, groupId: string): Promise<Inside | undefined> {
  try {
    return readExport(await exportGroup(instance, groupId));
  } catch (error) {
    // Without the permission, or of an instance that does not have the call.
    if (!failedAs(error, "forbidden", "unauthorized", "endpoint")) throw error;
    if (!told.has(instance.connection))
      warn(`Changes that others make to back ends and parameters are not seen. ${error.message}`);
    told.add(instance.connection);
    return undefined;
  }
}
