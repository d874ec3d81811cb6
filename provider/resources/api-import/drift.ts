import type { ListedApi } from "../../clients/apig/apis";
import { Progress, type Outcome } from "./progress";
import { keyOf, viewOf } from "./view";

/**
 * The outcome as a refresh finds it. Own operations that vanished are dropped from `operations`, altered ones get a
 * note instead of their fingerprint: either way the next preview names them and the next up repairs just them.
 */
export function refreshed(before: Outcome, listed: readonly ListedApi[]): Outcome {
  const progress = new Progress(before.groupId, before.ownsGroup, before);
  for (const api of listed) {
    const key = keyOf(api);
    const [was, is] = [before.observed[key], viewOf(api)];
    const ours = progress.apis.get(key)?.id === api.id && progress.operations.has(key);
    if (ours && was !== undefined && was !== is) progress.operations.set(key, `changed outside: ${is} (was ${was})`);
  }
  progress.see(listed);
  return progress.outcome();
}
