/**
 * The functions in the form that programs call. They run in the program's process on every preview and update, and take
 * outputs as arguments.
 */
import * as pulumi from "@pulumi/pulumi";
import * as projects from "../../functions/bkci-projects";
import * as secrets from "../../functions/tagged-secrets";
import type { SecretField } from "../../resources/secret-tag-query/secrets";
import { lookup, type LookupOptions } from "./look-up";
import type { SecretTagQueryArgs } from "./secret-tag-query";

/** What {@link getTaggedSecrets} finds. */
export type SecretTagQueryResult<Field extends SecretField = SecretField> = secrets.TaggedSecrets<Field>;

/**
 * Asks which secrets have these tags, on every preview and update, and records nothing. Arguments, limits and
 * fingerprint are those of the resource `SecretTagQuery`.
 *
 * @returns unknown while an argument is unknown; then nothing is asked
 * @throws LookupError through the result; an empty result is not an error
 */
export function getTaggedSecrets<Field extends SecretField = SecretField>(
  args: SecretTagQueryArgs<Field>,
  options?: LookupOptions,
): pulumi.Output<SecretTagQueryResult<Field>> {
  const warn = (message: string) => void pulumi.log.warn(message);
  return lookup(pulumi.output(args), options, (known, connection) =>
    secrets.getTaggedSecrets<Field>(known, connection, warn),
  );
}

/**
 * Looks up one project. Also checks that it exists and can be reached with these settings, before anything is made.
 *
 * @param projectId its English name. Default: `bkci:projectId`
 * @throws LookupError `not-found` or `forbidden`, through the result
 */
export function getBkciProject(
  projectId?: pulumi.Input<string>,
  options?: LookupOptions,
): pulumi.Output<projects.BkciProject> {
  return lookup(pulumi.output(projectId), options, projects.getBkciProject);
}

/**
 * Looks up all projects that the user belongs to, sorted by id.
 *
 * @throws LookupError through the result
 */
export function getBkciProjects(options?: LookupOptions): pulumi.Output<projects.BkciProject[]> {
  return lookup(pulumi.output(undefined), options, (_args, connection) => projects.getBkciProjects(connection));
}
