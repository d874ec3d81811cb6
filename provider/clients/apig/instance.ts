import { z } from "zod";
import type { CallArguments, Caller, Operation } from "../../http/operation";

/** One APIG instance of one project: what every call of this folder is addressed to. */
export interface Instance {
  readonly caller: Caller;
  readonly instanceId: string;
}

/** Path of everything that belongs to an instance. */
const root = "/v2/{project_id}/apigw/instances/{instance_id}";

/** The most that a list call gives in one page; more is silently cut to this. */
const pageSize = 500;

type InstanceOperation<Response> = Omit<Operation<Response>, "service">;

/** Describes a call below the instance. */
export function operation<Response>(described: InstanceOperation<Response>): Operation<Response> {
  return { ...described, service: "apig", path: `${root}${described.path}` };
}

export function call<Response>(
  instance: Instance,
  described: Operation<Response>,
  args: CallArguments = {},
): Promise<Response> {
  return instance.caller.call(described, { ...args, path: { ...args.path, instance_id: instance.instanceId } });
}

/** Shape of a list answer: `size` of this page, `total` of all, and the items under their own name. */
export function listOf<Item extends z.ZodType, Key extends string>(key: Key, item: Item) {
  return z.looseObject({ total: z.number(), [key]: z.array(item).default([]) } as { total: z.ZodNumber } & Record<
    Key,
    z.ZodDefault<z.ZodArray<Item>>
  >);
}

/** Follows a list call to its end. */
export async function listAll<Item>(
  page: (offset: number, limit: number) => Promise<{ total: number; items: readonly Item[] }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const { total, items } = await page(all.length, pageSize);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

/** An answer without a body that matters. */
export const nothing = z.unknown();
