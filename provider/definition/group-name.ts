/** Names of API groups: 3 to 64 characters (APIG.2044). */
import { isName, NAME_RULE } from "./project/names";
import { printable } from "./problem";

const LONGEST = 64;

/** Whether a group may have this name. */
export function canNameGroup(name: string): boolean {
  return isName(name, LONGEST);
}

/**
 * The name of the group that a definition with this title makes. That is the title itself if it is allowed. Else its
 * letters, digits and `_` remain, which even the strictest page of the service accepts. If nothing remains, it is the
 * title again.
 */
export function groupNameFrom(title: string): string {
  if (canNameGroup(title)) return title;
  const words = title.match(/[\p{Script=Han}A-Za-z0-9]+/gu) ?? [];
  const first = words.findIndex((word) => /\D/.test(word));
  if (first < 0) return title;
  const name = words.slice(first).join("_").replace(/^\d+/, "");
  const long = Array.from(name).length < 3 ? `${name}_api` : name;
  return Array.from(long).slice(0, LONGEST).join("").replace(/_$/, "");
}

/** The message for a title that cannot be the name of a group. */
export function titleProblem(title: string): string {
  const way = "change it, give `groupName`, or give `groupId` to import into a group that exists";
  return `"${printable(title)}" cannot name the group to create (3 to 64 characters, ${NAME_RULE}): ${way}`;
}
