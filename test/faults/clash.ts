/** Finds what clashes with a declared resource at the services, and makes a plan without that resource. */
import type { Declared } from "./mini-engine";
import { theirGroup, type Plan } from "./plan";
import type { Rows } from "./rows";

/** Ids of the objects that have a name, or a path, that a resource wants. */
export function inTheWay(declared: Declared, rows: Rows): string[] {
  const { type, inputs } = declared;
  const { name, credentialId } = inputs;
  const ids = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.filter((row) => row.name === name).map(({ id }) => id);
  if (type === "App") return ids(rows.apps);
  if (type === "Environment") return ids(rows.environments);
  if (type === "BkciCredential") return rows.credentials.map(({ id }) => id).filter((id) => id === credentialId);
  return type === "ApiImport" ? ofImport(declared, rows) : [];
}

interface Definition {
  readonly info: { readonly title: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

/** Names of the APIs that an import makes. */
export function namesIn({ inputs }: Declared): string[] {
  const { paths } = inputs["definition"] as Definition;
  return Object.values(paths).flatMap((each) => Object.values(each).map(({ operationId }) => operationId));
}

/** Method and path of the APIs that a plan declares. */
export function placesIn({ imports }: Plan): string[] {
  return imports.flatMap((each, slot) => (each?.operations ?? []).map(({ key }) => key.replace(" ", ` /s${slot}`)));
}

function ofImport(declared: Declared, { groups, apis }: Rows): string[] {
  const { info, paths } = declared.inputs["definition"] as Definition;
  const names = namesIn(declared);
  const taken = apis.filter(({ definition: { group_id, name, req_method, req_uri } }) => {
    const path = paths[req_uri] ?? {};
    return group_id === theirGroup && (req_method.toLowerCase() in path || names.includes(name));
  });
  return [...groups.filter(({ name }) => name === info.title), ...taken].map(({ id }) => id);
}

/** The plan without a resource, and without the resources that need it. */
export function without(plan: Plan, resource: string): Plan {
  const slot = Number(resource.at(-1));
  const others = <Planned>(list: readonly Planned[]) => list.map((each, index) => (index === slot ? undefined : each));
  if (resource.startsWith("app")) return { ...plan, apps: others(plan.apps) };
  if (resource.startsWith("import")) return { ...plan, imports: others(plan.imports) };
  if (resource.startsWith("credential")) return { ...plan, credentials: others(plan.credentials) };
  return { ...plan, environment: undefined };
}
