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
import { refuseImport } from "./resource";
import { shellOf } from "./shells";

/** The query: inputs of the resource and arguments of the function. */
export type SecretTagQueryArgs<Field extends SecretField = SecretField> = Inputs<SecretTagQueryInputs<Field>>;

/** A tag that secrets must have. */
export type TagArgs = Inputs<TagInputs>;

/** A condition on names of secrets. */
export type MatchArgs = Inputs<MatchInputs>;

/**
 * The secrets that have certain tags, without their values. Every preview and update asks again. A new answer is an
 * update of this resource; the preview shows it secret by secret. Deleting the resource deletes no secret.
 *
 * Use `getTaggedSecrets` in programs that need no record of the answer, or all fields of many thousand secrets.
 */
export class SecretTagQuery<Field extends SecretField = SecretField> extends pulumi.dynamic.Resource {
  /** Number of secrets found. */
  declare readonly totalCount: pulumi.Output<number>;
  /**
   * Changes when a secret comes or goes, or when a selected field changes. Use it to trigger what depends on the
   * secrets.
   */
  declare readonly fingerprint: pulumi.Output<string>;
  /** The secrets in the form that state holds. */
  declare private readonly found: pulumi.Output<string | undefined>;

  constructor(name: string, args: SecretTagQueryArgs<Field>, opts?: pulumi.CustomResourceOptions) {
    refuseImport(opts);
    const outputs = Object.fromEntries(answer.map((key) => [key, undefined]));
    super(shellOf("SecretTagQuery"), name, { ...outputs, ...args }, opts, "apig", "SecretTagQuery");
  }

  /**
   * The secrets, ordered by name. Empty if the action is `count`.
   *
   * Throws an error that ends the program if there are more than 1,000 secrets and no `select`: then state does not
   * hold their fields.
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
