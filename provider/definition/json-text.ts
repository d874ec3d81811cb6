import { createScanner, SyntaxKind } from "jsonc-parser";

/** A member of an object or an item of a list, with its position in the text. */
export interface Member {
  /** The key of a member, or the index of an item. */
  readonly name: string;
  readonly isKey: boolean;
  /** 1 for a member of the outermost object or list. */
  readonly depth: number;
  /** Whether it is the first one in its object or list. */
  readonly isFirst: boolean;
  /** Counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

/** All members in a valid JSON text of any length and depth, in order. */
export function* membersOf(json: string): Generator<Member> {
  const scanner = createScanner(json, true);
  // One entry for each object or list that is still open, outermost first: a list's current index, or undefined for an
  // object.
  const open: (number | undefined)[] = [];
  let begins: "first" | "later" | undefined;
  for (let token = scanner.scan(); token !== SyntaxKind.EOF; token = scanner.scan()) {
    const closes = token === SyntaxKind.CloseBraceToken || token === SyntaxKind.CloseBracketToken;
    if (begins && !closes) {
      const index = open.at(-1);
      yield {
        name: index === undefined ? scanner.getTokenValue() : String(index),
        isKey: index === undefined,
        depth: open.length,
        isFirst: begins === "first",
        line: scanner.getTokenStartLine() + 1,
        column: scanner.getTokenStartCharacter() + 1,
      };
    }
    begins = undefined;
    if (closes) open.pop();
    if (token === SyntaxKind.OpenBraceToken || token === SyntaxKind.OpenBracketToken) {
      open.push(token === SyntaxKind.OpenBraceToken ? undefined : 0);
      begins = "first";
    }
    if (token === SyntaxKind.CommaToken) {
      const index = open.pop();
      open.push(index === undefined ? undefined : index + 1);
      begins = "later";
    }
  }
}
