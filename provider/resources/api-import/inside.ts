/** What the APIs of a group are like inside: back ends and parameters, which the list call does not show. */
import { exportGroup } from "../../clients/apig/exports";
import type { Instance } from "../../clients/apig/instance";
import { failedAs } from "../../http/errors";
import { warn } from "../../lifecycle/warn";
import { readExport, type Inside } from "../../definition";

let isTold = false;

/** The inside of all APIs of a group; nothing where the service does not show it, which is told once. */
export async function lookInside(instance: Instance, groupId: string): Promise<Inside | undefined> {
  try {
    return readExport(await exportGroup(instance, groupId));
  } catch (error) {
    // Without the permission, or of an instance that does not have the call.
    if (!failedAs(error, "forbidden", "unauthorized", "endpoint")) throw error;
    if (!isTold) warn(`Changes that others make to back ends and parameters are not seen. ${error.message}`);
    isTold = true;
    return undefined;
  }
}
