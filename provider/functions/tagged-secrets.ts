/** The tag query as a function: finds the secrets with these tags, and records nothing. */
import { ProviderError } from "../http/errors";
import { validate } from "../lifecycle/validate";
import { askForList, type Summary } from "../resources/secret-tag-query/ask";
import { doubts, queryInputs } from "../resources/secret-tag-query/inputs";
import type { FoundSecret, SecretField } from "../resources/secret-tag-query/secrets";
import { declarePlace, recordPlace } from "../resources/shared/place";
import type { Connection } from "../settings/connection";

/** What a tag query finds. */
export interface TaggedSecrets<Field extends SecretField = SecretField> extends Summary {
  /** The secrets, ordered by name; none if the action is `count`. */
  readonly resources: readonly FoundSecret<Field>[];
}

/** The arguments are wrong, so no call was made. */
class ArgumentsError extends ProviderError {
  override readonly name = "ArgumentsError";
  readonly kind = "invalid";
}

/**
 * Asks the service. Arguments, limits and fingerprint are the same as for the resource `SecretTagQuery`.
 *
 * @param warn is called with a sentence about each value that the service may refuse
 *
 * @internal
 */
export async function getTaggedSecrets<Field extends SecretField>(
  given: object,
  connection: Connection,
  warn: (message: string) => void,
): Promise<TaggedSecrets<Field>> {
  const failures = validate({ inputs: queryInputs, resolved: [], secrets: [] }, { ...given }, {});
  if (failures.length > 0) {
    const reasons = failures.map(({ property, reason }) => `${property} ${reason}`.trim());
    throw new ArgumentsError(`getTaggedSecrets: ${reasons.join("; ")}`);
  }
  const query = queryInputs.parse(given);
  for (const doubt of doubts(query)) warn(`getTaggedSecrets: ${doubt}`);
  return askForList(connection, await recordPlace(declarePlace(connection), connection), query);
}
