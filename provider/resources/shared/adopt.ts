/** What is said of the objects that `adopt` takes over. */
import type { Finding } from "../../lifecycle/contract";
import type { Adopt } from "./adopt-input";

/**
 * What a preview says of an object that exists.
 *
 * @param object in words that name it: `App "shop" in instance 1a2b`
 * @param changes what will be written, in words
 */
export function foundToAdopt(object: string, id: string, changes: readonly string[]): Finding {
  const how = changes.length === 0 ? " as it is" : `; ${changes.join("; ")}`;
  return { says: `${object} exists (${id}): it will be taken over${how}.` };
}

/** What a preview says of an object that does not exist. */
export function nothingToAdopt(object: string, adopt: Adopt | undefined, absence = notThere): Finding {
  return adopt === "only"
    ? { refuses: noneToAdopt(object, absence) }
    : { says: `${object} ${absence}: it will be made.` };
}

/** Before a create makes an object. @throws Error if it may only take over an existing one */
export function demandMaking(object: string, adopt: Adopt | undefined, absence = notThere): void {
  if (adopt === "only") throw new Error(noneToAdopt(object, absence));
}

/** A change of a text, in words; none where it does not change. */
export function textChange(what: string, is: string | null | undefined, wanted: string | undefined): string[] {
  const [from, to] = [is ?? "", wanted ?? ""];
  return from === to ? [] : [`its ${what} changes from ${JSON.stringify(from)} to ${JSON.stringify(to)}`];
}

const notThere = "does not exist";

function noneToAdopt(object: string, absence: string): string {
  return `${object} ${absence}, and \`adopt: "only"\` makes none.`;
}
