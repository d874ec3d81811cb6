import type { Node } from "./document";

/** The two kinds of files. */
export type Dialect = "2.0" | "3.0";

/** The first of several spellings that the pages have for one thing. */
export const spelt = (node: Node, ...names: string[]): unknown =>
  names.map((name) => node[name]).find((value) => value !== undefined);

/** A text that says something. */
export const said = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
