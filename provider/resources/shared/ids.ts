/**
 * Ids say where an object is, outermost first, so that `.get()` needs nothing else: `instance/app/code`.
 * They are written into users' states, so their form is a promise.
 */

/** Joins the parts of an id. Ids of the services hold no slash. */
export function formatId(...parts: readonly string[]): string {
  return parts.join("/");
}

/**
 * Takes an id apart again.
 *
 * @param names what each part is, for the error of an id with another number of parts
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
