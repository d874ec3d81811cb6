import { deliver, perform, type Errand } from "./service";
import type { Call, Reply } from "./types";

/** How a list contradicts itself: its items are missing, or the whole array is, or each page is the first one. */
export type FalseList = "empty" | "absent" | "again";

/** A 404 that does not come from the service: of a web server, of a framework, or of a framework with HTTP 200. */
export type FalseNotFound = "html" | "json" | "json200";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export async function contradict(kind: FalseList, errand: Errand): Promise<Reply> {
  if (kind === "again") return perform({ ...errand, call: firstPage(errand.call) });
  const reply = await perform(errand);
  return { ...reply, body: withoutItems(reply.body, kind) };
}

const counts = ["total", "total_count", "count", "page_info"];

/** Counts are unchanged, except for APIG's `size` of this page. BK-CI has its lists one level down, in `data`. */
function withoutItems(body: unknown, kind: "empty" | "absent"): unknown {
  if (!isObject(body)) return body;
  const isList = counts.some((name) => name in body);
  const fields = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    if (!isList) return [[name, withoutItems(value, kind)]];
    if (Array.isArray(value)) return kind === "empty" ? [[name, []]] : [];
    return [[name, name === "size" ? 0 : value]];
  });
  return Object.fromEntries(fields);
}

/** The call without offset, marker or page number, in the query and in the body. */
function firstPage(call: Call): Call {
  const start = <Value>(fields: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !["offset", "marker", "page"].includes(name)));
  return { ...call, query: start(call.query), body: isObject(call.body) ? start(call.body) : call.body };
}

const page404 = "<html>\n<head><title>404 Not Found</title></head>\n<body><h1>404 Not Found</h1></body>\n</html>\n";

export function notFound(kind: FalseNotFound, { world, path }: Errand): Reply {
  if (kind === "html") return { status: 404, headers: { "content-type": "text/html" }, body: page404 };
  const body = { timestamp: new Date(world.now()).toISOString(), status: 404, error: "Not Found", path };
  return { status: kind === "json200" ? 200 : 404, body };
}

/**
 * The service's answer for another object than the one that was asked for, made or changed: one from the list above it, as
 * `/apps` is above `/apps/:app_id`. The true answer if there is no other one, or if the path names no object.
 */
export const answerAnother = (errand: Errand): Promise<Reply> =>
  errand.route.method === "GET" ? readAnother(errand) : writeAnother(errand);

async function readAnother(errand: Errand): Promise<Reply> {
  const { route, call } = errand;
  const [, above = "", name = ""] = /^(.*)\/:(\w+)/.exec(route.path) ?? [];
  const other = beside(await entries(errand, above), name, call.params[name]) ?? call.params[name] ?? "";
  return perform({ ...errand, call: { ...call, params: { ...call.params, [name]: other } } });
}

async function writeAnother(errand: Errand): Promise<Reply> {
  const reply = await perform(errand);
  if (!isObject(reply.body) || !("id" in reply.body)) return reply;
  const { id: own } = reply.body;
  const others = await entries(errand, errand.route.path.replace(/\/:\w+$/, ""));
  return { ...reply, body: others.find(({ id }) => id !== own) ?? reply.body };
}

/** The first page of the list at that path. */
async function entries(errand: Errand, above: string): Promise<Record<string, unknown>[]> {
  const list = errand.service.routes.find(({ method, path }) => method === "GET" && path === above);
  if (list === undefined) return [];
  const { body } = await deliver({ ...errand, route: list, call: { ...errand.call, query: {}, body: undefined } });
  const content = isObject(body) && "data" in body ? body["data"] : body;
  const items: unknown = isObject(content) ? Object.values(content).find(Array.isArray) : content;
  return Array.isArray(items) ? items.filter(isObject) : [];
}

/** Finds the other object by the field that is the id in the path: the same name or, if names differ, the last with that value. */
function beside(items: Record<string, unknown>[], name: string, id: string | undefined): string | undefined {
  const own = items.find((item) => Object.values(item).includes(id));
  const fields = Object.keys(own ?? {}).filter((field) => own?.[field] === id);
  const field = fields.includes(name) ? name : (fields.at(-1) ?? "");
  return items.map((item) => item[field]).find((other): other is string => typeof other === "string" && other !== id);
}
