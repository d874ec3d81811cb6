/** The look at what a change means for others: a preview says it, or refuses the change. */
import type { Connection } from "../settings/connection";
import type { Finding, ResourceType } from "./contract";
import { harmless } from "./errors";
import { warnOfFailedLook } from "./failed-look";
import type { Properties } from "./properties";
import { knownOnly } from "./unknown";
import { warn } from "./warn";

interface Change<State> {
  readonly id: string;
  readonly old: State;
  readonly inputs: Properties;
  readonly replaces: readonly string[];
  /** The inputs that identify the change, without long ones. */
  readonly about: Properties;
}

/**
 * Looks and says what was found. A look that fails fails no preview.
 *
 * @param isFirst whether this look is the first of the command: a preview and the update after it both compare
 * @throws when the change is refused
 */
export async function lookAtConsequences<Args extends object, State extends object>(
  type: ResourceType<Args, State>,
  { id, old, inputs, replaces, about }: Change<State>,
  connection: Connection,
  isFirst: (key: string) => boolean,
): Promise<void> {
  if (type.consequences === undefined) return;
  if (!isFirst(JSON.stringify(["consequences", type.type, id, knownOnly(about)]))) return;
  let found: Finding | undefined;
  try {
    found = await type.consequences(old, knownOnly(inputs) as Partial<Args>, replaces, connection);
  } catch (error) {
    const change = `the change of ${type.type} ${id}`;
    warnOfFailedLook(connection, error, `It cannot be said yet what ${change} means for others.`);
    return;
  }
  if (found?.says !== undefined) warn(harmless(found.says));
  if (found?.refuses !== undefined) throw new Error(found.refuses);
}
