/** The functions by the tokens that programs invoke them by. */
import { getBkciProject, getBkciProjects } from "../../functions/bkci-projects";
import { getTaggedSecrets } from "../../functions/tagged-secrets";
import type { Properties } from "../../lifecycle/properties";
import { warn } from "../../lifecycle/warn";
import type { Connection } from "../../settings/connection";
import { tokenOf } from "./tokens";

type Invoke = (args: Properties, connection: Connection) => Promise<object>;

export const functions: ReadonlyMap<string, Invoke> = new Map<string, Invoke>([
  [tokenOf("getTaggedSecrets"), (args, connection) => getTaggedSecrets(args, connection, warn)],
  [
    tokenOf("getBkciProject"),
    ({ projectId }, connection) => getBkciProject(projectId as string | undefined, connection),
  ],
  [tokenOf("getBkciProjects"), async (_args, connection) => ({ projects: await getBkciProjects(connection) })],
]);
