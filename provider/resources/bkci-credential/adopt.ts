/** Takes over a credential that exists: compares what BK-CI shows, which is all but the values. */
import * as bkci from "../../clients/bkci";
import type { Caller } from "../../http/operation";
import type { Finding } from "../../lifecycle/contract";
import { demandMaking, foundToAdopt, nothingToAdopt, textChange } from "../shared/adopt";
import { bodyOf } from "./body";
import type { Args } from "./inputs";
import { look, unseen, written, type Times } from "./look";
import { hasValues } from "./types";

/**
 * What a create would take over.
 *
 * @param givesValues whether values are given, known or not
 */
export async function lookToAdopt(
  args: Partial<Args>,
  givesValues: boolean,
  caller: Caller,
): Promise<Finding | undefined> {
  const { projectId, credentialId, adopt } = args;
  if (projectId === undefined || credentialId === undefined) return undefined;
  const found = await look(caller, { projectId, credentialId }).catch(unseen);
  if (found === undefined) {
    if (adopt === "only" || givesValues) return nothingToAdopt(nameOf(args), adopt, absence);
    return { refuses: valuesMissing(args) };
  }
  if (args.type !== undefined && args.type !== found.credentialType) return { refuses: otherType(found, args) };
  const values = givesValues ? ["its values, which BK-CI does not show, are written"] : [];
  return foundToAdopt(nameOf(args), found.credentialType, [...changes(found, args), ...values]);
}

/** Writes only what differs, and values that are given. */
export async function takeOver(existing: bkci.Credential, args: Args, caller: Caller): Promise<() => Promise<Times>> {
  if (existing.credentialType !== args.type) throw new Error(otherType(existing, args));
  if (!hasValues(args) && changes(existing, args).length === 0) {
    const { updatedTime: updateTime, createTime } = existing;
    return () => Promise.resolve({ updateTime, createTime: createTime ?? undefined });
  }
  await bkci.updateCredential(caller, args, bodyOf(args));
  return () => written(args, caller);
}

/** Before a credential is made. @throws Error if that is not wanted, or its values are not given */
export function demandMakeable(args: Args): void {
  demandMaking(nameOf(args), args.adopt, absence);
  if (!hasValues(args)) throw new Error(valuesMissing(args));
}

const absence = "does not exist, or this user cannot see it";

export function valuesMissing(args: Partial<Args>): string {
  return `${nameOf(args)} ${absence}, and to make it its values must be given.`;
}

function otherType(found: bkci.Credential, { credentialId, projectId, type }: Partial<Args>): string {
  return (
    `${credentialId} of project ${projectId} is of type ${found.credentialType} and cannot become ` +
    `${type}: delete it, or choose another credentialId.`
  );
}

/** Where name and remark are not as the program says, in words. BK-CI's default for a name is the id. */
function changes(found: bkci.Credential, { credentialId, name = credentialId, remark }: Partial<Args>): string[] {
  return [
    ...textChange("name", found.credentialName ?? found.credentialId, name),
    ...textChange("remark", found.credentialRemark, remark),
  ];
}

function nameOf({ credentialId, projectId }: Partial<Args>): string {
  return `BkciCredential ${JSON.stringify(credentialId)} of project ${projectId}`;
}
