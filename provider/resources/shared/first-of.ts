/** Items that a message names before it counts the rest. */
const named = 10;

/** The first items of a list, and how many more there are. */
export function firstOf(items: readonly string[], separator = "; "): string {
  const rest = items.length - named;
  return [...items.slice(0, named), ...(rest > 0 ? [`and ${rest} more`] : [])].join(separator);
}
