import { z } from "zod";
import { ListMovedError } from "../../http/errors";
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

/** How often a list that moved is read again. */
const rereads = 3;

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

/** One page of a list. */
interface Page<Item> {
  /** Of all pages. */
  readonly total: number;
  readonly items: readonly Item[];
}

/**
 * Describes a list call below the instance.
 *
 * @param key under which a page holds its items; an empty list may be null or missing
 */
export function listing<Item>(
  described: Pick<Operation<unknown>, "name" | "action" | "path">,
  key: string,
  item: z.ZodType<Item>,
): Operation<Page<Item>> {
  const response = z
    .looseObject({ total: z.number(), [key]: z.array(item).nullish() })
    // The type of a computed key says less than the schema.
    .transform((page) => ({ total: page["total"] as number, items: (page[key] ?? []) as Item[] }));
  return operation({ ...described, method: "GET", success: [200], idempotent: true, response });
}

/**
 * Follows a list call to its end.
 *
 * Pages are cut by offset, so what comes or goes between two calls shifts the rest. A total that changes meanwhile shows
 * that: the list is then read again, because one that is missed would count as deleted.
 *
 * @throws ListMovedError when it changed each time it was read
 */
export async function listAll<Item>(
  instance: Instance,
  described: Operation<Page<Item>>,
  args: CallArguments = {},
): Promise<Item[]> {
  for (let reread = 0; reread <= rereads; reread++) {
    const all = await listOnce(instance, described, args);
    if (all !== undefined) return all;
  }
  throw new ListMovedError(
    `could not ${described.action}${args.subject ? ` ${args.subject}` : ""}: their number changed each of the ` +
      `${rereads + 1} times they were read. Run again when nobody else changes them.`,
  );
}

/** All pages, or undefined if the list moved. */
async function listOnce<Item>(
  instance: Instance,
  described: Operation<Page<Item>>,
  args: CallArguments,
): Promise<Item[] | undefined> {
  const all: Item[] = [];
  for (let expected: number | undefined; ;) {
    const query = { ...args.query, offset: all.length, limit: pageSize };
    const { total, items } = await call(instance, described, { ...args, query });
    expected ??= total;
    if (total !== expected) return undefined;
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

/** An answer without a body that matters. */
export const nothing = z.unknown();
