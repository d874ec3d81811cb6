/**
 * How state keeps secrets: as one JSON text, `{"db-password":{"id":"…","state":"ENABLED",…},…}`.
 *
 * A text, because the host spends about 1 KB of memory on every nested value it transmits: 100,000 secrets as objects
 * cost over 1 GB, as a text some MB. The engine shows JSON texts as the objects they are, so a preview still has one
 * line for each secret that came, went or changed. By name, because in a list one new secret would shift all others.
 */
import { inOrder, type FoundSecret } from "./secrets";

/** Up to so many secrets, one page, every field is kept unless told otherwise; of more, a digest in its place. */
export const keptInFull = 1000;

/** @param secrets in order of name; `text` is the JSON of the fields, or of the digest */
export function foundText(secrets: readonly { readonly name: string; readonly text: string }[]): string {
  return `{${secrets.map(({ name, text }) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

/**
 * The secrets of a text.
 *
 * @throws Error when it has only digests: secrets without their fields would be taken for secrets with other fields
 */
export function parseFound(found: string): FoundSecret[] {
  const secrets = Object.entries(JSON.parse(found) as Record<string, Omit<FoundSecret, "name"> | string>);
  const parsed = secrets.map(([name, fields]) => {
    if (typeof fields !== "string") return { name, ...fields };
    throw new Error(
      `${secrets.length} secrets were found, and of more than ${keptInFull} the resource keeps fields only if they are ` +
        "selected. Set `select` to those you need, [] for the names alone, or call secretTagQuery(), which keeps nothing",
    );
  });
  return inOrder(parsed);
}
