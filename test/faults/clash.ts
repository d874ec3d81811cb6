/** What stands in the way of a declared resource at the services, and a plan that goes on without it. */
import type { Bag } from "../support/life";
import type { Declared } from "./mini-engine";
import { theirGroup, type Plan } from "./plan";
import type { Rows } from "./rows";

/** Ids of what has a name that a resource wants. */
export function inTheWay({ type, inputs }: Declared, rows: Rows): string[] {
  const wanted = [inputs["name"], inputs["credentialId"], ...namesIn(inputs["definition"] as Bag | undefined)];
  const ids = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.filter(({ name }) => wanted.includes(name)).map(({ id }) => id);
  if (type === "App") return ids(rows.apps);
  if (type === "Environment") return ids(rows.environments);
  if (type === "BkciCredential") return ids(rows.credentials.map(({ id }) => ({ id, name: id })));
  if (type !== "ApiImport") return [];
  const apis = rows.apis.filter(({ definition }) => definition.group_id === theirGroup);
  return [...ids(rows.groups), ...ids(apis.map(({ id, definition }) => ({ id, name: definition.name })))];
}

function namesIn(definition: Bag | undefined): unknown[] {
  const { info, paths = {} } = (definition ?? {}) as { info?: Bag; paths?: Record<string, Record<string, Bag>> };
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  return [info?.["title"], ...operations.map(({ operationId }) => operationId)];
}

/** The plan without a resource of it, and so without what is built on that. */
export function without(plan: Plan, resource: string): Plan {
  const slot = Number(resource.at(-1));
  const others = <Planned>(list: readonly Planned[]) => list.map((each, index) => (index === slot ? undefined : each));
  if (resource.startsWith("app")) return { ...plan, apps: others(plan.apps) };
  if (resource.startsWith("import")) return { ...plan, imports: others(plan.imports) };
  if (resource.startsWith("credential")) return { ...plan, credentials: others(plan.credentials) };
  return { ...plan, environment: undefined };
}
