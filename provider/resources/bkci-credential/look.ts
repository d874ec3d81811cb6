/**
 * Reads and writes a credential for a user who may not see everything. To users who do not manage a project, BK-CI gives
 * the same answer for missing and for forbidden credentials. To users who are no members it says that nothing exists.
 */
import * as bkci from "../../clients/bkci";
import { ApiError, failedAs } from "../../http/errors";
import type { Caller } from "../../http/operation";
import { createOnce, mayBeOurs } from "../shared/create-once";

/** `createTime` differs if the credential was made again, `updateTime` if somebody wrote it. Epoch seconds. */
export interface Times {
  readonly createTime?: number | undefined;
  readonly updateTime?: number | undefined;
}

/** Treats an error for a missing or hidden credential as absence. Safe, because an id cannot exist twice. */
export function unseen(error: unknown): undefined {
  if (!failedAs(error, "not-found", "forbidden")) throw error;
  return undefined;
}

/** The credential. If the user may list it but not view it, as the list shows it. */
export async function look(caller: Caller, at: bkci.CredentialPlace): Promise<bkci.Credential> {
  try {
    return await bkci.getCredential(caller, at);
  } catch (error) {
    const listed = failedAs(error, "forbidden") ? await bkci.findListedCredential(caller, at) : undefined;
    if (!listed) throw error;
    return listed;
  }
}

/** @throws Error (never not-found) when this user cannot see the project: then nothing in it can be seen */
export async function demandProject(caller: Caller, projectId: string): Promise<void> {
  if (await bkci.belongsTo(caller, projectId)) return;
  throw new Error(
    `BK-CI shows no project ${projectId} to this user: check projectId and that the user is a member. Nothing is taken for ` +
      "deleted; if the project is gone for good, run `pulumi state delete`.",
  );
}

/** The credential. @throws not-found only if its project can be seen: for a hidden project BK-CI says the same */
export async function seen(caller: Caller, at: bkci.CredentialPlace): Promise<bkci.Credential> {
  try {
    return await explained(() => look(caller, at));
  } catch (error) {
    if (failedAs(error, "not-found")) await demandProject(caller, at.projectId);
    throw error;
  }
}

export async function isVisible(caller: Caller, at: bkci.CredentialPlace): Promise<boolean> {
  return (await look(caller, at).catch(unseen)) !== undefined;
}

/** Before a write or a delete. @throws Error if another credential with this id was made, as far as this user can see */
export async function demandOurs(caller: Caller, at: bkci.CredentialPlace, old: Times): Promise<void> {
  const found = await look(caller, at).catch(unseen);
  if (found === undefined || isOurs(found, old)) return;
  throw new Error(
    `${at.credentialId} of project ${at.projectId} is not the one of this stack: that was deleted, and another one was made ` +
      "since. It is left alone: run `pulumi state delete`, then take it over with `adopt: true` if it is nobody else's.",
  );
}

function isOurs({ createTime }: bkci.Credential, old: Times | undefined): boolean {
  return (
    old?.createTime === undefined || createTime === undefined || createTime === null || createTime === old.createTime
  );
}

/** Makes a credential. After a failure it cannot be known whether a credential with this id is ours. */
export async function createCredential(
  at: bkci.CredentialPlace,
  body: bkci.CredentialBody,
  caller: Caller,
): Promise<void> {
  const find = async () => (await look(caller, at).catch(unseen)) && `a credential of this id`;
  const create = async () => {
    try {
      await bkci.createCredential(caller, at, body);
    } catch (error) {
      // BK-CI stores a credential before it registers its permissions, so a refused create may leave one.
      const left = error instanceof ApiError && error.kind === "invalid" && (await find().catch(() => undefined));
      throw left ? new Error(`${error.message} ${mayBeOurs(left)}`, { cause: error }) : error;
    }
    return "";
  };
  await createOnce(caller, create, find, (found) => found);
}

/** The outputs after a write: the times that BK-CI gives it, if this user may see them. */
export async function written(at: bkci.CredentialPlace, caller: Caller): Promise<Times> {
  try {
    const { updatedTime: updateTime, createTime } = await look(caller, at);
    return { updateTime, createTime: createTime ?? undefined };
  } catch (error) {
    if (failedAs(error, "forbidden")) return {};
    throw error;
  }
}

/** Name and remark. If the program leaves one out, BK-CI's default for it is no drift. */
export function textsOf(
  found: bkci.Credential,
  old: { readonly name?: string | undefined; readonly remark?: string | undefined } | undefined,
) {
  const name = found.credentialName ?? found.credentialId;
  const remark = found.credentialRemark ?? "";
  return {
    name: old && old.name === undefined && name === found.credentialId ? undefined : name,
    remark: old?.remark === undefined && remark === "" ? undefined : remark,
  };
}

/** What somebody did to a credential after our last write, in words. */
export function driftOf(found: bkci.Credential, old: Times): string[] {
  if (!isOurs(found, old)) return ["deleted, and made again by someone else"];
  const { updatedTime, updateUser } = found;
  if (old.updateTime === undefined || updatedTime === old.updateTime) return [];
  const time = new Date(updatedTime * 1000).toISOString();
  return [`written by ${updateUser ?? "someone else"} at ${time}, perhaps with other values`];
}

/** Adds to a refusal that BK-CI gives the same answer for a deleted credential. A refusal never counts as absence. */
async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!failedAs(error, "forbidden")) throw error;
    throw new Error(
      `${error.message} To users who do not manage the project, BK-CI says the same of a credential that does not ` +
        "exist any more: if it was deleted outside this stack, run `pulumi state delete` on it.",
      { cause: error },
    );
  }
}

/** Deletes a credential. BK-CI also answers success if it is gone, so a 404 is about the project and stays an error. */
export async function remove(caller: Caller, at: bkci.CredentialPlace): Promise<void> {
  try {
    await explained(() => bkci.deleteCredential(caller, at));
  } catch (error) {
    if (!failedAs(error, "not-found")) throw error;
    throw new Error(`${error.message} If the project is gone, run \`pulumi state delete\` on it.`, { cause: error });
  }
}
