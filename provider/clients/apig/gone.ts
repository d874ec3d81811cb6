/**
 * Decides whether an object is gone. A not-found answer alone does not prove that: it may come from a proxy, or be about
 * a parent. So the parent is looked up, and the instance must list its environments, where RELEASE always exists.
 */
import { z } from "zod";
import { failedAs, ProviderError, type ApiError } from "../../http/errors";
import type { CallArguments, Operation } from "../../http/operation";
import { ask, operation, type Instance } from "./address";

/** The service contradicts itself, so it is unknown whether the object is gone. */
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
    response: z.looseObject({ id: z.string().min(1) }),
  });

/** What each error code says is missing: the parameter with its id, and the call that shows it if it is a parent. */
const objects: Readonly<Record<string, { readonly idName: string; readonly look?: Operation<{ id: string }> }>> = {
  "APIG.3001": { idName: "group_id", look: show("ShowDetailsOfApiGroupV2", "/api-groups/{group_id}") },
  "APIG.3002": { idName: "api_id" },
  "APIG.3003": { idName: "env_id" },
  "APIG.3004": { idName: "app_id", look: show("ShowDetailsOfAppV2", "/apps/{app_id}") },
  "APIG.3009": { idName: "app_auth_id" },
  "APIG.3082": { idName: "app_code_id" },
};

const environments = operation({
  name: "ListEnvironmentsV2",
  action: "list the environments",
  method: "GET",
  path: "/envs",
  success: [200],
  idempotent: true,
  response: z.looseObject({
    envs: z.array(z.looseObject({ id: z.string().min(1) })).min(1, "none, but RELEASE always exists"),
  }),
});

/**
 * Verifies a not-found error. Returns the error to throw: the same one if it is true, else a DoubtError.
 *
 * @param described the call that failed
 */
export async function confirmed(
  instance: Instance,
  error: ApiError,
  described: Operation<unknown>,
  args: CallArguments,
): Promise<Error> {
  const { idName = "", look } = objects[error.code ?? ""] ?? {};
  const id = idIn(args, idName);
  if (id === undefined) return new DoubtError(error, "nobody asked for such an object");
  try {
    if (look && described.path !== look.path && (await isThere(instance, look, idName, id))) {
      return new DoubtError(error, "that itself is there");
    }
    const { envs } = await ask(instance, environments, {});
    return idName === "env_id" && envs.some((env) => env.id === id)
      ? new DoubtError(error, "that itself is there")
      : error;
  } catch (unclear) {
    const words = unclear instanceof Error ? unclear.message : String(unclear);
    return new DoubtError(error, `what is around it cannot be seen (${words.replace(/\.$/, "")})`);
  }
}

/** Checks that the instance answers. Called before an object counts as gone because a list does not show it. */
export async function seeInstance(instance: Instance): Promise<void> {
  await ask(instance, environments, {});
}

/** The value of this id in a call, wherever the call holds it. */
function idIn({ path, query, body, form }: CallArguments, idName: string): string | undefined {
  const places = [path, query, body, form?.fields] as (Readonly<Record<string, unknown>> | undefined)[];
  return places.map((place) => place?.[idName]).find((value) => typeof value === "string");
}

async function isThere(instance: Instance, look: Operation<unknown>, idName: string, id: string): Promise<boolean> {
  try {
    await ask(instance, look, { path: { [idName]: id }, about: { id }, subject: id });
    return true;
  } catch (error) {
    if (failedAs(error, "not-found")) return false;
    throw error;
  }
}
