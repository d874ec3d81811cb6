import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const repository = resolve(__dirname, "../../..");

/** A page in Markdown. */
export interface Page {
  /** Its path in the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

export function page(path: string): Page {
  return { path, text: readFileSync(join(repository, path), "utf8") };
}

/** The pages for users: both READMEs and the guides. */
export function guides(): Page[] {
  return ["README.md", "README.zh-CN.md", ...pathsIn("docs")].map(page);
}

/** All pages of the repository. */
export function allPages(): Page[] {
  const root = readdirSync(repository).filter((name) => name.endsWith(".md"));
  return [...root, ...["docs", "examples", "test"].flatMap(pathsIn)].map(page);
}

function pathsIn(folder: string): string[] {
  const entries = readdirSync(join(repository, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : pathsIn(path);
    return path.endsWith(".md") ? [relative(repository, join(repository, path)).replaceAll("\\", "/")] : [];
  });
}

/** A block of code, without the indentation of the list that it may be in. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

const fence = /^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;

export function codeBlocks(text: string): CodeBlock[] {
  return Array.from(text.matchAll(fence), ([, indent = "", language = "", code = ""]) => {
    return { language, code: code.replace(new RegExp(`^${indent}`, "gm"), "") };
  });
}

/** The text without blocks of code, so that what is in them counts neither as a link nor as a title. */
export function prose(text: string): string {
  return text.replace(fence, "");
}

/** Targets of the links and pictures in it, in order. */
export function links(text: string): string[] {
  return Array.from(prose(text).matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
}

/** Titles in order, each with its number signs. */
export function titles(text: string): string[] {
  return Array.from(prose(text).matchAll(/^#+ .*$/gm), ([title]) => title);
}

/** Cells of all rows of tables, in order, without the lines below their heads. */
export function rows(text: string): string[][] {
  const lines = Array.from(prose(text).matchAll(/^\|(.*)\|$/gm), ([, row = ""]) => row);
  return lines.filter((line) => !/^[\s|:-]+$/.test(line)).map((line) => line.split("|").map((cell) => cell.trim()));
}
