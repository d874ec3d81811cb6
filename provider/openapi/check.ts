import type { Definition } from "./definition";
import { textMember } from "./json";
import { operationSources, parametersOf, type OperationSource } from "./operation";
import { pointer, printable, type DefinitionProblem } from "./problem";

export interface CheckOptions {
  /** Operations without a backend get a mock one. */
  readonly mockMode: boolean;
  /** The import creates the group, so that the title becomes its name. */
  readonly createsGroup: boolean;
}

/**
 * What `ImportApiDefinitionsV2` is documented to refuse, found before the call; empty when nothing is.
 *
 * Tolerated, because the service only has no use for it (its own published samples carry `produces`, and exports carry
 * schemas): `consumes`, `produces`, `requestBody`, parameters in cookies, remarks of any length.
 */
export function checkDefinition(definition: Definition, { mockMode, createsGroup }: CheckOptions): DefinitionProblem[] {
  const problems = createsGroup ? titleProblems(definition) : [];
  if (definition.operations.length === 0)
    problems.push({ pointer: "/paths", message: "it has no operations: there is nothing to import" });
  const named = new Map<string, string>();
  for (const source of operationSources(definition.document)) {
    const say = (message: string, ...below: readonly (string | number)[]): void =>
      void problems.push({ pointer: source.pointer + pointer(...below), message });
    checkPath(source, say);
    checkName(source, named, say);
    checkParameters(definition, source, say);
    if (!mockMode && !definitionHasBackend(source))
      say("it has no `x-apigateway-backend`: add one, or set `mockMode` to import it with a mock backend");
  }
  return problems;
}

type Say = (message: string, ...below: readonly (string | number)[]) => void;

/** The rule for names of groups, which the import applies to `info.title` when it creates one (APIG.2044). */
export function titleProblems({ title }: Definition): DefinitionProblem[] {
  const rule = "3 to 64 characters; a letter, a Chinese character or a digit first, then also - _ . / ( ) :";
  if (/^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9\-_./():]{2,63}$/u.test(title)) return [];
  return [
    {
      pointer: "/info/title",
      message: `"${printable(title)}" cannot be the name of the group to create (${rule}); change it, or give \`groupId\` to import into a group that exists`,
    },
  ];
}

function definitionHasBackend({ node }: OperationSource): boolean {
  return Object.hasOwn(node, "x-apigateway-backend");
}

/** Front-end paths: a placeholder is a whole segment; `{proxy+}` takes the rest of the path. */
function checkPath({ path }: OperationSource, say: Say): void {
  if (path.length > 512) say(`its path has ${path.length} characters; APIG takes 512`);
  if (/[\p{Cc}\s]/u.test(path)) say("its path contains white space or control characters");
  const bad = path.split("/").find((segment) => /[{}]/.test(segment) && !/^\{[^{}]+\}$/.test(segment));
  if (bad !== undefined)
    say(
      `"${printable(bad)}" mixes text and placeholder: APIG takes a placeholder only as a whole segment, as in /pets/{id}`,
    );
}

/** Names of APIs: 3 to 255 characters, unique in a group (APIG.3202). */
function checkName({ node, pointer: place }: OperationSource, named: Map<string, string>, say: Say): void {
  const name = textMember(node, "operationId");
  if (name === undefined) return;
  if (name.length < 3 || name.length > 255)
    say(`"${printable(name)}" has ${name.length} characters; the name of an API has 3 to 255`, "operationId");
  const other = named.get(name);
  if (other !== undefined)
    say(
      `"${printable(name)}" is also the operationId of ${printable(other)}; it becomes the API's name, which must be unique`,
      "operationId",
    );
  else named.set(name, place);
}

function checkParameters({ document }: Definition, source: OperationSource, say: Say): void {
  for (const parameter of parametersOf(document, source)) {
    const place = textMember(parameter, "in");
    const name = textMember(parameter, "name") ?? "";
    if (place === "body" || place === "formData")
      say(
        `the parameter "${printable(name)}" is in ${place}: APIG takes parameters in path, query and header only`,
        "parameters",
      );
    if (place === "header" && name.toLowerCase() === "x-auth-token")
      say("APIG imports no operation with a header parameter X-Auth-Token: remove it", "parameters");
  }
}
