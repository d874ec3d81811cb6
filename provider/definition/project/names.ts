/** Names of APIs: unique in their group, 3 to 255 characters. */
import { createHash } from "node:crypto";
import { withoutEnd } from "./kept";

/** Names of groups and of APIs start with a letter, a digit or a Chinese character; Chinese punctuation counts as well. */
const NAME = /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9\-_./():（）：、]*$/u;
export const NAME_RULE = "a letter, digit or Chinese character first, then also - _ . / ( ) :";

const LONGEST = 255;

/** Whether a group or an API may have this name. */
export function isName(name: string, most: number): boolean {
  const length = Array.from(name).length;
  return length >= 3 && length <= most && NAME.test(name);
}

/**
 * The name of an operation's API: its `operationId`, fitted where it breaks the rules; without one `get_orders_id`, from
 * method and path. A name that is taken gets a digest of the operation's key, so that no other operation changes it.
 */
export function nameFor(operationId: string | undefined, key: string, taken: ReadonlySet<string>): string {
  const said = operationId?.trim() ?? "";
  const wanted = said === "" ? key.toLowerCase() : said;
  const name = said !== "" && isName(wanted, LONGEST) ? wanted : fitted(wanted);
  if (isName(name, LONGEST) && !taken.has(name)) return name;
  const suffix = `_${createHash("sha256").update(key).digest("hex").slice(0, 8)}`;
  return (
    Array.from(name || "api")
      .slice(0, LONGEST - suffix.length)
      .join("") + suffix
  );
}

function fitted(text: string): string {
  const plain = text.replaceAll(/[^\p{Script=Han}A-Za-z0-9\-_.]+/gu, "_").replace(/^[^\p{Script=Han}A-Za-z0-9]+/u, "");
  return withoutEnd(plain, "_");
}
