/**
 * Natural keys of objects in an APIG instance, in words: what resources claim, so that no two of a program are about the same
 * object and no late delete takes a live one (`lifecycle/claims.ts`).
 */

/** Where an object is: inputs that a preview may not know yet, or a state. */
interface At {
  readonly region?: string | undefined;
  readonly instanceId?: string | undefined;
}

/**
 * One key for each object of an instance.
 *
 * @param parts words and ids that together name one object; none where one of them is not known yet
 */
export function keysIn(at: At, ...objects: readonly (readonly (string | undefined)[])[]): string[] {
  return objects
    .map((parts) => [...parts, "in instance", at.instanceId, "of", at.region])
    .filter((parts) => !parts.includes(undefined))
    .map((parts) => parts.join(" "));
}
