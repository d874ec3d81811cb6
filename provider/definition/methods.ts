/** Finds the members of a path item that are operations, and those that look like misspelt ones. */
import { nearest } from "./extensions/nearest";
import { isObject } from "./json";
import type { Part } from "./part";
import { printable, type DefinitionProblem } from "./problem";

export const METHODS: readonly string[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/** A member of a path item like the methods. It stands for all methods. */
export const ANY_METHOD = "x-apigateway-any-method";

/** Other members of a path item, in all OpenAPI versions. */
const OTHERS = ["$ref", "summary", "description", "servers", "parameters"];

/**
 * Returns operations whose method only OpenAPI 3.2 has, and problems for members that look like misspelt methods or
 * methods of other clouds.
 */
export function otherMembers(item: Part): {
  readonly methods: readonly (readonly [string, Part])[];
  readonly wrong: readonly DefinitionProblem[];
} {
  const methods: (readonly [string, Part])[] = [];
  const wrong: DefinitionProblem[] = [];
  for (const [key, part] of item.members) {
    if (METHODS.includes(key) || OTHERS.includes(key) || !isObject(part.value)) continue;
    if (key === "query") methods.push([key, part]);
    else if (key === "additionalOperations") methods.push(...part.members);
    else if (key !== ANY_METHOD) {
      const meant = meantMethod(key);
      if (meant !== undefined) wrong.push(part.problem(`APIG does not know ${printable(key)}: did you mean ${meant}?`));
    }
  }
  return { methods, wrong };
}

/** The method that a name was meant to be. Other clouds have their own names for "all methods". */
function meantMethod(key: string): string | undefined {
  if (/^x-.*any-?_?methods?$/i.test(key)) return ANY_METHOD;
  return key.startsWith("x-") ? nearest(key, [ANY_METHOD]) : nearest(key, METHODS);
}
