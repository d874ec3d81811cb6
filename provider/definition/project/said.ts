/** Reads the line of an operation back: what two lines say differently, in words. */
import { byPrefix, textOf } from "./line";

/** What is said differently: `authentication`, `APP`, `NONE`. */
export interface Difference {
  readonly part: string;
  readonly before: string;
  readonly after: string;
}

/** None where the lines differ only in what their digests stand for. */
export function differencesIn(before: string, after: string): Difference[] {
  const isCut = [before, after].some((line) => textOf(line).endsWith("…"));
  const read = isCut ? beginOf : partsOf;
  const [old, now] = [read(textOf(before)), read(textOf(after))];
  return Object.entries(old)
    .map(([part, text]) => ({ part, before: text, after: now[part] ?? "" }))
    .filter((each) => each.before !== each.after);
}

type Parts = Readonly<Record<string, string>>;

function partsOf(text: string): Parts {
  const { rest, ...begin } = split(text);
  const firstOption = rest.findIndex((_part, index) => rest.slice(index).every(isOption));
  const end = firstOption === -1 ? rest.length : firstOption;
  // Without parameters there is no part for them; the back end is always there.
  const hasParameters = end > 1 && /^(?:[A-Za-z][\w.-]*\*?)(?: [A-Za-z][\w.-]*\*?)*$/.test(rest[0] ?? "");
  return {
    ...begin,
    parameters: hasParameters ? (rest[0] ?? "") : "",
    "back end": rest.slice(hasParameters ? 1 : 0, end).join(", "),
    options: rest.slice(end).join(", "),
  };
}

/** Where a line was cut, nobody can tell which part the last one is. */
function beginOf(text: string): Parts {
  const { rest, ...begin } = split(text);
  return { ...begin, "parameters, back end or options": rest.join(", ") };
}

function split(text: string) {
  const [name = "", visibility = "", authentication = "", ...rest] = text.split(", ");
  return { name, visibility, authentication, rest };
}

function isOption(part: string): boolean {
  return [byPrefix, "CORS"].includes(part) || /^(?:ratelimit|access-control) /.test(part);
}
