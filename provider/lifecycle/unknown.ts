/** A value that a preview does not know yet. What a host puts in its place is the host's business. */
export const unknownValue = Symbol("unknown");

/** Whether a value is, or holds at any depth, something that is not known before the update. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(containsUnknown);
}

/** The values that are known to the last leaf. */
export function knownOnly(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !containsUnknown(value)));
}
