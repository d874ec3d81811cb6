/** The command `report`: says in Markdown what a preview would do, for the page of a merge request. */
import { readFileSync } from "node:fs";
import { counted } from "../found/counted";
import { changesIn, countOthers, stackOf } from "./changes";
import { credentialsSection } from "./credentials";
import { secretsSection } from "./found-secrets";
import { escaped } from "./markdown";
import { operationsSection } from "./operations";
import { readPreview, type Preview } from "./preview";
import { resourceSections } from "./resources";
import { secretsIn } from "./secret-values";
import { countsOf, printed } from "./section";
import { hasFailed, warningsOf } from "./warnings";

/** @param file its name, or `-` for standard input */
export function report(file: string): string {
  const isInput = file === "-";
  const source = isInput ? "standard input" : file;
  return markdownOf(readPreview(contentOf(isInput ? 0 : file, source), source));
}

export function markdownOf(preview: Preview): string {
  const secrets = secretsIn(preview);
  const say = (text: string) => escaped(secrets.mask(text));
  const changes = changesIn(preview);
  const makers = [operationsSection, credentialsSection, secretsSection];
  const sections = [...makers.map((make) => make(changes, say)), ...resourceSections(changes, say)];
  const warnings = warningsOf(preview, say);
  const counts = sections.flatMap(countsOf);
  const others = countOthers(preview);
  const failed = hasFailed(preview);
  const heading = failed ? "the preview failed" : counts.length === 0 ? "no changes" : counts.join(", ");
  return `${[
    `## ${say(stackOf(preview) ?? "Preview")}: ${heading}`,
    ...(warnings.length === 0 ? [] : ["", "### Warnings", "", ...warnings]),
    ...(failed ? ["", "What follows is not all: the preview failed."] : []),
    ...sections.flatMap(printed),
    ...(counts.length === 0 && !failed ? ["", "No changes."] : []),
    ...(others === 0 ? [] : ["", `Not shown: ${counted(others, "change")} of resources of other packages.`]),
  ].join("\n")}\n`;
}

function contentOf(file: string | 0, source: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code;
    throw new Error(`cannot read ${source}: ${reason}`, { cause: error });
  }
}
