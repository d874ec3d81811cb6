import { failedAs } from "../../http/errors";
import type { Caller } from "../../http/operation";

/**
 * Creates an object that must not exist twice. When the answer was lost, the create may have taken effect. Then it looks
 * for the object. Only if there is none, it tries the create again, as often as any other call.
 *
 * @param find looks for the object in the place where `create` makes it
 * @param unproven names a found object that somebody else may have made: then an error names it, and it is not used.
 * Absent if only `create` can have made it
 */
export async function createOnce<Made>(
  caller: Pick<Caller, "again">,
  create: () => Promise<Made>,
  find: () => Promise<Made | undefined>,
  unproven?: (found: Made) => string,
): Promise<Made> {
  let lost: Error | undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await create();
    } catch (error) {
      // A clash after a lost answer may be a clash with our own object, if the first create took effect late.
      const doubt = failedAs(error, "ambiguous") ? error : failedAs(error, "exists") ? lost : undefined;
      if (doubt === undefined) throw error;
      lost = doubt;
      // Waits before the look: the lost create may take effect a little later.
      const again = await caller.again(tries);
      const found = await find().catch(() => {
        // The user must know that the object may exist, not why the look failed.
        throw doubt;
      });
      if (found !== undefined) {
        if (unproven === undefined) return found;
        throw new Error(`${doubt.message} ${mayBeOurs(unproven(found))}`, { cause: error });
      }
      // An object of somebody else will still clash at the next try.
      if (!again || failedAs(error, "exists")) throw error;
    }
  }
}

/** Advice about an object that either a call with a lost answer made, or somebody else. */
export function mayBeOurs(found: string): string {
  return `Now there is ${found}: if nobody else made it, take it over with \`adopt: true\`.`;
}
