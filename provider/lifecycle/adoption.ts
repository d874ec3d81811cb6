/** The look at what a create with `adopt` takes over: a preview says what that is, and what will be changed of it. */
import type { Connection } from "../settings/connection";
import type { ResourceType } from "./contract";
import { harmless } from "./errors";
import { warnOfFailedLook } from "./failed-look";
import { omit, without, type Properties } from "./properties";
import { knownOnly } from "./unknown";
import type { CheckFailure } from "./validate";
import { warn } from "./warn";

/**
 * Looks and says what was found. A look that fails fails no preview.
 *
 * @param inputs checked ones of a new resource
 * @param isFirst whether this look is the first of the command: a preview and the update after it both check inputs
 */
export async function lookAtAdopted<Args extends object, State extends object>(
  type: ResourceType<Args, State>,
  inputs: Properties,
  connection: Connection,
  isFirst: (key: string) => boolean,
): Promise<CheckFailure[]> {
  const known = knownOnly(inputs);
  const unknown = without(Object.keys(inputs), Object.keys(known));
  if (type.adoption === undefined || known["adopt"] === undefined || known["adopt"] === false) return [];
  // Of secrets only what natural keys say.
  const about = [type.type, type.wants?.(known as Partial<Args>), omit(known, type.secrets)];
  if (!isFirst(JSON.stringify(about))) return [];
  try {
    const { says, refuses } = (await type.adoption(known as Partial<Args>, connection, new Set(unknown))) ?? {};
    const rest = unknown.length === 0 ? "" : ` Not compared, because not known yet: ${unknown.join(", ")}.`;
    if (says !== undefined) warn(`${harmless(says)}${rest}`);
    return refuses === undefined ? [] : [{ property: "", reason: harmless(refuses) }];
  } catch (error) {
    warnOfFailedLook(connection, error, "It cannot be said yet what `adopt` takes over.");
    return [];
  }
}
