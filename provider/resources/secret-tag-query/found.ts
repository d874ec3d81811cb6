/**
 * How state keeps secrets: as one text, because the host needs about 1 KB of memory for each nested value. 100,000 secrets
 * as objects would need more than 1 GB.
 *
 * - Up to 1,000 secrets, or with `select` any number: a JSON object, fields by name. The engine shows it as an object, so a
 *   preview has an entry for each secret that was added, removed or changed. (In a list, one new secret would shift all
 *   others.)
 * - Up to 10,000: lines with name and digest. The engine shows the lines that were added, removed or changed.
 * - More: nothing, so that state stays small. The total and the fingerprint still show that something changed.
 */
import { inOrder, type FoundSecret } from "./secrets";

const most = { inFull: 1000, byName: 10_000 };

/** A secret as state keeps it. */
export interface KeptSecret {
  readonly name: string;
  readonly digest: string;
  /** JSON, or empty where fields are not kept. */
  readonly fields: string;
}

/** Whether all selected fields are kept for this number of secrets. */
export function keepsFields(total: number, select: readonly string[] | undefined): boolean {
  return select !== undefined || total <= most.inFull;
}

/** @param secrets sorted by name */
export function foundText(secrets: readonly KeptSecret[], select: readonly string[] | undefined): string {
  if (keepsFields(secrets.length, select)) {
    return `{${secrets.map(({ name, fields }) => `${JSON.stringify(name)}:${fields}`).join(",")}}`;
  }
  return secrets.length <= most.byName ? secrets.map(({ name, digest }) => `${name} ${digest}`).join("\n") : "";
}

/**
 * Reads the secrets from the text.
 *
 * @throws Error when their fields were not kept: an incomplete list would be mistaken for a complete one
 */
export function parseFound(found: string): FoundSecret[] {
  if (!found.startsWith("{")) {
    throw new Error(
      `SecretTagQuery: more than ${most.inFull} secrets were found, and of so many the resource keeps fields only if ` +
        "they are selected. Set `select` to those you need, [] for the names alone, or call getTaggedSecrets()",
    );
  }
  const secrets = Object.entries(JSON.parse(found) as Record<string, Omit<FoundSecret, "name">>);
  return inOrder(secrets.map(([name, fields]) => ({ name, ...fields })));
}
