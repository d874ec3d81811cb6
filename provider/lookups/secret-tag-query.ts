/** The tag query as a plain function. */
import * as pulumi from "@pulumi/pulumi";
import { validate } from "../lifecycle/check";
import { declarePlace, recordPlace } from "../resources/place";
import { askForList, type Summary } from "../resources/secret-tag-query/ask";
import { doubts, queryInputs, type SecretTagQueryArgs } from "../resources/secret-tag-query/inputs";
import type { FoundSecret, SecretField } from "../resources/secret-tag-query/secrets";
import { lookup, LookupError, type LookupOptions } from "./connection";

/** What {@link secretTagQuery} finds. */
export interface SecretTagQueryResult<Field extends SecretField = SecretField> extends Summary {
  /** The secrets, ordered by name; none if the action is `count`. */
  readonly resources: readonly FoundSecret<Field>[];
}

/**
 * Which secrets have these tags, without a resource: asked in the program's process, on every preview and update, and
 * recorded nowhere. Arguments and limits are those of the resource `SecretTagQuery`, and so is the fingerprint.
 *
 * @returns unknown, and asks nothing, while an argument is unknown
 * @throws LookupError through the result; an empty result is none
 */
export function secretTagQuery<Field extends SecretField = SecretField>(
  args: SecretTagQueryArgs<Field>,
  options?: LookupOptions,
): pulumi.Output<SecretTagQueryResult<Field>> {
  return lookup(pulumi.output(args), options, async (known, connection) => {
    const failures = validate({ inputs: queryInputs, resolved: [], secrets: [] }, { ...known }, {});
    if (failures.length > 0) {
      const reasons = failures.map(({ property, reason }) => `${property} ${reason}`.trim());
      throw new LookupError(`secretTagQuery: ${reasons.join("; ")}`, "invalid");
    }
    const query = queryInputs.parse(known);
    for (const doubt of doubts(query)) void pulumi.log.warn(`secretTagQuery: ${doubt}`);
    return askForList(connection, await recordPlace(declarePlace(connection), connection), query);
  });
}
