/** Warnings of a preview about a definition: one for each topic, however many operations have it. */
import type { ListedApi } from "../../clients/apig/apis";
import { warn } from "../../lifecycle/warn";
import { printable, type Definition } from "../../definition";
import type { Document } from "./document";
import { firstOf } from "../shared/first-of";
import { describeApi } from "./view";

/** The name of a definition in messages. */
export function titleOf({ title }: Definition): string {
  return title.trim() === "" ? "The definition" : printable(title);
}

export function tellOf(definition: Definition): void {
  const { open, dropped, skipped } = definition;
  const title = titleOf(definition);
  const openBy = (reason: string) => [...open].filter(([, why]) => why === reason).map(([key]) => printable(key));
  const [unsaid, overruling] = [openBy("unsaid"), openBy("overruling")];
  if (unsaid.length > 0) {
    warn(
      `${title}: open to everybody, because neither the definition nor \`auth\` in \`defaults\` or \`overrides\` says how callers ` +
        `prove who they are: ${firstOf(unsaid)}. Say \`auth: "NONE"\` where that is meant.`,
    );
  }
  if (overruling.length > 0) {
    warn(
      `${title}: open to everybody, because the definition says so, in spite of \`defaults.auth\`: ${firstOf(overruling)}. Say ` +
        "`auth` in `overrides` to protect them, or that it is meant.",
    );
  }
  if (dropped.size > 0) {
    const lines = [...dropped].map(([key, names]) => `${printable(key)} (${firstOf(names.map(printable), ", ")})`);
    warn(`${title}: parameters that APIG cannot declare, and does not hand on: ${firstOf(lines)}.`);
  }
  if (skipped.size > 0) {
    warn(
      `${title}: left out, because APIG cannot serve them: ${firstOf([...skipped].map(([key, why]) => `${printable(key)} (${why})`))}.`,
    );
  }
}

/**
 * Warns of APIs in a group of others that are not wanted any more, and that imports without an answer may have made.
 */
export function tellOfLost(groupId: string, apis: readonly ListedApi[]): void {
  if (apis.length === 0) return;
  warn(
    `Left in group ${groupId}, which others use too: ${firstOf(apis.map(describeApi), ", ")}. An import of this resource that ` +
      "got no answer may have made them: delete them if they are nobody else's.",
  );
}

/** Keys of operations that are left out; undefined if there are none. */
export function skippedIn({ definition: { skipped } }: Document): string[] | undefined {
  return skipped.size === 0 ? undefined : [...skipped.keys()];
}
