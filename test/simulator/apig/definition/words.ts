import type { Node } from "./document";

/** The two kinds of files. */
export type Dialect = "2.0" | "3.0";

/** The value of a field that the pages spell in several ways: under the first spelling that exists. */
export const spelt = (node: Node, ...names: string[]): unknown =>
  names.map((name) => node[name]).find((value) => value !== undefined);

/** A text that is not empty. */
export const said = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
