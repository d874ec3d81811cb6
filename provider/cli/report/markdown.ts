/** Markdown, from texts that anybody may have written. */

/** Most characters of one text: a table stays a table. */
const LONGEST = 2000;

/** Most rows of a table: services refuse long comments. What matters most is first. */
const mostRows = 50;

/** A row of a table. Its texts are Markdown. */
export interface Row {
  readonly deed: string;
  readonly subject: string;
  readonly text: string;
}

/** A text as it is, on one line. No character of it is markup, breaks a table, or calls a person. */
export function escaped(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "\uFFFD")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/@/g, "&#64;")
    .replace(/[\\`*_[\]>|~$]/g, "\\$&");
}

export function table(columns: readonly [string, string, string], rows: readonly Row[]): string[] {
  const more = rows.length - mostRows;
  return [
    line(columns),
    line(["---", "---", "---"]),
    ...rows.slice(0, mostRows).map(({ deed, subject, text }) => line([deed, subject, text])),
    ...(more > 0 ? ["", `And ${more} more.`] : []),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
