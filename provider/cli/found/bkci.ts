import { belongsTo, listCredentials } from "../../clients/bkci";
import type { Connection } from "../../settings/connection";
import { counted } from "./counted";
import type { Found } from "./found";
import { Parts } from "./parts";
import type { Tell } from "./read";

/** The credentials of the project of the settings; none if these name no server or no project. Values are never shown. */
export async function readProject(
  connection: Connection,
  tell: Tell,
): Promise<Pick<Found, "bkciProject" | "credentials" | "missing">> {
  const { endpoint, projectId } = connection.settings.bkci;
  if (endpoint === undefined || projectId === undefined) {
    tell("BK-CI is not read: BKCI_ENDPOINT and BKCI_PROJECT_ID are not both set");
    return { bkciProject: undefined, credentials: [], missing: [] };
  }
  const parts = new Parts();
  const caller = connection.bkci();
  const listed = await parts.read(`credentials of BK-CI project ${projectId}`, async () => {
    if (await belongsTo(caller, projectId)) return listCredentials(caller, projectId);
    return undefined;
  });
  const hidden = `credentials of BK-CI project ${projectId}: BK-CI shows no such project to this user`;
  const missing = [...parts.missing, ...(listed === undefined && parts.missing.length === 0 ? [hidden] : [])];
  const credentials = (listed ?? []).map((each) => ({
    id: each.credentialId,
    type: each.credentialType,
    name: each.credentialName ?? each.credentialId,
    remark: each.credentialRemark ?? "",
  }));
  tell(`${counted(credentials.length, "credential")} of BK-CI project ${projectId}`);
  return { bkciProject: projectId, credentials, missing };
}
