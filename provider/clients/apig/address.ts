import type { CallArguments, Caller, Operation } from "../../http/operation";

/** One APIG instance of one project: what every call of this folder is addressed to. */
export interface Instance {
  readonly caller: Caller;
  readonly instanceId: string;
}

/** Path of everything that belongs to an instance. */
const root = "/v2/{project_id}/apigw/instances/{instance_id}";

/** Describes a call below the instance. */
export function operation<Response>(described: Omit<Operation<Response>, "service">): Operation<Response> {
  return { ...described, service: "apig", path: `${root}${described.path}` };
}

/** One call, whose answer is taken as it is. */
export function ask<Response>(
  instance: Instance,
  described: Operation<Response>,
  args: CallArguments,
): Promise<Response> {
  return instance.caller.call(described, { ...args, path: { ...args.path, instance_id: instance.instanceId } });
}
