import { findGroup } from "../../clients/apig/groups";
import type { ImportMode, ImportResult } from "../../clients/apig/imports";
import type { Instance } from "../../clients/apig/instance";
import type { Operation } from "../../openapi";
import { createOnce, madeSince } from "../create-once";
import type { Document } from "./document";
import { inBatches, send, type ImportModes } from "./send";

/** A group that an import made, with the answer to that import unless it was lost. */
export interface MadeGroup {
  readonly groupId: string;
  /** What the import carried. */
  readonly operations: readonly Operation[];
  readonly result?: ImportResult;
}

/**
 * Makes the group by importing the first batch: it is named like the document's title. A lost answer never makes a
 * second group: names are unique in an instance, so the one that was made is found by its name.
 */
export function createGroup(
  instance: Instance,
  document: Document,
  modes: ImportModes & { readonly apiMode: ImportMode },
): Promise<MadeGroup> {
  const [first = []] = inBatches(document.definition.operations);
  const began = instance.caller.serviceTime("apig");
  return createOnce<MadeGroup>(
    instance.caller,
    async () => {
      const result = await send(instance, document, first, modes);
      return { groupId: result.group_id, operations: first, result };
    },
    async () => {
      const group = await findGroup(instance, document.title);
      return group && madeSince(group.register_time, began) ? { groupId: group.id, operations: first } : undefined;
    },
  );
}
