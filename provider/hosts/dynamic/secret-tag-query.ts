import * as pulumi from "@pulumi/pulumi";
import { parseFound } from "../../resources/secret-tag-query/found";
import {
  answer,
  type MatchInputs,
  type SecretTagQueryInputs,
  type TagInputs,
} from "../../resources/secret-tag-query/inputs";
import type { FoundSecret, SecretField } from "../../resources/secret-tag-query/secrets";
import type { Inputs } from "./inputs";
import { shellOf } from "./shells";

/** What to ask for: inputs of the resource and arguments of the function. */
export type SecretTagQueryArgs<Field extends SecretField = SecretField> = Inputs<SecretTagQueryInputs<Field>>;

/** A tag that secrets must have. */
export type TagArgs = Inputs<TagInputs>;

/** A condition on the name of secrets. */
export type MatchArgs = Inputs<MatchInputs>;

/**
 * The secrets that have certain tags, without their values. Every preview and update asks again; an answer that differs
 * is an update of this resource, which the preview shows secret by secret. Deleting it deletes no secret.
 *
 * For programs that need no record of the answer, or all fields of many thousand secrets, there is `getTaggedSecrets`.
 */
export class SecretTagQuery<Field extends SecretField = SecretField> extends pulumi.dynamic.Resource {
  /** How many secrets there are. */
  declare readonly totalCount: pulumi.Output<number>;
  /** Changes when a secret comes or goes, or one of the selected fields changes: to trigger what depends on them. */
  declare readonly fingerprint: pulumi.Output<string>;
  /** The secrets as state keeps them. */
  declare private readonly found: pulumi.Output<string | undefined>;

  constructor(name: string, args: SecretTagQueryArgs<Field>, opts?: pulumi.CustomResourceOptions) {
    const outputs = Object.fromEntries(answer.map((key) => [key, undefined]));
    super(shellOf("SecretTagQuery"), name, { ...outputs, ...args }, opts, "apig", "SecretTagQuery");
  }

  /**
   * The secrets, ordered by name; none if the action is `count`.
   *
   * More than 1,000 secrets without `select` end the program with an error here: their fields are not kept.
   */
  get resources(): pulumi.Output<FoundSecret<Field>[]> {
    return this.found.apply((found): FoundSecret<Field>[] => {
      try {
        return found === undefined ? [] : parseFound(found);
      } catch (error) {
        throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
      }
    });
  }
}
