import type { z } from "zod";
import { Refusal, type Call, type Reply, type Route } from "../core/types";
import { forbidden, invalid } from "./errors";
import { instanceOf, type Instance } from "./instance";
import { none } from "./schemas/queries";
import { id } from "./schemas/text";

/** A handler gets the call, and the instance that the path names. */
export type Handler = (call: Call, instance: Instance) => Reply;

const base = "/v2/:project_id/apigw/instances/:instance_id";

/**
 * A route below an instance: ids in the path are checked, then the project, then that the instance exists there.
 * `query` is the schema whose names the query may hold.
 */
export function route(
  operation: string,
  method: Route["method"],
  path: string,
  handler: Handler,
  query: z.ZodObject = none,
): Route {
  return {
    operation,
    service: "apig",
    method,
    path: base + path,
    auth: "huawei",
    query: Object.keys(query.shape),
    handle(call) {
      for (const [name, value] of Object.entries(call.params)) if (!id.safeParse(value).success) throw invalid(name);
      const { project_id = "", instance_id = "" } = call.params;
      if (call.caller.projectId !== undefined && call.caller.projectId !== project_id) throw forbidden();
      return handler(call, instanceOf(call.world, project_id, instance_id));
    },
  };
}

/** The value as the schema reads it; else APIG.2012 with the name of the first wrong field. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(faulty(result.error.issues[0]));
}

/** Unknown fields are named themselves, elements of a list by the list. */
export function faulty(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") return issue.keys[0] ?? "body";
  const names = issue?.path.filter((part) => typeof part === "string") ?? [];
  return names.at(-1) ?? "body";
}

/** A path parameter, which the route is known to have. */
export const parameter = (call: Call, name: string): string => call.params[name] ?? "";

/** Refuses a body of an operation that has none. `{}` counts as none, because some clients always send it. */
export function noBody(call: Call): void {
  if (call.body === undefined || call.body === null || call.body === "") return;
  if (typeof call.body === "object" && Object.keys(call.body).length === 0) return;
  throw invalid("body");
}

/** Runs an operation that is part of a batch, where a refusal is an entry of the answer. */
export function attempt<Result>(action: () => Result): Result | Refusal {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** One page of a list, shaped by `show` only for the items on it. */
export function listed<Item>(
  name: string,
  items: readonly Item[],
  page: { offset: number; limit: number },
  show: (item: Item) => unknown,
): Reply {
  const shown = items.slice(page.offset, page.offset + page.limit).map(show);
  return { status: 200, body: { size: shown.length, total: items.length, [name]: shown } };
}

/** Matches a part of the name without regard to case, or the whole name in a precise search. */
export const named = (name: string, wanted: string | undefined, precise = false): boolean =>
  wanted === undefined || (precise ? name === wanted : name.toLowerCase().includes(wanted.toLowerCase()));

/** Matches any value if there is no filter. */
export const equal = (value: string, wanted: string | undefined): boolean => wanted === undefined || value === wanted;

/** One of several tags, written with commas between them. */
export const tagged = (tags: readonly string[] = [], wanted: string | undefined): boolean =>
  wanted === undefined || wanted.split(",").some((tag) => tags.includes(tag));
