/** Finds the group of an import: one that is given, one to adopt, or a new one that the first import makes. */
import { findGroup, showGroup, updateGroup } from "../../clients/apig/groups";
import type { Instance } from "../../clients/apig/instance";
import { inBatches } from "../../definition";
import { demandMaking } from "../shared/adopt";
import type { Adopt } from "../shared/adopt-input";
import { createOnce } from "../shared/create-once";
import type { Document } from "./document";
import { Progress } from "./progress";
import { absorb, send, type ImportModes, type Refused } from "./send";

export interface Start {
  readonly progress: Progress;
  /** Operations that the service has already refused. */
  readonly refused?: Refused;
}

export interface BeginOptions {
  readonly groupId: string | undefined;
  readonly adopt: Adopt;
  readonly modes: ImportModes;
}

export async function begin(
  instance: Instance,
  document: Document,
  { groupId, adopt, modes }: BeginOptions,
): Promise<Start> {
  if (groupId !== undefined) {
    // Ask first: nothing may be recorded for a group that does not exist.
    const group = await showGroup(instance, groupId);
    return { progress: new Progress(group.id, adopt !== false) };
  }
  const existing = adopt ? await findGroup(instance, document.title) : undefined;
  if (existing === undefined) {
    demandMaking(groupCalled(document.title, instance), adopt);
    return createGroup(instance, document, modes);
  }
  const { title: name, description: remark } = document;
  if (remark !== undefined && existing.remark !== remark) await updateGroup(instance, existing.id, { name, remark });
  return { progress: new Progress(existing.id, true) };
}

/** A group as messages about `adopt` name it. */
export function groupCalled(name: string, { instanceId }: Pick<Instance, "instanceId">): string {
  return `API group ${JSON.stringify(name)} in instance ${instanceId}`;
}

/**
 * Makes the group by importing the first batch; the service names it after the document's title. After a lost answer, a
 * group with that name may be someone else's, so the import does not continue with it.
 */
function createGroup(instance: Instance, document: Document, modes: ImportModes): Promise<Start> {
  const [first = []] = inBatches(document.definition.operations);
  return createOnce<Start>(
    instance.caller,
    async () => {
      const result = await send(instance, document, first, modes);
      const progress = new Progress(result.group_id, true);
      return { progress, refused: absorb(progress, document.operations, first, [], result) };
    },
    async () => {
      const group = await findGroup(instance, document.title);
      return group && { progress: new Progress(group.id, true) };
    },
    ({ progress }) => `a group named ${document.title} (${progress.groupId})`,
  );
}
