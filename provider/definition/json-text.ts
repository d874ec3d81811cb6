import { createScanner, SyntaxKind } from "jsonc-parser";

/** A member of an object or an item of a list, as it stands in a text. */
export interface Member {
  /** A key; of an item, its index. */
  readonly name: string;
  readonly isKey: boolean;
  /** 1 for a member of the whole. */
  readonly depth: number;
  /** Whether the object or the list that it stands in begins with it. */
  readonly isFirst: boolean;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** All members in valid JSON, of any length and depth, in their order. */
export function* membersOf(json: string): Generator<Member> {
  const scanner = createScanner(json, true);
  // Of each open list the index of its present item, of each open object nothing; outermost first.
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
