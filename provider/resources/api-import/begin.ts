/** Where an import starts: with a group that is given, adopted, or made by the first import. */
import { listApis } from "../../clients/apig/apis";
import { findGroup, showGroup, updateGroup } from "../../clients/apig/groups";
import type { Instance } from "../../clients/apig/instance";
import { createOnce } from "../create-once";
import type { Document } from "./document";
import { Progress } from "./progress";
import { absorb, claim, inBatches, send, type ImportModes, type Refused } from "./send";

export interface Start {
  readonly progress: Progress;
  /** Operations that the service refused already. */
  readonly refused?: Refused;
}

export interface BeginOptions {
  readonly groupId: string | undefined;
  readonly adopt: boolean;
  readonly modes: ImportModes;
}

export async function begin(
  instance: Instance,
  document: Document,
  { groupId, adopt, modes }: BeginOptions,
): Promise<Start> {
  if (groupId !== undefined) {
    // Asked for first: nothing may be recorded for a group that does not exist.
    const group = await showGroup(instance, groupId);
    return { progress: new Progress(group.id, adopt) };
  }
  const existing = await findGroup(instance, document.title);
  if (existing === undefined || !adopt) return createGroup(instance, document, modes, existing?.id);
  const { title: name, description: remark } = document;
  if (remark !== undefined && existing.remark !== remark) await updateGroup(instance, existing.id, { name, remark });
  return { progress: new Progress(existing.id, true) };
}

/**
 * Makes the group by importing the first batch: it is named like the document's title. A lost answer never makes a
 * second group: names are unique in an instance, so the one that was made is found by its name.
 *
 * @param other id of the group that has this name already, with which the import is going to clash
 */
function createGroup(
  instance: Instance,
  document: Document,
  modes: ImportModes,
  other: string | undefined,
): Promise<Start> {
  const [first = []] = inBatches(document.definition.operations);
  return createOnce<Start>(
    instance.caller,
    async () => {
      const result = await send(instance, document, first, modes);
      const progress = new Progress(result.group_id, true);
      return { progress, refused: absorb(progress, document, first, [], result) };
    },
    async () => {
      const group = await findGroup(instance, document.title);
      if (group === undefined || group.id === other) return undefined;
      const progress = new Progress(group.id, true);
      claim(progress, document, first, await listApis(instance, { groupId: group.id }), new Set());
      return { progress };
    },
  );
}
