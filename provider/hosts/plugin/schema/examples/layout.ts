/** How lists and maps are laid out: on one line where they fit, else an entry a line. */

const width = 80;

/**
 * @param open, close the brackets, such as `{` and `}`
 * @param pad what stands inside the brackets on one line
 * @param end what stands behind the last entry where each has its line
 */
export function bracketed(
  [open, close]: readonly [open: string, close: string],
  items: readonly string[],
  { pad = "", end = ",", indent = "  " }: { readonly pad?: string; readonly end?: string; readonly indent?: string },
): string {
  if (items.length === 0) return open + close;
  const line = `${open}${pad}${items.join(", ")}${pad}${close}`;
  if (line.length <= width && !line.includes("\n")) return line;
  return lines([open, close], items, { end, indent });
}

/** The same with a line for each entry in any case. */
export function lines(
  [open, close]: readonly [open: string, close: string],
  items: readonly string[],
  { end = ",", indent = "  " }: { readonly end?: string; readonly indent?: string },
): string {
  const all = items.map((item) => indented(item, indent));
  return `${open}\n${all.join(",\n")}${end}\n${close}`;
}

export function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}
