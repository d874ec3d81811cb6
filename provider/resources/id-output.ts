import * as pulumi from "@pulumi/pulumi";
import { idPart } from "./ids";

/**
 * The n-th part of a resource's id, for others to build on: known in the preview of an update, where other outputs are not,
 * and in the preview of a `.get()`. There the id is the given one, once the look-up has found it: newer SDKs under older
 * engines take the resource's own for unknown.
 */
export function idOutput(
  resource: pulumi.CustomResource,
  opts: pulumi.CustomResourceOptions | undefined,
  index: number,
): pulumi.Output<string> {
  const id = opts?.id === undefined ? resource.id : pulumi.all([opts.id, resource.urn]).apply(([given]) => given);
  return id.apply((text) => idPart(text, index));
}
