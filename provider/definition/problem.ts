/** Problems of a definition, and the messages about them. */

/** The source of a definition. */
export interface Origin {
  /** Name of the file in messages. A text or an object of the program has none. */
  readonly name?: string | undefined;
  /** The line of a JSON pointer, counted from 1. Undefined if there is no text. */
  readonly lineOf: (pointer: string) => number | undefined;
}

/** One problem of a definition. `pointer` is a JSON pointer into the file, `""` for the whole file. */
export interface DefinitionProblem {
  readonly pointer: string;
  readonly message: string;
  readonly file?: Origin | undefined;
  /** The operation with the problem, such as `GET /orders/{id}`, and its pointer. */
  readonly operation?: { readonly key: string; readonly pointer: string } | undefined;
}

/** Most reasons that a message lists. It counts the rest. */
const LISTED = 20;

/** Most operations that a reason names after the first. It counts the rest. */
const NAMED = 5;

/** The definition cannot be imported. Holds all problems that were found. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";

  constructor(readonly problems: readonly DefinitionProblem[]) {
    super(describeProblems(problems));
  }
}

/**
 * A message in several lines: one line for each of the first 20 reasons, with the operations that have it, then the
 * number of other reasons.
 */
export function describeProblems(problems: readonly DefinitionProblem[]): string {
  const reasons = new Map<string, DefinitionProblem[]>();
  for (const one of new Map(problems.map((each) => [identity(each), each])).values()) {
    const same = reasons.get(reasonOf(one));
    if (same === undefined) reasons.set(reasonOf(one), [one]);
    else same.push(one);
  }
  const lines = [...reasons.values()].slice(0, LISTED).map(lineFor);
  if (reasons.size > lines.length) lines.push(`  and ${reasons.size - lines.length} more`);
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return [`the API definition has ${count}:`, ...lines].join("\n");
}

function lineFor(same: readonly DefinitionProblem[]): string {
  const [first, ...others] = same;
  if (first === undefined) return "";
  const names = others.slice(0, NAMED).map(({ operation }) => printable(operation?.key ?? ""));
  const rest = others.length - names.length;
  const also = [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
  return `  ${placeOf(first)}: ${first.message}${also === "" ? "" : ` (also ${also})`}`;
}

/** Equal for the same problem in a part that many operations share. */
function identity({ file, pointer, message }: DefinitionProblem): string {
  return [file?.name, pointer, message].join("\0");
}

function reasonOf({ pointer, message, operation }: DefinitionProblem): string {
  return operation === undefined ? `${pointer}\0${message}` : message;
}

function placeOf({ file, pointer, operation }: DefinitionProblem): string {
  const line = file?.lineOf(pointer);
  const named = file?.name === undefined ? [] : [printable(file.name)];
  const where = line === undefined ? named : named.length > 0 ? [`${named[0]}:${line}`] : [`line ${line}`];
  return [...where, ...subjectOf(pointer, operation)].join(", ") || "(document)";
}

/** The operation and the members below it; the pointer if there is no operation. */
function subjectOf(pointer: string, operation: DefinitionProblem["operation"]): string[] {
  if (operation === undefined) return pointer === "" ? [] : [printable(pointer)];
  const below = pointer.startsWith(operation.pointer) ? pointer.slice(operation.pointer.length + 1) : pointer;
  return [printable(operation.key), ...(below === "" ? [] : [printable(below)])];
}

/** Makes `/paths/~1pets` of `["paths", "/pets"]`. */
export function pointer(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Makes a key of a pointer's segment: `~1` stands for `/`, `~0` for `~`. */
export function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

/**
 * Makes a text of a definition safe to print: escapes control characters, text direction characters and half
 * characters, and cuts long texts.
 */
export function printable(text: string): string {
  const cut = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
