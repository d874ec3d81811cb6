/** `pulumi import` of an existing group: its export becomes the definition, and its APIs become this resource's own. */
import { listApis } from "../../clients/apig/apis";
import { exportGroup } from "../../clients/apig/exports";
import { readExport } from "../../definition";
import type { Properties } from "../../lifecycle/properties";
import type { Connection } from "../../settings/connection";
import { parseId } from "../shared/ids";
import { openInstance } from "../shared/place";
import { loadDocument } from "./document";
import { ownApi } from "./own-api";
import { Progress } from "./progress";
import { keyOf } from "./view";

/** The inputs and the state for a group. The group itself stays when the resource is deleted. */
export async function importGroup(id: string, connection: Connection): Promise<Properties> {
  const { instance: instanceId, group: groupId } = parseId(id, ["instance", "group"]);
  const instance = await openInstance(connection, undefined, instanceId);
  const listed = await listApis(instance, { groupId });
  const exported = await exportGroup(instance, groupId);
  const definition = JSON.stringify(exported, undefined, 2);
  const { operations } = await loadDocument(definition, { createsGroup: false });
  const progress = new Progress(groupId, false);
  for (const api of listed) progress.own(keyOf(api), ownApi(api, "adopt"), operations[keyOf(api)]);
  progress.observe(listed, readExport(exported));
  return { ...progress.outcome(), definition };
}
