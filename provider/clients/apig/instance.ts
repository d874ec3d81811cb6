import { z } from "zod";
import { ApiError, failedAs, ListMovedError } from "../../http/errors";
import type { CallArguments, Operation } from "../../http/operation";
import { readPages, type Page } from "../pages";
import { ask, operation, type Instance } from "./address";
import { confirmed, seeInstance } from "./gone";

export { operation, seeInstance, type Instance };

/** Most items of one page. The service silently reduces a larger number to this. */
const pageSize = 500;

/** Makes one call. A not-found answer is verified first, see `gone.ts`. */
export async function call<Response>(
  instance: Instance,
  described: Operation<Response>,
  args: CallArguments = {},
): Promise<Response> {
  try {
    return await ask(instance, described, args);
  } catch (error) {
    if (!(error instanceof ApiError) || !failedAs(error, "not-found")) throw error;
    throw await confirmed(instance, error, described, args);
  }
}

/**
 * Describes a list call below the instance.
 *
 * @param key the property of a page that holds its items; an empty list may be null or missing
 */
export function listing<Item extends Identified>(
  described: Pick<Operation<unknown>, "name" | "action" | "path">,
  key: string,
  item: z.ZodType<Item>,
): Operation<Page<Item>> {
  const response = z
    .looseObject({ total: z.number().int().min(0), [key]: z.array(item).max(pageSize).nullish() })
    .refine((page) => page["total"] === 0 || Array.isArray(page[key]), `no ${key}, though its total is not 0`)
    // TypeScript does not know the type of a computed key.
    .transform((page) => ({ total: page["total"] as number, items: (page[key] ?? []) as Item[] }));
  return operation({ ...described, method: "GET", success: [200], idempotent: true, response });
}

/** All items of a list have an id. */
interface Identified {
  readonly id: string;
}

/**
 * Reads all pages of a list call.
 *
 * @param of fields that each item must have, such as the id of the parent that was asked for
 * @throws ListMovedError when the list changed each time it was read
 */
export function listAll<Item extends Identified>(
  instance: Instance,
  described: Operation<Page<Item>>,
  args: CallArguments = {},
  of: Partial<Item> = {},
): Promise<Item[]> {
  const what = [described.action, args.subject].filter(Boolean).join(" ");
  const isOther = (item: Item) => Object.entries(of).some(([field, value]) => item[field as keyof Item] !== value);
  const page = async (offset: number) => {
    const answer = await call(instance, described, { ...args, query: { ...args.query, offset, limit: pageSize } });
    if (answer.items.some(isOther)) throw new ListMovedError(`could not ${what}: the answer is about something else`);
    return answer;
  };
  return readPages(page, { keyOf: ({ id }) => id, what, pageSize, mayGiveFewer: true, parallel: 1 });
}

/** No body, as documented for 204. */
export const nothing = z.undefined();
