/** Look-ups of BK-CI projects. There is no resource for projects, because the API cannot delete them. */
import * as bkci from "../clients/bkci";
import { GoneError } from "../lifecycle/errors";
import type { Connection } from "../settings/connection";
import { demand } from "../settings/settings";

/** A BK-CI project. */
export interface BkciProject {
  /** The English name: what every `projectId` of this package and of BK-CI's paths means. */
  readonly projectId: string;
  /** The name that people see. */
  readonly name: string;
  readonly description?: string;
  /** Whether the project can be used. False while its creation waits for approval, and after it was disabled. */
  readonly enabled: boolean;
}

/**
 * One project.
 *
 * @param given its English name. Default: `bkci:projectId`
 *
 * @internal
 */
export async function getBkciProject(given: string | undefined, connection: Connection): Promise<BkciProject> {
  const id = given ?? demand(connection.settings.bkci.projectId, "bkci:projectId", "to look up the project");
  const project = await bkci.findProject(connection.bkci(), id);
  if (project) return shown(project);
  throw new GoneError(
    `BK-CI has no project ${id}. Check the id: it is the English name of the project. Some releases also hide ` +
      "projects that the user does not belong to",
  );
}

/**
 * All projects that the user belongs to, sorted by id.
 *
 * @internal
 */
export async function getBkciProjects(connection: Connection): Promise<BkciProject[]> {
  const projects = await bkci.listProjects(connection.bkci());
  return projects.map(shown).sort((one, other) => (one.projectId < other.projectId ? -1 : 1));
}

function shown({ englishName, projectName, description, enabled }: bkci.Project): BkciProject {
  return {
    projectId: englishName,
    name: projectName,
    ...(description && { description }),
    enabled: enabled ?? true,
  };
}
