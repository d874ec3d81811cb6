/** Properties as tables of Markdown. */
import { referredBy, type ObjectSpec, type PropertySpec, type TypeSpec } from "../spec";

/** @param title what the properties are, such as `input` */
export function table(title: string, { properties, required }: ObjectSpec): string {
  const rows = Object.entries(properties).map(([name, property]) => {
    const marks = [
      ...(required.includes(name) ? ["required"] : []),
      ...(property.willReplaceOnChanges ? ["replaces"] : []),
      ...(property.secret ? ["secret"] : []),
    ];
    return row([`\`${name}\``, typeText(property), marks.join(", "), property.description ?? ""]);
  });
  return [row([title, "type", "", ""]), row(["---", "---", "---", "---"]), ...rows].join("\n");
}

/** A table without the columns that outputs do not need. */
export function outputTable({ properties }: ObjectSpec): string {
  const rows = Object.entries(properties).map(([name, property]) => {
    const mark = property.secret ? " (secret)" : "";
    return row([`\`${name}\`${mark}`, typeText(property), property.description ?? ""]);
  });
  return [row(["output", "type", ""]), row(["---", "---", "---"]), ...rows].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\n+/g, " ").replaceAll("|", "\\|")).join(" | ")} |`.replace(
    / {2,}/g,
    " ",
  );
}

function typeText(type: TypeSpec & Pick<PropertySpec, "const">): string {
  const name = referredBy(type);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (type.$ref !== undefined) return type.$ref.endsWith("Asset") ? "asset" : "anything";
  if (type.oneOf !== undefined) return type.oneOf.map(typeText).join(" or ");
  if (type.const !== undefined) return `\`"${type.const}"\``;
  if (type.type === "array") return `list of ${typeText(type.items ?? {})}`;
  if (type.type === "object") return `map of ${typeText(type.additionalProperties ?? {})}`;
  return type.type ?? "anything";
}
