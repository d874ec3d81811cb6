/** The functions as programs call them: in their own process, on every preview and update, with outputs for arguments. */
import * as pulumi from "@pulumi/pulumi";
import * as projects from "../../functions/bkci-projects";
import * as secrets from "../../functions/tagged-secrets";
import type { SecretField } from "../../resources/secret-tag-query/secrets";
import { lookup, type LookupOptions } from "./look-up";
import type { SecretTagQueryArgs } from "./secret-tag-query";

/** What {@link getTaggedSecrets} finds. */
export type SecretTagQueryResult<Field extends SecretField = SecretField> = secrets.TaggedSecrets<Field>;

/**
 * Which secrets have these tags, without a resource: asked on every preview and update, and recorded nowhere. Arguments and
 * limits are those of the resource `SecretTagQuery`, and so is the fingerprint.
 *
 * @returns unknown, and asks nothing, while an argument is unknown
 * @throws LookupError through the result; an empty result is none
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
 * Looks up one project; also a check, before anything is made, that it exists and can be reached with these settings.
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
