/** Finds the extensions of the document that apply to an operation. */
import { isObject, objectMember, type Json, type JsonObject } from "../json";
import type { Part } from "../part";
import { extensionsOf } from "./kept";

/**
 * Operations refer to policies by name: `x-apigateway-ratelimit: gold` means the entry `gold` of
 * `x-apigateway-ratelimits`. Access control, responses and plug-ins work alike. The entries stand at the root or in
 * `components`. All other extensions there apply to every operation.
 */
export function rootExtensions(
  root: Part,
  node: JsonObject,
): { readonly root: JsonObject; readonly components: JsonObject } {
  const components = objectMember(root.json, "components") ?? {};
  return { root: applying(extensionsOf(root.json), node), components: applying(extensionsOf(components), node) };
}

function applying(extensions: JsonObject, node: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(extensions).flatMap(([key, value]): [string, Json][] => {
      if (!key.endsWith("s") || !isObject(value)) return [[key, value]];
      const named = [node[key.slice(0, -1)], node[key]].flat().filter((name) => typeof name === "string");
      const entries = named.flatMap((name): [string, Json][] => {
        const entry = objectMember(value, name);
        return entry === undefined ? [] : [[name, entry]];
      });
      return entries.length === 0 ? [] : [[key, Object.fromEntries(entries)]];
    }),
  );
}
