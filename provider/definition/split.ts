import type { Definition } from "./definition";
import type { JsonObject } from "./json";
import { ANY_METHOD, METHODS, operationSources, type OperationSource } from "./operation";
import { SharedParts } from "./shared-parts";

/** APIs that one import takes (APIG.3127). */
export const MAX_OPERATIONS = 300;

/** By key; undefined where the definition decides. */
type Names = ReadonlyMap<string, string | undefined>;

/**
 * JSON text of a definition that carries only the operations of these keys, with the other members of their paths and the
 * shared parts they refer to. Keys that the definition does not have count for nothing.
 *
 * @param names what operations are to have for their `operationId`, where that is not what the definition says
 */
export function subset(definition: Definition, keys: ReadonlySet<string>, names?: Names): string {
  return write(definition, sourcesOf(definition, keys), names);
}

/** The operations of these keys in document order, in as many definitions as it takes to keep each at `max`. */
export function split(definition: Definition, keys: ReadonlySet<string>, max = MAX_OPERATIONS): string[] {
  const sources = sourcesOf(definition, keys);
  const parts = Array.from({ length: Math.ceil(sources.length / max) }, (_, index) => index * max);
  return parts.map((start) => write(definition, sources.slice(start, start + max)));
}

function sourcesOf({ document }: Definition, keys: ReadonlySet<string>): OperationSource[] {
  return [...operationSources(document)].filter(({ key }) => keys.has(key));
}

function write({ document }: Definition, sources: readonly OperationSource[], names: Names = new Map()): string {
  const paths = new Map<string, JsonObject>();
  for (const { key, pathKey, member, pathItem, node } of sources) {
    const name = names.get(key);
    const named = name === undefined ? node : { ...node, operationId: name };
    paths.set(pathKey, { ...(paths.get(pathKey) ?? withoutOperations(pathItem)), [member]: named });
  }
  const shared = new SharedParts(document);
  const carried = shared.carry(Object.fromEntries(paths), ["paths"]);
  return JSON.stringify({ ...shared.root(), paths: carried });
}

function withoutOperations(pathItem: JsonObject): JsonObject {
  const operations: readonly string[] = [...METHODS, ANY_METHOD];
  return Object.fromEntries(Object.entries(pathItem).filter(([key]) => !operations.includes(key)));
}
