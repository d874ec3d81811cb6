/** Which inputs of a resource change: their names, and the values of those that cannot be secret. */
import type { Change } from "./changes";
import { isUnknown, textAt, type Say } from "./section";

/** What the package itself fills in. */
const unsaid = ["__provider", "drift", "skipped", "fingerprint"];

export function changedInputs(
  { before, after, reasons }: Pick<Change, "before" | "after" | "reasons">,
  say: Say,
): string {
  return reasons
    .filter((name) => !unsaid.includes(name))
    .map((name) => {
      const [old, now] = [before[name], after[name]];
      if (name === "name")
        return `name: ${say(textAt(before, name) ?? "none")} → ${say(textAt(after, name) ?? "none")}`;
      if (isList(old) && isList(now) && !now.some(isUnknown)) return `${say(name)}: ${listDifference(old, now)}`;
      return say(name);
    })
    .join("; ");
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function listDifference(old: readonly unknown[], now: readonly unknown[]): string {
  const [added, gone] = [now.filter((each) => !old.includes(each)), old.filter((each) => !now.includes(each))];
  return `${added.length} added, ${gone.length} removed`;
}
