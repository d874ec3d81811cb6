/**
 * What counts as gone. The service says so of an object in words of its own; but a proxy may say the same of everything, and a
 * parent may be meant. So before anything is forgotten the parent is looked up, and the instance must be seen to answer
 * for what always exists: its environments, of which RELEASE is one.
 */
import { z } from "zod";
import { failedAs, ProviderError, type ApiError } from "../../http/errors";
import type { CallArguments, Operation } from "../../http/operation";
import { ask, operation, type Instance } from "./address";

/** The service contradicts itself: it is not known whether the object is gone. */
export class DoubtError extends ProviderError {
  override readonly name = "DoubtError";
  readonly kind = "conflict";

  constructor(error: Error, why: string) {
    super(
      `${error.message} But ${why}, so nothing is taken for deleted. If it is gone for good, run \`pulumi state delete\`.`,
      {
        cause: error,
      },
    );
  }
}

const show = (name: string, path: string) =>
  operation({
    name,
    action: "look for",
    method: "GET",
    path,
    success: [200],
    idempotent: true,
    response: z.looseObject({ id: z.string() }),
  });

/** How a parent is looked up, by the code that says that it is missing. */
const parents = {
  "APIG.3001": { idName: "group_id", look: show("ShowDetailsOfApiGroupV2", "/api-groups/{group_id}") },
  "APIG.3004": { idName: "app_id", look: show("ShowDetailsOfAppV2", "/apps/{app_id}") },
} as const;

const environments = operation({
  name: "ListEnvironmentsV2",
  action: "list the environments",
  method: "GET",
  path: "/envs",
  success: [200],
  idempotent: true,
  response: z.looseObject({
    envs: z.array(z.looseObject({ id: z.string() })).min(1, "none, but RELEASE always exists"),
  }),
});

/**
 * Answers what to throw for an error that says that something is missing: the error itself, if that is true.
 *
 * @param described the call that failed
 */
export async function confirmed(
  instance: Instance,
  error: ApiError,
  described: Operation<unknown>,
  args: CallArguments,
): Promise<Error> {
  const parent = Object.hasOwn(parents, error.code ?? "") ? parents[error.code as keyof typeof parents] : undefined;
  try {
    if (parent && described.path !== parent.look.path && (await isThere(instance, parent, args))) {
      return new DoubtError(error, "that itself is there");
    }
    await ask(instance, environments, {});
    return error;
  } catch (unclear) {
    const words = unclear instanceof Error ? unclear.message : String(unclear);
    return new DoubtError(error, `what is around it cannot be seen (${words.replace(/\.$/, "")})`);
  }
}

/** Whether a parent that was named in a call is there. */
async function isThere(
  instance: Instance,
  { idName, look }: (typeof parents)[keyof typeof parents],
  args: CallArguments,
): Promise<boolean> {
  const id = args.path?.[idName] ?? args.query?.[idName];
  if (typeof id !== "string") return false;
  try {
    await ask(instance, look, { path: { [idName]: id }, about: { id }, subject: id });
    return true;
  } catch (error) {
    if (failedAs(error, "not-found")) return false;
    throw error;
  }
}
