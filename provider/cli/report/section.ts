/** What all sections of a report have in common. */
import { counted } from "../found/counted";
import { table, type Row } from "./markdown";

/** Makes Markdown of a text of the file, without the secrets of the file. */
export type Say = (text: string) => string;

export interface Section {
  readonly title: string;
  /** What a row is about, for counts: `operation`. */
  readonly one: string;
  readonly rows: readonly Row[];
}

/** Such as `1 operation removed`. */
export function countsOf({ one, rows }: Section): string[] {
  const deeds = [...new Set(rows.map(({ deed }) => deed))];
  return deeds.map((deed) => `${counted(rows.filter((row) => row.deed === deed).length, one)} ${deed}`);
}

export function printed({ title, one, rows }: Section): string[] {
  return rows.length === 0 ? [] : ["", `### ${title}`, "", ...table(["", one, "details"], rows)];
}

/** What stands for values that only the update will know. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknownText;
}

/** A text that a change names: none where it is not known. */
export function textAt(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}
