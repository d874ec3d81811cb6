/** Look-ups of BK-CI projects. Projects cannot be deleted through the API, so there is no resource for them. */
import * as pulumi from "@pulumi/pulumi";
import * as bkci from "../clients/bkci";
import { GoneError } from "../lifecycle/errors";
import { demand } from "../settings";
import { lookup, type LookupOptions } from "./connection";

/** A BK-CI project. */
export interface BkciProject {
  /** The English name: what every `projectId` of this package and of BK-CI's paths means. */
  readonly projectId: string;
  /** The name that people see. */
  readonly name: string;
  readonly description?: string;
  /** Whether the project is in use. False while its creation waits for approval, and after it was switched off. */
  readonly enabled: boolean;
}

/**
 * Looks up one project; also a check, before anything is made, that it exists and can be reached with these settings.
 *
 * @param projectId its English name. Default: `bkci:projectId`
 * @throws LookupError `not-found` or `forbidden`, through the result
 */
export function getBkciProject(projectId?: pulumi.Input<string>, options?: LookupOptions): pulumi.Output<BkciProject> {
  return lookup(pulumi.output(projectId), options, async (given, connection) => {
    const id = given ?? demand(connection.settings.bkci.projectId, "bkci:projectId", "to look up the project");
    const project = await bkci.findProject(connection.bkci(), id);
    if (project) return shown(project);
    throw new GoneError(
      `BK-CI has no project ${id}. Check the id: it is the English name of the project. Some releases also hide ` +
        "projects that the user does not belong to",
    );
  });
}

/**
 * Looks up all projects that the user belongs to, sorted by id.
 *
 * @throws LookupError through the result
 */
export function getBkciProjects(options?: LookupOptions): pulumi.Output<BkciProject[]> {
  return lookup(pulumi.output(undefined), options, async (_args, connection) => {
    const projects = await bkci.listProjects(connection.bkci());
    return projects.map(shown).sort((one, other) => (one.projectId < other.projectId ? -1 : 1));
  });
}

function shown({ englishName, projectName, description, enabled }: bkci.Project): BkciProject {
  return {
    projectId: englishName,
    name: projectName,
    ...(description && { description }),
    enabled: enabled ?? true,
  };
}
