import { listMember, objectMember, textMember, type Json, type JsonObject } from "./json";
import { operationSources, parametersOf, type OperationSource } from "./operation";
import { pointer, printable, type DefinitionProblem } from "./problem";
import { resolve } from "./references";

/** What a JSON schema cannot say about parameters: they are parameters, different ones, and those of the path. */
export function pairingProblems(document: JsonObject): DefinitionProblem[] {
  const ofPaths = Object.entries(objectMember(document, "paths") ?? {}).flatMap(([path, item]) =>
    listProblems(document, listMember(item, "parameters"), pointer("paths", path, "parameters")),
  );
  const ofOperations = [...operationSources(document)].flatMap((source) => [
    ...listProblems(document, listMember(source.node, "parameters"), `${source.pointer}/parameters`),
    ...pathProblems(document, source),
  ]);
  return [...ofPaths, ...ofOperations];
}

function listProblems(document: JsonObject, list: readonly Json[], place: string): DefinitionProblem[] {
  const seen = new Set<string>();
  return list.flatMap((entry, index) => {
    const parameter = resolve(document, entry);
    const name = textMember(parameter, "name");
    const where = textMember(parameter, "in");
    const at = place + pointer(index);
    if (name === undefined || where === undefined)
      return [{ pointer: at, message: "the reference leads to no parameter" }];
    const id = `${where} ${name}`;
    if (seen.has(id)) return [{ pointer: at, message: `a second parameter "${printable(name)}" in ${where}` }];
    seen.add(id);
    return [];
  });
}

/** `{proxy+}`, which is APIG's own, may be declared with or without its plus, or not at all. */
function pathProblems(document: JsonObject, source: OperationSource): DefinitionProblem[] {
  const placeholders = new Set(Array.from(source.pathKey.matchAll(/\{([^{}]+)\}/g), (match) => match[1] ?? ""));
  const declared = parametersOf(document, source).filter((parameter) => textMember(parameter, "in") === "path");
  const names = new Set(declared.map((parameter) => textMember(parameter, "name") ?? ""));
  const missing = [...placeholders].filter((name) => !name.endsWith("+") && !names.has(name));
  const surplus = [...names].filter((name) => !placeholders.has(name) && !placeholders.has(`${name}+`));
  return [
    ...missing.map((name) => ({
      pointer: source.pointer,
      message: `no parameter describes {${printable(name)}} of the path`,
    })),
    ...surplus.map((name) => ({
      pointer: source.pointer,
      message: `the path has no {${printable(name)}} for its path parameter`,
    })),
  ];
}
