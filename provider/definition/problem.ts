/** One thing wrong with a definition, and where: a JSON pointer into the document, `""` for the document itself. */
export interface DefinitionProblem {
  readonly pointer: string;
  readonly message: string;
  /** Of the text, from 1, where there is one. */
  readonly line?: number;
}

/** How many problems a message lists before it counts the rest. */
const LISTED = 20;

/** A definition that cannot be imported, with everything found wrong in it. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";

  constructor(readonly problems: readonly DefinitionProblem[]) {
    super(describeProblems(problems));
  }
}

/** Several lines for people: the first 20 problems, one a line, then how many more there are. */
export function describeProblems(problems: readonly DefinitionProblem[]): string {
  const lines = problems.slice(0, LISTED).map(({ line, pointer, message }) => {
    const where = [...(line === undefined ? [] : [`line ${line}`]), printable(pointer || "(document)")];
    return `  ${where.join(", ")}: ${message}`;
  });
  const rest = problems.length - lines.length;
  if (rest > 0) lines.push(`  and ${rest} more`);
  return [
    `the API definition has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:`,
    ...lines,
  ].join("\n");
}

/** `["paths", "/pets"]` as `/paths/~1pets`. */
export function pointer(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Text of a definition made safe to print: control and direction characters and half ones escaped, long text cut. */
export function printable(text: string): string {
  const cut = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
