/** Stands for a value that a preview does not know yet. Each host has its own form of it. */
export const unknownValue = Symbol("unknown");

/** Whether a value is unknown before the update, or holds an unknown value at any depth. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(containsUnknown);
}

/** The properties that are completely known. */
export function knownOnly(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !containsUnknown(value)));
}
