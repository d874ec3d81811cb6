/** Secrets that tag queries find or lose. Their names only: the values are in no state. */
import type { Change } from "./changes";
import type { Row } from "./markdown";
import { isUnknown, textAt, type Say, type Section } from "./section";

export function secretsSection(changes: readonly Change[], say: Say): Section {
  const rows = changes.filter(({ type, deed }) => type === "SecretTagQuery" && deed !== "removed");
  return { title: "Secrets", one: "secret", rows: rows.flatMap((change) => rowsOf(change, say)) };
}

function rowsOf({ name, before, after }: Change, say: Say): Row[] {
  const text = `by query ${say(name)}`;
  if (isUnknown(after["found"])) return [{ deed: "not known before the update", subject: "all", text }];
  const [old, now] = [secretsOf(textAt(before, "found")), secretsOf(textAt(after, "found"))];
  if (old.size === 0 && now.size === 0) return totalRow(before["totalCount"], after["totalCount"], text);
  const named = (deed: string, names: string[]) => names.map((each) => ({ deed, subject: say(each), text }));
  return [
    ...named(
      "lost",
      [...old.keys()].filter((each) => !now.has(each)),
    ),
    ...named(
      "found",
      [...now.keys()].filter((each) => !old.has(each)),
    ),
    ...named(
      "changed",
      [...now].filter(([each, said]) => (old.get(each) ?? said) !== said).map(([each]) => each),
    ),
  ];
}

/** Of very many secrets the state keeps only how many they are. */
function totalRow(before: unknown, after: unknown, text: string): Row[] {
  if (typeof after !== "number" || before === after) return [];
  const old = typeof before === "number" ? before : 0;
  return [{ deed: "counted", subject: `${old} → ${after}`, text }];
}

/** Names, with all that is kept of each: JSON, or lines of name and digest. */
function secretsOf(found = ""): ReadonlyMap<string, string> {
  if (!found.startsWith("{"))
    return new Map(found.split("\n").flatMap((line) => [pair(line)].filter(([name]) => name !== "")));
  try {
    const secrets = JSON.parse(found) as Readonly<Record<string, unknown>>;
    return new Map(Object.entries(secrets).map(([name, fields]) => [name, JSON.stringify(fields)]));
  } catch {
    return new Map();
  }
}

function pair(line: string): readonly [string, string] {
  const [name = "", digest = ""] = line.split(" ");
  return [name, digest];
}
