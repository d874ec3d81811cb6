/** Prints expressions of a program as a formatter would. */

/** Text that stands in the program as it is. */
export class Code {
  constructor(readonly text: string) {}
}

/** A call: what stands before the bracket, and its arguments. */
export class Call {
  constructor(
    readonly of: string,
    readonly args: readonly Expression[],
  ) {}
}

/** What can be printed. Members without a value are left out; one that is code of its own name is written short. */
export type Expression = string | Code | Call | readonly Expression[] | Members;
interface Members {
  readonly [name: string]: Expression | undefined;
}

/** Characters of a line. */
const lineWidth = 120;

const step = "  ";

/**
 * @param indent of the line where it begins
 * @param before characters that stand before it in that line, and behind its end
 */
export function print(value: Expression, indent = "", before = 0): string {
  const line = inline(value);
  if (typeof value === "string" || value instanceof Code) return line;
  if (indent.length + before + line.length <= lineWidth) return line;
  const inner = indent + step;
  if (value instanceof Call) return bracketed(`${value.of}(`, printAll(value.args, inner), ")", indent);
  if (isItems(value)) return bracketed("[", printAll(value, inner), "]", indent);
  const members = membersOf(value).map(([name, member]) => {
    return isShort(name, member) ? name : `${name}: ${print(member, inner, name.length + 3)}`;
  });
  return bracketed("{", members, "}", indent);
}

function printAll(values: readonly Expression[], indent: string): string[] {
  return values.map((value) => print(value, indent, 1));
}

function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  return [open, ...items.map((item) => `${indent}${step}${item},`), `${indent}${close}`].join("\n");
}

function inline(value: Expression): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Code) return value.text;
  if (value instanceof Call) return `${value.of}(${value.args.map(inline).join(", ")})`;
  if (isItems(value)) return `[${value.map(inline).join(", ")}]`;
  const members = membersOf(value).map(([name, each]) => (isShort(name, each) ? name : `${name}: ${inline(each)}`));
  return `{ ${members.join(", ")} }`;
}

function isItems(value: Expression): value is readonly Expression[] {
  return Array.isArray(value);
}

function isShort(name: string, value: Expression): boolean {
  return value instanceof Code && value.text === name;
}

function membersOf(value: Members): [string, Expression][] {
  return Object.entries(value).filter((entry): entry is [string, Expression] => entry[1] !== undefined);
}
