/** The operations that a preview adds, changes or removes, first those that callers will notice. */
import { differencesIn, textOf } from "../../definition";
import type { Change } from "./changes";
import type { Row } from "./markdown";
import { isUnknown, type Say, type Section } from "./section";

/** Where callers must do something, or may do something that they could not do before. */
const otherAuthentication = "changed in authentication";

const order = [
  "removed",
  otherAuthentication,
  "replaced",
  "not known before the update",
  "repaired",
  "changed",
  "added",
];

export function operationsSection(changes: readonly Change[], say: Say): Section {
  const rows = changes.filter(({ type }) => type === "ApiImport").flatMap((change) => rowsOf(change, say));
  const rank = ({ deed }: Row) => order.indexOf(deed);
  return { title: "Operations", one: "operation", rows: rows.sort((one, other) => rank(one) - rank(other)) };
}

function rowsOf({ name, deed, before, after }: Change, say: Say): Row[] {
  const [old, now] = [linesOf(before["operations"]), linesOf(after["operations"])];
  if (isUnknown(after["operations"])) {
    return [{ deed: "not known before the update", subject: `all of ${say(name)}`, text: "" }];
  }
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return keys.flatMap((key) => {
    const told = tell(old[key], now[key], say);
    if (told !== undefined) return [{ subject: say(key), ...told }];
    return deed === "replaced" ? [{ deed, subject: say(key), text: "made anew, in another group" }] : [];
  });
}

function tell(before: string | undefined, after: string | undefined, say: Say): Omit<Row, "subject"> | undefined {
  if (before === after) return undefined;
  if (before === undefined) return { deed: "added", text: say(textOf(after ?? "")) };
  if (after === undefined) return { deed: "removed", text: `was ${say(textOf(before))}` };
  // What a refresh found is no line about an operation.
  if (/^(?:changed|deleted) outside/.test(before)) return { deed: "repaired", text: say(before) };
  const differences = differencesIn(before, after);
  if (differences.length === 0) return { deed: "changed", text: "in what its line does not show, such as time limits" };
  const shown = (text: string) => (text === "" ? "none" : say(text));
  return {
    deed: differences.some(({ part }) => part === "authentication") ? otherAuthentication : "changed",
    text: differences.map(({ part, before, after }) => `${part}: ${shown(before)} → ${shown(after)}`).join("; "),
  };
}

function linesOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, line]) => (typeof line === "string" ? [[key, line]] : [])),
  );
}
