/** What is said of many records at once that `adopt` takes over: publications, authorizations. */
import type { Finding } from "../../lifecycle/contract";
import type { Adopt } from "./adopt-input";
import { firstOf } from "./first-of";

/**
 * What a preview says of the records that a resource wants.
 *
 * @param what the resource, in words
 * @param done what the records are, in words: `published`
 * @param standing names of those that exist
 */
export function adoptable(
  what: string,
  done: string,
  standing: readonly string[],
  missing: readonly string[],
  adopt: Adopt | undefined,
): Finding {
  const reason = adopt === "only" ? lacking(done, missing, standing) : undefined;
  if (reason !== undefined) return { refuses: reason };
  const taken =
    standing.length === 0 ? `none is ${done} yet` : `${standing.length} ${done} already: taken over as they are`;
  const made = missing.length === 0 ? "" : `; to be ${done}: ${firstOf(missing, ", ")}`;
  return { says: `${what}: ${taken}${made}.` };
}

/** Before the create of a resource that may only take over. @throws Error if something is missing */
export function demandAll(done: string, missing: readonly string[], standing: readonly string[]): void {
  const reason = lacking(done, missing, standing);
  if (reason !== undefined) throw new Error(reason);
}

function lacking(done: string, missing: readonly string[], standing: readonly string[]): string | undefined {
  if (missing.length === 0 && standing.length > 0) return undefined;
  const names = missing.length === 0 ? "there is nothing" : `not ${done}: ${firstOf(missing, ", ")}`;
  return `${names}, and \`adopt: "only"\` takes over only what is ${done}.`;
}
