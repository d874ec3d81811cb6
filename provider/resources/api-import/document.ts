/** The `definition` input: from what the program gave to a definition that has been read and checked. */
import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { Asset } from "../../lifecycle/asset";
import { isPlainObject } from "../../lifecycle/properties";
import {
  checkDefinition,
  DefinitionError,
  describeProblems,
  groupNameFrom,
  loadDefinition,
  operationsMap,
  withLines,
  type Definition,
  type DefinitionProblem,
} from "../../definition";

/** The most of `info.description` that becomes the group's remark; the service documents 255 and, elsewhere, 1,000. */
const remarkLength = 255;

/** What is wrong with the definition; the message lists it all. */
export class DefinitionInputError extends Error {
  override readonly name = "DefinitionInputError";
}

/** How the definition is going to be imported, as far as it changes what the document means. */
export interface ImportOptions {
  readonly createsGroup: boolean;
  /** Name of the group that the import makes, where that is not the title's business. */
  readonly groupName?: string | undefined;
  readonly mockMode: boolean;
  readonly simpleMode: boolean;
}

/** A definition ready to be imported. */
export interface Document {
  readonly definition: Definition;
  /** Key such as `GET /pets` to fingerprint of the operation and of the modes that shape it. */
  readonly operations: Readonly<Record<string, string>>;
  /** Name of a group that the import makes. */
  readonly title: string;
  /** Remark of a group that the import makes. */
  readonly description: string | undefined;
}

/**
 * Reads and checks a definition.
 *
 * @param input a file or string asset, the text itself, or the document as an object
 * @throws DefinitionInputError when it cannot be read, is no OpenAPI 3.0 or Swagger 2.0, or APIG would refuse it
 */
export async function loadDocument(input: unknown, options: ImportOptions): Promise<Document> {
  const source = await sourceOf(input);
  const definition = withGroup(await load(source), options);
  const problems = checkDefinition(definition, options);
  if (problems.length > 0) throw refused(problems, source);
  return {
    definition,
    operations: shaped(operationsMap(definition), options),
    title: definition.title,
    description: definition.description,
  };
}

async function load(source: Source): Promise<Definition> {
  try {
    return await loadDefinition(source);
  } catch (error) {
    if (error instanceof DefinitionError) throw refused(error.problems, source, error);
    throw new DefinitionInputError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

type Source = string | Readonly<Record<string, unknown>>;

function refused(problems: readonly DefinitionProblem[], source: Source, cause?: Error): DefinitionInputError {
  const located = typeof source === "string" ? withLines(problems, source) : problems;
  return new DefinitionInputError(describeProblems(located), { cause });
}

async function sourceOf(input: unknown): Promise<Source> {
  if (typeof input === "string") return input;
  if (isPlainObject(input)) return input;
  if (!(input instanceof Asset)) {
    throw new DefinitionInputError("must be a file asset, a string asset, a text or an object");
  }
  const { text, path } = input.fields;
  if (typeof text === "string") return text;
  if (typeof path !== "string") {
    throw new DefinitionInputError("a remote asset is not fetched; give a file or the text");
  }
  return readText(path);
}

async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new DefinitionInputError(`cannot read the file ${path} (${code}); paths start at the folder of the program`, {
      cause: error,
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DefinitionInputError(`the file ${path} is not UTF-8 text`, { cause: error });
  }
}

/**
 * What the service makes of `info` when it makes the group: the title is its name, and the description its remark, which is
 * short, while descriptions are often long. White space around that, such as the line end of a YAML block, is dropped,
 * so that what the service shows is what was sent.
 */
function withGroup(definition: Definition, { createsGroup, groupName }: ImportOptions): Definition {
  const title = createsGroup ? (groupName ?? groupNameFrom(definition.title)) : definition.title;
  const short = Array.from(definition.description?.trim() ?? "")
    .slice(0, remarkLength)
    .join("")
    .trim();
  const info = {
    ...(definition.document["info"] as object),
    title,
    ...(definition.description !== undefined && { description: short }),
  };
  return { ...definition, title, description: short || undefined, document: { ...definition.document, info } };
}

/** The modes decide what an operation becomes, so a change of mode changes the operation. */
function shaped(operations: Record<string, string>, { mockMode, simpleMode }: ImportOptions): Record<string, string> {
  if (!mockMode && !simpleMode) return operations;
  const modes = `${mockMode ? "mock" : ""}${simpleMode ? "simple" : ""}`;
  const shape = (fingerprint: string) =>
    createHash("sha256").update(`${fingerprint} ${modes}`).digest("base64url").slice(0, fingerprint.length);
  return Object.fromEntries(Object.entries(operations).map(([key, fingerprint]) => [key, shape(fingerprint)]));
}
