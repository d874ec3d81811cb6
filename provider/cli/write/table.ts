/** What is there, for `--dry-run`. */
import { printable } from "../../definition";
import { counted } from "../found/counted";
import type { Plan } from "../plan/plan";

export function tableOf({ found, notes }: Plan): string {
  const all = byName(found.environments);
  const environments = new Map(all.map(({ id, name }) => [id, name]));
  const rows = [
    ["type", "name", "what is there"],
    ...all.map(({ name }) => ["environment", name, ""]),
    ...byName(found.groups).map(({ name, apis, definition }) => {
      const published = all.flatMap(({ id, name: environment }) => {
        const count = apis.filter(({ envIds }) => envIds.includes(id)).length;
        return count === 0 ? [] : [`${count} published in ${environment}`];
      });
      const unsaid = apis.length - definition.apiIds.size;
      const parts = [
        counted(apis.length, "API"),
        ...published,
        ...(unsaid > 0 ? [`${unsaid} that no definition can say`] : []),
      ];
      return ["group", name, parts.join(", ")];
    }),
    ...byName(found.apps).map(({ id, name, codeIds }) => {
      const own = found.authorizations.filter(({ appId }) => appId === id);
      const places = [...new Set(own.map(({ envId }) => environments.get(envId) ?? envId))].sort();
      const apis = new Set(own.map(({ apiId }) => apiId));
      const calls = own.length === 0 ? [] : [`may call ${counted(apis.size, "API")} in ${places.join(", ")}`];
      return ["app", name, [...(codeIds.length > 0 ? [counted(codeIds.length, "code")] : []), ...calls].join(", ")];
    }),
    ...byName(found.credentials).map(({ id, type }) => ["credential", id, type]),
  ].map((row) => row.map(printable));
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text + " ".repeat(Math.max(0, (widths[column] ?? 0) - width(text))))
      .join("  ")
      .trimEnd(),
  );
  const left =
    notes.length === 0 ? [] : ["", "A program would not say:", ...notes.map((note) => `- ${printable(note)}`)];
  return `${[...lines, ...left].join("\n")}\n`;
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  return [...items].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Columns on a terminal, where Chinese characters take two. */
function width(text: string): number {
  return Array.from(text).reduce(
    (sum, char) => sum + (/[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/u.test(char) ? 2 : 1),
    0,
  );
}
