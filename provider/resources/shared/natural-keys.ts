/**
 * Natural keys of objects in an APIG instance, in words. Resources claim them, so that two resources of a program never
 * describe the same object, and no late delete takes an object that is used (`lifecycle/claims.ts`).
 */

/** Where an object is: from inputs, which a preview may not know yet, or from a state. */
interface At {
  readonly region?: string | undefined;
  readonly instanceId?: string | undefined;
}

/**
 * One key for each object of an instance.
 *
 * @param objects for each object the words and ids that name it. There is no key if one of them is not known yet
 */
export function keysIn(at: At, ...objects: readonly (readonly (string | undefined)[])[]): string[] {
  return objects
    .map((parts) => [...parts, "in instance", at.instanceId, "of", at.region])
    .filter((parts) => !parts.includes(undefined))
    .map((parts) => parts.join(" "));
}

/** The words for an API as it is published in an environment. */
export function publicationPart(apiId: string, envId: string | undefined): (string | undefined)[] {
  return ["the publication of API", apiId, "in environment", envId];
}

/** In the place of an environment: whichever it is. */
export const anyEnvironment = "*";
