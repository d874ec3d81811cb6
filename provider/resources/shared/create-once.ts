import { failedAs } from "../../http/errors";
import type { Caller } from "../../http/operation";

/**
 * Creates an object that must not exist twice. When the answer was lost, the create may have taken effect or not:
 * then the object is looked for, and only if it is not there the create is tried again, as often as any other call.
 *
 * @param find looks for what is where `create` makes its object
 * @param unproven names what was found, where someone else may as well have made it: then it is told and not taken.
 * Absent where only `create` can have made it
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
      // A clash after a lost answer may be with our own object, whose create took effect late.
      const doubt = failedAs(error, "ambiguous") ? error : failedAs(error, "exists") ? lost : undefined;
      if (doubt === undefined) throw error;
      lost = doubt;
      // Before the look: what was lost may still be about to take effect.
      const again = await caller.again(tries);
      const found = await find().catch(() => {
        // What matters is that the object may exist, not why it could not be looked for.
        throw doubt;
      });
      if (found !== undefined) {
        if (unproven === undefined) return found;
        throw new Error(`${doubt.message} ${mayBeOurs(unproven(found))}`, { cause: error });
      }
      // What exists and is not ours will not go away.
      if (!again || failedAs(error, "exists")) throw error;
    }
  }
}

/** What to do about something that a call whose answer was lost may have made, or someone else. */
export function mayBeOurs(found: string): string {
  return `Now there is ${found}: if nobody else made it, take it over with \`adopt: true\`.`;
}
