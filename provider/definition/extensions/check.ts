/** Looks for extensions that are misspelt, misplaced or wrong inside: the service drops the one and refuses the other. */
import { listMember, objectMember, type Json, type JsonObject } from "../json";
import { ANY_METHOD, operationSources, type OperationSource } from "../operation";
import { pointer, type DefinitionProblem } from "../problem";
import { resolveObject } from "../references";
import { nearest } from "./nearest";
import { below, type Rule } from "./rules";
import { ofOperation, ofParameter, ofPathItem, ofRoot, ofSecurityScheme } from "./tables";

const prefix = "x-apigateway-";

type Table = Readonly<Record<string, Rule>>;

export function extensionProblems(document: JsonObject): DefinitionProblem[] {
  const namesIn = (key: string) => Object.keys(objectMember(document, key) ?? {});
  const operations = ofOperation({
    ratelimits: namesIn("x-apigateway-ratelimits"),
    accessControls: namesIn("x-apigateway-access-controls"),
  });
  const places: Places = {
    "the root": ofRoot,
    "a path item": ofPathItem,
    "an operation": operations,
    "a parameter": ofParameter,
    "a security scheme": ofSecurityScheme,
  };
  const at = (place: string, node: Json | undefined) => inPlace(places, place, node);
  return [
    ...at("the root", document),
    ...schemesOf(document).flatMap(({ scheme, place }) => below(at("a security scheme", scheme), ...place)),
    ...Object.entries(objectMember(document, "paths") ?? {}).flatMap(([path, item]) =>
      below([...at("a path item", item), ...otherAnyMethods(item)], "paths", path),
    ),
    ...[...operationSources(document)].flatMap((source) => [
      ...moved(at("an operation", source.node), source),
      ...listMember(source.node, "parameters").flatMap((parameter, index) =>
        moved(below(at("a parameter", resolveObject(document, parameter)), "parameters", index), source),
      ),
    ]),
  ];
}

type Places = Readonly<Record<string, Table>>;

/** What is wrong with the extensions of one node. */
function inPlace(places: Places, place: string, node: Json | undefined): DefinitionProblem[] {
  if (typeof node !== "object" || node === null) return [];
  const table = places[place] ?? {};
  return Object.entries(node as JsonObject).flatMap(([key, value]) => {
    if (!key.toLowerCase().startsWith(prefix)) return [];
    const rule = table[key];
    if (rule !== undefined) return below(rule(value), key);
    const meant = nearest(key, Object.keys(table));
    const other = Object.keys(places).find((each) => Object.hasOwn(places[each] ?? {}, key));
    if (other !== undefined) return [{ pointer: pointer(key), message: `it belongs in ${other}, not in ${place}` }];
    // One that resembles none is newer than this package.
    if (meant === undefined) return [];
    return [{ pointer: pointer(key), message: `there is no such extension; did you mean ${meant}?` }];
  });
}

/** Members that mean all methods in other clouds, or are misspelt: the service drops such an operation without a word. */
function otherAnyMethods(item: Json | undefined): DefinitionProblem[] {
  if (typeof item !== "object" || item === null) return [];
  return Object.keys(item)
    .filter(
      (key) => /^x-.*any-?_?methods?$/i.test(key) && key !== ANY_METHOD && nearest(key, [ANY_METHOD]) === undefined,
    )
    .map((key) => ({ pointer: pointer(key), message: `APIG does not know it; did you mean ${ANY_METHOD}?` }));
}

function schemesOf(document: JsonObject): { readonly scheme: Json; readonly place: readonly string[] }[] {
  const places = [["components", "securitySchemes"], ["securityDefinitions"]] as const;
  return places.flatMap((place) => {
    const schemes = place.reduce<JsonObject | undefined>((node, key) => objectMember(node, key), document);
    return Object.entries(schemes ?? {}).map(([name, scheme]) => ({ scheme, place: [...place, name] }));
  });
}

function moved(problems: readonly DefinitionProblem[], source: OperationSource): DefinitionProblem[] {
  return problems.map((one) => ({ ...one, pointer: source.pointer + one.pointer }));
}
