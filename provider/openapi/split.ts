import type { Definition } from "./definition";
import type { JsonObject } from "./json";
import { METHODS, ANY_METHOD, operationSources } from "./operation";

/** APIs that one import takes (APIG.3127). */
export const MAX_OPERATIONS = 300;

/** JSON text of a definition that carries only the operations of these keys, with what they refer to. Unknown keys count for nothing. */
export function subset(definition: Definition, keys: ReadonlySet<string>): string {
  const { document } = definition;
  const paths = new Map<string, JsonObject>();
  for (const { key, pathKey, member: name, pathItem, node } of operationSources(document)) {
    if (!keys.has(key)) continue;
    const kept = paths.get(pathKey) ?? withoutOperations(pathItem);
    paths.set(pathKey, { ...kept, [name]: node });
  }
  return JSON.stringify({ ...document, paths: Object.fromEntries(paths) });
}

/** The operations of these keys in as many definitions as it takes to keep each at `max`, in document order. */
export function split(definition: Definition, keys: ReadonlySet<string>, max = MAX_OPERATIONS): string[] {
  const wanted = definition.operations.map(({ key }) => key).filter((key) => keys.has(key));
  const parts: string[] = [];
  for (let at = 0; at < wanted.length; at += max) parts.push(subset(definition, new Set(wanted.slice(at, at + max))));
  return parts;
}

function withoutOperations(pathItem: JsonObject): JsonObject {
  const operations: readonly string[] = [...METHODS, ANY_METHOD];
  return Object.fromEntries(Object.entries(pathItem).filter(([key]) => !operations.includes(key)));
}
