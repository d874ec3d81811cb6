/** What is wrong with a definition, where, and how people are told. */

/** Where a definition was read from. */
export interface Origin {
  /** As messages name it; a text or an object of the program has none. */
  readonly name?: string | undefined;
  /** The line of what a pointer names, from 1, where there is a text. */
  readonly lineOf: (pointer: string) => number | undefined;
}

/** One thing wrong with a definition, and where: a JSON pointer into the file, `""` for the file itself. */
export interface DefinitionProblem {
  readonly pointer: string;
  readonly message: string;
  readonly file?: Origin | undefined;
  /** The operation that it is about: `GET /orders/{id}`, and where that stands. */
  readonly operation?: { readonly key: string; readonly pointer: string } | undefined;
}

/** How many problems a message lists before it counts the rest. */
const LISTED = 20;

/** How many operations of one problem are named beside the first. */
const NAMED = 5;

/** A definition that cannot be imported, with everything found wrong in it. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";

  constructor(readonly problems: readonly DefinitionProblem[]) {
    super(describeProblems(problems));
  }
}

/** Several lines for people: the first 20 reasons, one a line with all that it is true of, then how many more there are. */
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

/** What many operations share is one problem. */
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

/** The operation and the members below it, else the pointer. */
function subjectOf(pointer: string, operation: DefinitionProblem["operation"]): string[] {
  if (operation === undefined) return pointer === "" ? [] : [printable(pointer)];
  const below = pointer.startsWith(operation.pointer) ? pointer.slice(operation.pointer.length + 1) : pointer;
  return [printable(operation.key), ...(below === "" ? [] : [printable(below)])];
}

/** `["paths", "/pets"]` as `/paths/~1pets`. */
export function pointer(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** A segment of a pointer as the key that it stands for. */
export function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Text of a definition made safe to print: control and direction characters and half ones escaped, long text cut. */
export function printable(text: string): string {
  const cut = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
