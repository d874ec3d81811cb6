/**
 * An import publishes nothing. At the end of the run, this reports what no resource of the program has published since.
 */
import { printable } from "../../definition";
import type { Undone } from "../../lifecycle/undone";
import { anyEnvironment, keysIn, publicationPart } from "../shared/natural-keys";
import type { Progress } from "./progress";
import { firstOf } from "../shared/first-of";

/** By environment. `anyEnvironment` holds the APIs that are published nowhere. */
type ByEnvironment = Map<string, (readonly [key: string, name: string])[]>;

/**
 * Registers what is to be published.
 *
 * @param title of the definition in messages
 * @param at the instance
 */
export function leaveToPublish(
  undone: Undone,
  title: string,
  at: { readonly region: string; readonly instanceId: string },
  progress: Progress,
): void {
  const open: ByEnvironment = new Map();
  for (const { key: name, id, envIds } of progress.imported) {
    for (const envId of envIds.length === 0 ? [anyEnvironment] : envIds) {
      const parts = keysIn(at, publicationPart(id, envId)).map((key) => [key, name] as const);
      open.set(envId, [...(open.get(envId) ?? []), ...parts]);
    }
  }
  for (const [envId, parts] of open) {
    const what =
      envId === anyEnvironment
        ? "not callable until it is published"
        : `changed, but in environment ${envId} callers get the published version until it is published again`;
    undone.leave(parts, (names) => `${title}: ${what}: ${firstOf(names.map(printable), ", ")}. ${advice}`);
  }
}

const advice = "An `ApiPublication` of the program does it, with the import's `operations` as its `triggers`.";
