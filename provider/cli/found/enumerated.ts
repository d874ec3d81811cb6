/** Most names in one line. */
const mostNames = 10;

/** Names for a message: the first ones, and how many more there are. */
export function enumerated(names: readonly string[]): string {
  const more = names.length - mostNames;
  return [...names.slice(0, mostNames), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
