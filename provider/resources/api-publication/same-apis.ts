/** Which APIs an update of a publication publishes, as far as that is known before. */
import { keepsApi } from "../../definition";
import type { Args, PublishedApi, State } from "./inputs";

/** Ids of what is published, sorted as that is. */
export function publishedApiIds(published: readonly PublishedApi[]): string[] {
  return published.map(({ apiId }) => apiId);
}

/**
 * Whether an update may publish other APIs than before, and not only the same ones again.
 *
 * @param changed inputs
 */
export function mayPublishOthers(changed: readonly string[], old: State, args: Args): boolean {
  if (changed.some((key) => key !== "triggers")) return true;
  return args.groupId !== undefined && !keepApis(old.triggers, args.triggers);
}

type Triggers = Args["triggers"];

/**
 * Whether triggers are the operations of an `ApiImport`, and say that each of them keeps its API. Of other triggers nobody
 * knows what they stand for.
 */
function keepApis(before: Triggers, after: Triggers): boolean {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  if (old === undefined || now?.size !== old.size) return false;
  return [...old].every(([key, line]) => keepsApi(line, now.get(key) ?? ""));
}

/** In a preview a line may be unknown. */
function operationsOf(triggers: Triggers): ReadonlyMap<string, string> | undefined {
  const all: [string, unknown][] = typeof triggers === "object" ? Object.entries(triggers) : [];
  const lines = all.flatMap(([key, line]): [string, string][] =>
    /^[A-Z]+ \//.test(key) && typeof line === "string" ? [[key, line]] : [],
  );
  return lines.length > 0 && lines.length === all.length ? new Map(lines) : undefined;
}
