import { z } from "zod";
import type { CallArguments, Caller, Operation } from "../../http/operation";
import { readPages, type Page } from "../pages";

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

/**
 * Describes a list call below the instance.
 *
 * @param key under which a page holds its items; an empty list may be null or missing
 */
export function listing<Item extends Identified>(
  described: Pick<Operation<unknown>, "name" | "action" | "path">,
  key: string,
  item: z.ZodType<Item>,
): Operation<Page<Item>> {
  const response = z
    .looseObject({ total: z.number().int().min(0), [key]: z.array(item).max(pageSize).nullish() })
    .refine((page) => page["total"] === 0 || Array.isArray(page[key]), `no ${key}, though its total is not 0`)
    // The type of a computed key says less than the schema.
    .transform((page) => ({ total: page["total"] as number, items: (page[key] ?? []) as Item[] }));
  return operation({ ...described, method: "GET", success: [200], idempotent: true, response });
}

/** All items of a list have an id. */
interface Identified {
  readonly id: string;
}

/** Follows a list call to its end. @throws ListMovedError when nobody can say what is in it */
export function listAll<Item extends Identified>(
  instance: Instance,
  described: Operation<Page<Item>>,
  args: CallArguments = {},
): Promise<Item[]> {
  const page = (offset: number) =>
    call(instance, described, { ...args, query: { ...args.query, offset, limit: pageSize } });
  const what = [described.action, args.subject].filter(Boolean).join(" ");
  return readPages(page, { keyOf: ({ id }) => id, what, pageSize, mayGiveFewer: true, parallel: 1 });
}

/** An answer without a body that matters. */
export const nothing = z.unknown();
