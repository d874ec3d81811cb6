/**
 * Makes a group follow its definition: look, plan, remove, import, look again. Create, update, repair and interrupted
 * work all use this, because each round starts from what is really there.
 */
import { randomUUID } from "node:crypto";
import { listKnownApis, type ListedApi } from "../../clients/apig/apis";
import { mayHaveWorked } from "../../clients/apig/batches";
import type { ImportMode } from "../../clients/apig/imports";
import { failedAs } from "../../http/errors";
import { warn } from "../../lifecycle/warn";
import { inBatches, type Operation } from "../../definition";
import type { PlacedInstance } from "../shared/place";
import { adoptExisting, describeAdopted } from "./adopt";
import type { Start } from "./begin";
import type { Document } from "./document";
import { ImportFailure } from "./failure";
import { lookInside } from "./inside";
import { makePlan, type Plan } from "./plan";
import type { Fingerprints, Progress } from "./progress";
import { removeApis } from "./remove";
import { tellOfLost } from "./tell";
import { keyOf } from "./view";
import { absorb, send, type ImportModes, type Refused } from "./send";

export interface ConvergeOptions extends ImportModes {
  readonly deleteRemoved: boolean;
  /** Whether to take over APIs of others that are also in the definition. */
  readonly adopt: boolean;
}

interface Work {
  readonly instance: PlacedInstance;
  readonly document: Document;
  readonly options: ConvergeOptions;
  /** The record of what is true so far. */
  readonly progress: Progress;
  /** Operations that the service has refused, or that cannot be sent, with the reason. */
  readonly refused: Map<string, string>;
}

/**
 * Brings the group to the state of the document. Records each step in `start.progress`.
 *
 * @param start the group, and operations that the service has just refused: those are not sent again
 * @throws ImportFailure when some operations cannot be imported, after all others are done
 */
export async function converge(
  instance: PlacedInstance,
  document: Document,
  start: Start,
  options: ConvergeOptions,
): Promise<void> {
  const { progress } = start;
  const refused = new Map(start.refused);
  const work = { instance, document, options, progress, refused };
  progress.keepOnly(document.operations);
  if (options.apiMode === "override") progress.reconsider();

  let listed = await listKnownApis(instance, progress.groupId, progress.ids);
  const isComparable = progress.knowsInside || (options.adopt && progress.strangers(listed).length > 0);
  const before = isComparable ? await lookInside(instance, progress.groupId) : undefined;
  let lost: Error | undefined;
  let again = false;
  let first: Plan | undefined;
  for (let round = 1; ; round++) {
    progress.see(listed, round === 1 ? before : undefined);
    progress.rekey(document.operations, listed);
    if (options.adopt) tellAdopted(progress, adoptExisting(progress, document, listed, before));
    progress.reopen(listed);
    const plan = planFor(work, listed);
    for (const [key, reason] of plan.blocked) refused.set(key, reason);
    if (plan.remove.length + plan.change.length + plan.add.length === 0) break;
    if (lost && !again) throw stopped(work, lost);

    first ??= plan;
    await remove(work, plan);
    lost = await sendAll(work, plan, listed).catch(async (error: unknown) => {
      await lookOnceMore(work);
      throw error;
    });
    // Wait before looking: the lost import may still take effect. Other failed calls were repeated already.
    again = failedAs(lost, "ambiguous") && (await instance.caller.again(round));
    listed = await listKnownApis(instance, progress.groupId, progress.ids).catch((error: unknown) => {
      throw lost === undefined || !(error instanceof Error) ? error : stopped(work, unseen(lost, error));
    });
    if (lost === undefined) break;
  }
  progress.observe(listed, first || !before ? await lookInside(instance, progress.groupId) : before);
  if (first && first.leftovers.length > 0) {
    warn(`Not in the definition any more, but kept because deleteRemoved is false: ${first.leftovers.join(", ")}.`);
  }
  if (!progress.ownsGroup) {
    const unwanted = progress.strangers(listed).filter((api) => !(keyOf(api) in document.operations));
    tellOfLost(
      progress.groupId,
      unwanted.filter((api) => progress.isUnclear(api)),
    );
  }
  if (refused.size > 0) throw new ImportFailure(progress.groupId, refused);
}

function tellAdopted({ groupId }: Progress, adopted: ReadonlyMap<string, readonly string[]>): void {
  if (adopted.size === 0) return;
  const names = [...adopted].map(([key, differences]) => describeAdopted(key, differences));
  warn(`Adopted from group ${groupId}: ${names.join(", ")}.`);
}

function planFor({ document, options, progress, refused }: Work, listed: readonly ListedApi[]): Plan {
  const plan = makePlan(document.definition.operations, document.operations, progress, listed, {
    deleteRemoved: options.deleteRemoved,
    overwriteForeign: options.apiMode === "override",
  });
  const open = (operations: readonly Operation[]) => unrefused(refused, operations);
  const rename = plan.rename.filter(({ operation, waiting }) => open([operation, waiting]).length === 2);
  return { ...plan, rename, change: open(plan.change), add: open(plan.add) };
}

function unrefused(refused: Refused, operations: readonly Operation[]): Operation[] {
  return operations.filter(({ key }) => !refused.has(key));
}

async function remove({ instance, progress }: Work, plan: Plan): Promise<void> {
  const keys = new Map(plan.remove.map(({ key, api }) => [api.id, key]));
  const apis = plan.remove.map(({ api }) => api);
  await removeApis(instance, apis, ({ id }) => progress.lose(keys.get(id) ?? ""));
}

/** Sends what the plan says. If an import may or may not have taken effect, it stops and returns the error. */
async function sendAll(work: Work, plan: Plan, listed: readonly ListedApi[]): Promise<Error | undefined> {
  const { document, options, refused } = work;
  const sending = (operations: readonly Operation[], apiMode: ImportMode, fingerprints: Fingerprints) =>
    sendBatches(work, { operations: unrefused(refused, operations), apiMode, fingerprints, listed });

  const renamed = plan.rename.map(({ operation }) => ({ ...operation, name: `renamed-${randomUUID()}` }));
  // Without fingerprints: these operations still have to get their own names.
  const lost = await sending(renamed, "override", {});
  if (lost !== undefined) return lost;
  for (const { operation, waiting } of plan.rename.filter((one) => refused.has(one.operation.key))) {
    refused.set(waiting.key, `its name ${waiting.name} is kept by ${operation.key}`);
  }
  return (
    (await sending(plan.change, "override", document.operations)) ??
    (await sending(plan.add, options.apiMode, document.operations))
  );
}

interface Sending {
  readonly operations: readonly Operation[];
  readonly apiMode: ImportMode;
  /** Of the operations that are settled when the import has succeeded. */
  readonly fingerprints: Fingerprints;
  /** The APIs of the group before the import. */
  readonly listed: readonly ListedApi[];
}

async function sendBatches(work: Work, sending: Sending): Promise<Error | undefined> {
  const { instance, document, progress, refused } = work;
  const { extendMode, simpleMode, mockMode } = work.options;
  const { apiMode, fingerprints, listed } = sending;
  const form = { extendMode, simpleMode, mockMode, apiMode, groupId: progress.groupId };
  for (const operations of inBatches(sending.operations)) {
    try {
      const result = await send(instance, document, operations, form);
      for (const [key, reason] of absorb(progress, fingerprints, operations, listed, result)) refused.set(key, reason);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!mayHaveWorked(error)) throw stopped(work, error);
      progress.doubt(operations, fingerprints, listed);
      return error;
    }
  }
  return undefined;
}

/** Records what was imported before a failure, as it is now. */
async function lookOnceMore({ instance, progress }: Work): Promise<void> {
  try {
    progress.observe(await listKnownApis(instance, progress.groupId, progress.ids));
  } catch {
    // The first failure is the one to report. What this look did not see is imported again.
  }
}

/** The error for an early end. It lists what was refused before. */
function stopped({ progress, refused }: Work, error: Error): Error {
  return refused.size === 0 ? error : new ImportFailure(progress.groupId, refused, error);
}

/** The error for an import with an unknown result. */
function unseen(lost: Error, reason: Error): Error {
  return new Error(`${lost.message} It may have taken effect, which nobody could look at: ${reason.message}`, {
    cause: lost,
  });
}
