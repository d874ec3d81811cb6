/**
 * Looking at a credential as a user who may not see everything: BK-CI tells users who do not manage a project the same of
 * what is missing and of what is forbidden.
 */
import * as bkci from "../clients/bkci";
import { failedAs } from "../http/errors";
import type { Caller } from "../http/operation";

/** What cannot be seen is as good as absent where an id cannot be taken twice. */
export function unseen(error: unknown): undefined {
  if (!failedAs(error, "not-found", "forbidden")) throw error;
  return undefined;
}

/** The credential: as the list shows it where the user may list it but not view it. */
export async function look(caller: Caller, at: bkci.CredentialPlace): Promise<bkci.Credential> {
  try {
    return await bkci.getCredential(caller, at);
  } catch (error) {
    const listed = failedAs(error, "forbidden") ? await bkci.findListedCredential(caller, at) : undefined;
    if (!listed) throw error;
    return listed;
  }
}

/** The outputs after a write: when BK-CI says that it happened, if this user may see it. */
export async function written(at: bkci.CredentialPlace, caller: Caller): Promise<{ updateTime?: number }> {
  try {
    return { updateTime: (await look(caller, at)).updatedTime };
  } catch (error) {
    if (failedAs(error, "forbidden")) return {};
    throw error;
  }
}

/** A refusal is never taken for absence, but the reader should know that BK-CI says the same of what is gone. */
export async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
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

/** What is not there BK-CI deletes with success: a 404 is about the project, and no reason to forget a credential. */
export async function remove(caller: Caller, at: bkci.CredentialPlace): Promise<void> {
  try {
    await explained(() => bkci.deleteCredential(caller, at));
  } catch (error) {
    if (!failedAs(error, "not-found")) throw error;
    throw new Error(`${error.message} If the project is gone, run \`pulumi state delete\` on it.`, { cause: error });
  }
}
