import type { CallArguments, Caller, Operation } from "../../http/operation";

/** One APIG instance of one project. Every call of this folder goes to one. */
export interface Instance {
  readonly caller: Caller;
  readonly instanceId: string;
}

/** Start of every path below an instance. */
const root = "/v2/{project_id}/apigw/instances/{instance_id}";

/** Describes a call below the instance. */
export function operation<Response>(described: Omit<Operation<Response>, "service">): Operation<Response> {
  return { ...described, service: "apig", path: `${root}${described.path}` };
}

/** Makes one call. Its not-found errors are not verified: see `call` in `instance.ts`. */
export function ask<Response>(
  instance: Instance,
  described: Operation<Response>,
  args: CallArguments,
): Promise<Response> {
  return instance.caller.call(described, { ...args, path: { ...args.path, instance_id: instance.instanceId } });
}
