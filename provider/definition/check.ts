import type { Definition } from "./definition";
import { extensionProblems } from "./extensions/check";
import { textMember, type JsonObject } from "./json";
import {
  operationSources,
  parametersOf,
  securityListOf,
  securityRequirements,
  type OperationSource,
} from "./operation";
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
 * Tolerated, because the service merely has no use for them: `consumes` and `produces` (its own published samples carry
 * `produces`), `requestBody` (OpenAPI 3.0 does not count it among the parameters), parameters in cookies, remarks that are
 * too long. Two operations of one method and path cannot come from one mapping, so that clash needs no rule.
 */
export function checkDefinition(definition: Definition, { mockMode, createsGroup }: CheckOptions): DefinitionProblem[] {
  const names = new Map<string, OperationSource>();
  const ofOperations = [...operationSources(definition.document)].flatMap((source) => {
    const found = [
      ...pathProblems(source),
      ...nameProblems(source, names),
      ...securityProblems(definition.document, source),
      ...parametersOf(definition.document, source).flatMap(parameterProblems),
      ...(mockMode || Object.hasOwn(source.node, "x-apigateway-backend") ? [] : [problem(NO_BACKEND)]),
    ];
    return found.map((one) => ({ ...one, pointer: source.pointer + one.pointer }));
  });
  return [
    ...(createsGroup ? titleProblems(definition) : []),
    ...(definition.operations.length === 0 ? [problem("there are no operations to import", "/paths")] : []),
    ...ofOperations,
    ...extensionProblems(definition.document),
  ];
}

const NO_BACKEND = "it has no `x-apigateway-backend`: add one, or set `mockMode` to import it with a mock backend";

/** Names of groups and of APIs start with a letter, a digit or a Chinese character; Chinese punctuation counts as well. */
const NAME = /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9\-_./():（）：、]*$/u;
const NAME_RULE = "a letter, digit or Chinese character first, then also - _ . / ( ) :";

/** The rule for the name of a group, which the import applies to `info.title` only when it creates the group (APIG.2044). */
export function titleProblems({ title }: Pick<Definition, "title">): DefinitionProblem[] {
  if (canNameGroup(title)) return [];
  const way = "change it, give `groupName`, or give `groupId` to import into a group that exists";
  const message = `"${printable(title)}" cannot name the group to create (3 to 64 characters, ${NAME_RULE}): ${way}`;
  return [{ pointer: "/info/title", message }];
}

/** Whether a group may have this name. */
export function canNameGroup(name: string): boolean {
  return lengthOf(name) >= 3 && lengthOf(name) <= 64 && NAME.test(name);
}

/**
 * The name of the group that a definition of this title makes: the title itself, else what is left of it as letters, digits
 * and `_`, which is what the strictest page of the service takes. The title again, where nothing is left.
 */
export function groupNameFrom(title: string): string {
  if (canNameGroup(title)) return title;
  const words = title.match(/[\p{Script=Han}A-Za-z0-9]+/gu) ?? [];
  const first = words.findIndex((word) => /\D/.test(word));
  if (first < 0) return title;
  const name = words.slice(first).join("_").replace(/^\d+/, "");
  const long = lengthOf(name) < 3 ? `${name}_api` : name;
  return Array.from(long).slice(0, 64).join("").replace(/_$/, "");
}

/** Front-end paths: at most 512 characters, and a placeholder is a whole segment; `{proxy+}` takes the rest of the path. */
function pathProblems({ method, path }: OperationSource): DefinitionProblem[] {
  const mixed = path.split("/").find((segment) => /[{}]/.test(segment) && !/^\{[^{}]+\}$/.test(segment));
  return [
    ...(method === "TRACE" ? [problem("APIG has no method TRACE")] : []),
    ...(path.length > 512 ? [problem(`its path has ${path.length} characters; APIG takes 512`)] : []),
    ...(/[#?]/.test(path)
      ? [problem("its path contains # or ?: what follows them never reaches a server as a path")]
      : []),
    ...(/[\p{Cc}\p{Cf}\s]/u.test(path) ? [problem("its path contains white space or control characters")] : []),
    ...(mixed === undefined
      ? []
      : [
          problem(
            `"${printable(mixed)}" is not a placeholder alone: APIG takes them as whole segments, as in /pets/{id}`,
          ),
        ]),
  ];
}

/** Security schemes that do not exist: the service refuses the operation, in the middle of an `up`. */
function securityProblems(document: JsonObject, { node }: OperationSource): DefinitionProblem[] {
  const named = securityRequirements(document, securityListOf(document, node)).flat();
  return named
    .filter(({ scheme }) => scheme === undefined)
    .map(({ name }) =>
      problem(`its security names "${printable(name)}", and there is no such scheme`, pointer("security")),
    );
}

/** An `operationId` becomes the API's name: 3 to 255 characters, unique in the group (APIG.3202). */
function nameProblems(source: OperationSource, names: Map<string, OperationSource>): DefinitionProblem[] {
  const name = textMember(source.node, "operationId");
  if (name === undefined) return [];
  const other = names.get(name);
  names.set(name, other ?? source);
  const quoted = `"${printable(name)}"`;
  const place = pointer("operationId");
  if (other)
    return [problem(`${quoted} is also the operationId of ${printable(other.key)}; names must be unique`, place)];
  if (lengthOf(name) >= 3 && lengthOf(name) <= 255 && NAME.test(name)) return [];
  return [problem(`${quoted} cannot name an API (3 to 255 characters, ${NAME_RULE})`, place)];
}

function parameterProblems(parameter: JsonObject): DefinitionProblem[] {
  const place = textMember(parameter, "in");
  const name = textMember(parameter, "name") ?? "";
  const at = pointer("parameters");
  if (place === "body" || place === "formData") {
    return [problem(`"${printable(name)}" is in ${place}; APIG takes parameters in path, query and header only`, at)];
  }
  if (place === "header" && name.toLowerCase() === "x-auth-token") {
    return [problem("APIG imports no operation with a header parameter X-Auth-Token: remove it", at)];
  }
  return [];
}

function problem(message: string, place = ""): DefinitionProblem {
  return { pointer: place, message };
}

/** Characters as people count them: one for each Chinese character. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
