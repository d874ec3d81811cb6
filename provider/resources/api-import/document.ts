/** The `definition` input: from what the program gave to a definition that has been read and checked. */
import { Asset } from "../../lifecycle/asset";
import { isPlainObject } from "../../lifecycle/properties";
import {
  canNameGroup,
  clipped,
  DefinitionError,
  groupNameFrom,
  openFile,
  openText,
  readDefinition,
  titleProblem,
  type Arrangement,
  type Definition,
  type SourceFile,
} from "../../definition";

/** What is wrong with the definition; the message lists it all. */
export class DefinitionInputError extends Error {
  override readonly name = "DefinitionInputError";
}

/** How the definition is going to be imported, as far as it changes what the document means. */
export interface ImportOptions extends Arrangement {
  readonly createsGroup: boolean;
  /** Name of the group that the import makes, where that is not the title's business. */
  readonly groupName?: string | undefined;
}

/** A definition ready to be imported. */
export interface Document {
  readonly definition: Definition;
  /** Key such as `GET /pets` to a line about the operation; equal lines need no import. */
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
 * @throws DefinitionInputError when it cannot be read, is no OpenAPI or Swagger, or APIG would refuse what it keeps
 */
export async function loadDocument(input: unknown, options: ImportOptions): Promise<Document> {
  const definition = await read(input, options);
  const title = options.createsGroup ? (options.groupName ?? groupNameFrom(definition.title)) : definition.title;
  if (options.createsGroup && !canNameGroup(title)) throw new DefinitionInputError(titleProblem(definition.title));
  return {
    definition,
    operations: Object.fromEntries(definition.operations.map(({ key, line }) => [key, line])),
    title,
    // Without white space around it, such as the line end of a YAML block: what the service shows is what was sent.
    description: clipped(definition.description ?? "") || undefined,
  };
}

async function read(input: unknown, options: ImportOptions): Promise<Definition> {
  try {
    return await readDefinition(open(input), options);
  } catch (error) {
    throw error instanceof DefinitionError ? new DefinitionInputError(error.message, { cause: error }) : error;
  }
}

function open(input: unknown): SourceFile {
  if (typeof input === "string" || isPlainObject(input)) return openText(input);
  if (!(input instanceof Asset)) {
    throw new DefinitionInputError("must be a file asset, a string asset, a text or an object");
  }
  const { text, path } = input.fields;
  if (typeof text === "string") return openText(text);
  if (typeof path !== "string") {
    throw new DefinitionInputError("a remote asset is not fetched; give a file or the text");
  }
  try {
    return openFile(path);
  } catch (error) {
    if (error instanceof DefinitionError || !(error instanceof Error)) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? error.message;
    throw new DefinitionInputError(`cannot read ${path} (${reason}); paths start at the folder of the program`, {
      cause: error,
    });
  }
}
