/**
 * How state keeps secrets: as one text, because the host spends about 1 KB of memory on every nested value it
 * transmits. 100,000 secrets as objects cost over 1 GB, as a text some MB.
 *
 * With their fields they are a JSON object by name, which the engine shows as the object it is: a preview has an entry
 * for each secret that came, went or changed. (In a list, one new secret would shift all others.) Without, they are
 * lines of name and digest, of which the engine shows those that came, went or changed.
 */
import { inOrder, type FoundSecret } from "./secrets";

/** Up to so many secrets, one page, every field is kept unless told otherwise; of more, only names and digests. */
export const keptInFull = 1000;

/** @param secrets in order of name; `fields` is JSON */
export function foundText(secrets: readonly { readonly name: string; readonly fields: string }[]): string {
  return `{${secrets.map(({ name, fields }) => `${JSON.stringify(name)}:${fields}`).join(",")}}`;
}

/** @param secrets in order of name */
export function namesText(secrets: readonly { readonly name: string; readonly digest: string }[]): string {
  return secrets.map(({ name, digest }) => `${name} ${digest}`).join("\n");
}

/**
 * The secrets of a text.
 *
 * @throws Error when it has only names: without their fields, secrets would be taken for ones with other fields
 */
export function parseFound(found: string): FoundSecret[] {
  if (!found.startsWith("{")) {
    throw new Error(
      `More than ${keptInFull} secrets were found, and of so many the resource keeps fields only if they are selected. ` +
        "Set `select` to those you need, [] for the names alone, or call secretTagQuery(), which keeps nothing",
    );
  }
  const secrets = Object.entries(JSON.parse(found) as Record<string, Omit<FoundSecret, "name">>);
  return inOrder(secrets.map(([name, fields]) => ({ name, ...fields })));
}
