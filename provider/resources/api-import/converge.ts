/**
 * Makes a group follow its definition: look, plan, remove, import, look again. One flow for create, update, repair and
 * for finishing what was interrupted, because each round starts from what is really there.
 */
import { listApis, publicationsOf, type ListedApi } from "../../clients/apig/apis";
import type { ImportMode } from "../../clients/apig/imports";
import type { Instance } from "../../clients/apig/instance";
import { failedAs, type ProviderError } from "../../http/errors";
import { warn } from "../../lifecycle/warn";
import type { Operation } from "../../openapi";
import { madeSince } from "../create-once";
import type { Document } from "./document";
import { makePlan, type Plan } from "./plan";
import type { Progress } from "./progress";
import { removeApis } from "./remove";
import { absorb, inBatches, send, type ImportModes, type Refused } from "./send";
import { keyOf } from "./view";

export interface ConvergeOptions extends ImportModes {
  readonly apiMode: ImportMode;
  readonly deleteRemoved: boolean;
}

/** Some operations are not as the definition says; everything else is. */
export class ImportFailure extends Error {
  override readonly name = "ImportFailure";

  constructor(groupId: string, refused: Refused) {
    const count = refused.size === 1 ? "1 operation was" : `${refused.size} operations were`;
    const lines = [...refused].map(([key, reason]) => `  ${key}: ${reason}`);
    super(`${count} not imported into group ${groupId}:\n${lines.join("\n")}`);
  }
}

/** An import whose answer was lost. */
interface Lost {
  readonly operations: readonly Operation[];
  /** Epoch milliseconds on the service's clock. */
  readonly began: number;
  readonly error: ProviderError;
}

/**
 * Brings the group to what the document says, recording each step in `progress`.
 *
 * @param refusedBefore operations that the service refused just now: they are not sent again
 * @throws ImportFailure when the service refuses some operations, after all others are done
 */
export async function converge(
  instance: Instance,
  document: Document,
  progress: Progress,
  options: ConvergeOptions,
  refusedBefore: Refused = new Map(),
): Promise<void> {
  const refused = new Map(refusedBefore);
  let listed = await listApis(instance, { groupId: progress.groupId });
  for (let round = 1; ; round++) {
    progress.see(listed);
    const plan = planFor(document, progress, listed, options);
    report(plan, listed);
    await removeApis(
      instance,
      plan.remove.map(({ api }) => api),
      (api) => progress.lose(keyOf(api)),
    );
    for (const { key, reason } of plan.blocked) refused.set(key, reason);
    const lost = await sendAll(instance, document, progress, options, plan, refused);
    // Before the look: what was lost may still be about to take effect.
    const again = lost && (await instance.caller.again(round));

    if (plan.remove.length + plan.change.length + plan.add.length > 0) {
      const before = new Set(listed.map((api) => api.id));
      listed = await listApis(instance, { groupId: progress.groupId });
      if (lost) claim(progress, document, listed, before, lost);
      progress.see(listed);
    }
    if (lost && !again) throw lost.error;
    if (lost) continue;
    if (refused.size > 0) throw new ImportFailure(progress.groupId, refused);
    return;
  }
}

function planFor(document: Document, progress: Progress, listed: readonly ListedApi[], options: ConvergeOptions): Plan {
  return makePlan(document.definition.operations, document.operations, progress, listed, {
    deleteRemoved: options.deleteRemoved,
    overwriteForeign: options.apiMode === "override",
  });
}

/** Sends what the plan says, and answers the import whose answer was lost, if one was. */
async function sendAll(
  instance: Instance,
  document: Document,
  progress: Progress,
  options: ConvergeOptions,
  plan: Plan,
  refused: Map<string, string>,
): Promise<Lost | undefined> {
  const open = (operations: readonly Operation[]) => inBatches(operations.filter(({ key }) => !refused.has(key)));
  const imports = [
    ...open(plan.change).map((operations) => ({ operations, apiMode: "override" as const })),
    ...open(plan.add).map((operations) => ({ operations, apiMode: options.apiMode })),
  ];
  const { extendMode, simpleMode, mockMode } = options;
  for (const { operations, apiMode } of imports) {
    const began = instance.caller.serviceTime("apig");
    const form = { extendMode, simpleMode, mockMode, apiMode, groupId: progress.groupId };
    try {
      const result = await send(instance, document, operations, form);
      for (const [key, reason] of absorb(progress, document, operations, result)) refused.set(key, reason);
    } catch (error) {
      if (!failedAs(error, "ambiguous")) throw error;
      return { operations, began, error };
    }
  }
  return undefined;
}

/** Tells what the user should know but need not fix. */
function report({ leftovers, change }: Plan, listed: readonly ListedApi[]): void {
  if (leftovers.length > 0) {
    warn(`Not in the definition any more, but kept because deleteRemoved is false: ${leftovers.join(", ")}.`);
  }
  const published = new Set(listed.filter((api) => publicationsOf(api).length > 0).map(keyOf));
  const changed = change.map(({ key }) => key).filter((key) => published.has(key));
  if (changed.length > 0) {
    warn(`Changed, but callers get the published version until it is published again: ${changed.join(", ")}.`);
  }
}

/** Takes for ours what a lost import carried and what appeared in the group since it began. */
function claim(
  progress: Progress,
  document: Document,
  listed: readonly ListedApi[],
  before: ReadonlySet<string>,
  lost: Lost,
): void {
  const carried = new Map(lost.operations.map((operation) => [operation.key, operation]));
  for (const api of listed) {
    const key = keyOf(api);
    if (!carried.has(key) || before.has(api.id) || !madeSince(api.register_time, lost.began)) continue;
    const made = {
      id: api.id,
      method: api.req_method.toUpperCase(),
      path: api.req_uri,
      action: "create",
      name: api.name,
    };
    progress.own(key, made, document.operations[key]);
  }
}
