/**
 * An id has all parts of an object's address, the outermost first: `instance/app/code`. So `.get()` needs nothing else.
 * Ids are in users' states, so their form must not change.
 */

/** Joins the parts of an id. Ids of the services hold no slash. */
export function formatId(...parts: readonly string[]): string {
  return parts.join("/");
}

/**
 * Splits an id into its parts.
 *
 * @param names name of each part. An id with another number of parts is an error, which shows these names
 */
export function parseId<const Names extends readonly string[]>(
  id: string,
  names: Names,
): Record<Names[number], string> {
  const parts = id.split("/");
  if (parts.length !== names.length || parts.includes("")) {
    throw new Error(`The id "${id}" should look like ${names.map((name) => `<${name}>`).join("/")}.`);
  }
  return Object.fromEntries(names.map((name, index) => [name, parts[index]])) as Record<Names[number], string>;
}

/** The n-th part of an id. */
export function idPart(id: string, index: number): string {
  return id.split("/")[index] ?? "";
}
