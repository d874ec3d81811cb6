/** Every regular expression of the package must be fast with a megabyte of text that is hard for it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import * as ts from "typescript";

const root = join(__dirname, "../../../provider");
const MEGABYTE = 1024 * 1024;

interface Expression {
  readonly place: string;
  readonly literal: string;
}

function expressionsIn(file: string): Expression[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${file}:${line + 1}`, literal: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Texts that may look like the start of a match: words of the expression, and characters of classes such as `\s`. */
function piecesOf(literal: string): string[] {
  const plain = literal.replace(
    /\\u[\da-f]{4}|\\[pP]\{\w+=?\w*\}|\\[a-zA-Z]|\[[^\]]*\]|[*+?^$|]|\{\d*,?\d*\}|\(\?[:!=<]+/g,
    "\n",
  );
  const words = plain
    .slice(1, literal.lastIndexOf("/"))
    .split("\n")
    .map((word) => word.replaceAll("\\", ""))
    .filter((word) => word !== "");
  const characters = Array.from(" \t\n/a0A-_+.({[<%\\&;:=,é宠\u0007\u202e\ud800");
  return [...new Set([...words, words.join(""), ...characters])].filter((piece) => piece !== "");
}

/** Texts with several starts and ends, so long that an expression with quadratic time would need hours. */
function textsFor(literal: string): string[] {
  return piecesOf(literal).flatMap((piece) => {
    const many = piece.repeat(MEGABYTE / piece.length);
    return [many, `a${many}\n!`];
  });
}

describe("A regular expression", function () {
  this.timeout(240_000);
  const expressions = globSync("**/*.ts", { cwd: root }).sort().flatMap(expressionsIn);

  it("is found wherever one is, and made by no other means", () => {
    assert.ok(expressions.length > 60, `${expressions.length}`);
    const made = globSync("**/*.ts", { cwd: root }).filter((file) =>
      /\bRegExp\(/.test(readFileSync(join(root, file), "utf8")),
    );
    assert.deepEqual(made, []);
  });

  it("never takes the square of its text", () => {
    const context = createContext({ texts: [] as string[] });
    const slow = expressions.filter(({ literal }) => {
      context["texts"] = textsFor(literal);
      const script = `for (const text of texts) text.replace(${literal}, "")`;
      try {
        runInContext(script, context, { timeout: 10_000 });
        return false;
      } catch (error) {
        assert.match(String(error), /timed out/);
        return true;
      }
    });
    assert.deepEqual(slow, []);
  });
});
