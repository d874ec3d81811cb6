/** The `definition` input: opens, reads and checks what the program gave. */
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

/** The definition is wrong. The message lists all problems. */
export class DefinitionInputError extends Error {
  override readonly name = "DefinitionInputError";
}

/** Options of the import that change the content of the document. */
export interface ImportOptions extends Arrangement {
  readonly createsGroup: boolean;
  /** Name of the group that the import makes. Default: made from the title. */
  readonly groupName?: string | undefined;
}

/** A definition ready to be imported. */
export interface Document {
  readonly definition: Definition;
  /** Key such as `GET /pets` to a line about the operation. An unchanged line needs no import. */
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
 * @throws DefinitionInputError when it cannot be read, is not OpenAPI or Swagger, or when APIG would refuse it
 */
export async function loadDocument(input: unknown, options: ImportOptions): Promise<Document> {
  const definition = await read(input, options);
  const title = options.createsGroup ? (options.groupName ?? groupNameFrom(definition.title)) : definition.title;
  if (options.createsGroup && !canNameGroup(title)) throw new DefinitionInputError(titleProblem(definition.title));
  return {
    definition,
    operations: Object.fromEntries(definition.operations.map(({ key, line }) => [key, line])),
    title,
    // Trimmed, because the service shows what was sent, and a YAML block ends with a line break.
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
