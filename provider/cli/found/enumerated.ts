/** Most names in one line. */
const mostNames = 10;

/** Names for a message: the first ones, and how many more there are. */
export function enumerated(names: readonly string[]): string {
  const more = names.length - mostNames;
  return [...names.slice(0, mostNames), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

/** `1 API`, `2 APIs`. */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
