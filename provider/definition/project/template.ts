/** Paths at the gateway. A variable is a whole segment; only the last one may take the rest of the path. */
import { printable } from "../problem";

export interface Template {
  /** The path, with names of variables that APIG accepts. */
  readonly path: string;
  readonly variables: readonly Variable[];
}

export interface Variable {
  readonly name: string;
  /** The name in the definition. */
  readonly original: string;
}

/** Most parameters of an API. */
export const MOST_PARAMETERS = 50;

const LONGEST = 512;
const LONGEST_NAME = 32;

/**
 * Reads a path.
 *
 * @throws Error with the reason why APIG cannot serve the path
 */
export function parseTemplate(path: string): Template {
  if (/[#?]/.test(path.replaceAll(/\{[^{}]*\}/g, ""))) {
    throw new Error("its path contains # or ?: what follows them never reaches a server as a path");
  }
  if (/[\p{Cc}\p{Cf}\s]/u.test(path)) throw new Error("its path contains white space or control characters");
  const segments = path.split("/");
  const count = segments.filter((segment) => segment.startsWith("{")).length;
  if (count > MOST_PARAMETERS) throw new Error(`its path has ${count} variables; an API takes ${MOST_PARAMETERS}`);
  const variables: Variable[] = [];
  const written = segments.map((segment, index) => {
    if (segment === "*" || segment === "**") throw new Error(`"${segment}" takes several segments: ${asApig}`);
    if (!/[{}]/.test(segment)) return segment;
    const variable = /^\{([^{}]+)\}$/.exec(segment)?.[1];
    const quoted = `"${printable(segment)}"`;
    if (variable === undefined) {
      throw new Error(`${quoted} is not a variable alone: APIG takes them as whole segments, as in /pets/{id}`);
    }
    const takesRest = variable.endsWith("+");
    if (takesRest && index < segments.length - 1)
      throw new Error(`${quoted} takes the rest of the path, so it is the last segment`);
    if (/[*?:()[\]^|\\+]|\.\.\.$/.test(variable.replace(/\+$/, ""))) {
      throw new Error(`${quoted} is a pattern or takes several segments: ${asApig}`);
    }
    const original = takesRest ? variable.slice(0, -1) : variable;
    const name = fitted(original, variables);
    variables.push({ name, original });
    return `{${name}${takesRest ? "+" : ""}}`;
  });
  const whole = written.join("/");
  if (whole.length > LONGEST) throw new Error(`its path has ${whole.length} characters; APIG takes ${LONGEST}`);
  return { path: whole, variables };
}

const asApig = "APIG writes {name}, or {name+} at the end: give the operation such a `path` in `overrides`";

/** Makes a name that APIG accepts: a letter first, then letters, digits and `-_.`. */
function fitted(original: string, others: readonly Variable[]): string {
  const plain = original.replaceAll(/[^A-Za-z0-9\-_.]/g, "_").replace(/^(?![A-Za-z])/, "p");
  const cut = plain.slice(0, LONGEST_NAME);
  const taken = new Set(others.map(({ name }) => name));
  let name = cut;
  for (let number = others.length + 1; taken.has(name); number += 1) {
    const suffix = `_${number}`;
    name = plain.slice(0, LONGEST_NAME - suffix.length) + suffix;
  }
  return name;
}
