/**
 * Looks for extensions that are misspelt, misplaced or have wrong content. The service ignores misspelt ones, and
 * refuses wrong content.
 */
import { isObject } from "../json";
import { ANY_METHOD } from "../methods";
import type { Found } from "../operations";
import type { Part } from "../part";
import type { DefinitionProblem } from "../problem";
import { EXTENSION } from "../project/kept";
import { securitySchemesOf } from "../project/auth";
import { nearest } from "./nearest";
import { below, type Rule } from "./rules";
import { ofOperation, ofParameter, ofPathItem, ofRoot, ofSecurityScheme } from "./tables";

type Table = Readonly<Record<string, Rule>>;

/** Checks the extensions of the document and of its security schemes. */
export function documentProblems(root: Part): DefinitionProblem[] {
  return [
    ...inPlace(root, "the root", ofRoot),
    ...(securitySchemesOf(root)?.members ?? []).flatMap(([, scheme]) =>
      inPlace(scheme.follow(), "a security scheme", ofSecurityScheme),
    ),
  ];
}

/** Makes a function that checks the extensions of an operation, its parameters and its path item. */
export function operationChecks(root: Part): (found: Found) => DefinitionProblem[] {
  const namesIn = (key: string) => Object.keys(root.object(key)?.json ?? {});
  const operation = ofOperation({
    ratelimits: namesIn("x-apigateway-ratelimits"),
    accessControls: namesIn("x-apigateway-access-controls"),
  });
  return ({ item, node }) => [
    ...inPlace(item, "a path item", ofPathItem),
    ...inPlace(node, "an operation", operation),
    ...[...item.list("parameters"), ...node.list("parameters")].flatMap((parameter) =>
      inPlace(parameter, "a parameter", ofParameter),
    ),
  ];
}

/** What is wrong with the extensions of one node. */
function inPlace(part: Part, place: string, table: Table): DefinitionProblem[] {
  return part.members.flatMap(([key, member]) => {
    if (!key.toLowerCase().startsWith(EXTENSION)) return [];
    const rule = table[key];
    if (rule !== undefined) {
      return below(rule(member.value), key).map((one) => ({
        ...part.problem(one.message),
        pointer: part.pointer + one.pointer,
      }));
    }
    const other = Object.entries(places).find(([, each]) => Object.hasOwn(each, key))?.[0];
    if (other !== undefined) return [member.problem(`it belongs in ${other}, not in ${place}`)];
    const meant = nearest(key, Object.keys(table));
    // A name that resembles no known one is newer than this package. A path item's member that looks like a method is
    // reported elsewhere.
    if (meant === undefined || (meant === ANY_METHOD && isObject(member.value))) return [];
    return [member.problem(`there is no such extension; did you mean ${meant}?`)];
  });
}

const places: Readonly<Record<string, Table>> = {
  "the root": ofRoot,
  "a path item": ofPathItem,
  "an operation": ofOperation({ ratelimits: [], accessControls: [] }),
  "a parameter": ofParameter,
  "a security scheme": ofSecurityScheme,
};
