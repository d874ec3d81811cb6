/** The files of a definition: the main file, and the files that it refers to, in its folder and below. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { MAX_SIZE, type JsonObject } from "./json";
import { lineFinder } from "./lines";
import { DefinitionError, printable, type Origin } from "./problem";
import { readSource } from "./source";

export interface SourceFile extends Origin {
  readonly root: JsonObject;
  /**
   * Opens the file that a reference names; the reference has no fragment.
   *
   * @throws Error with the reason why the file is not read
   */
  readonly open: (reference: string) => SourceFile;
}

/** Definitions in many files have one for each path and schema. More than this is a mistake or an attack. */
const MAX_FILES = 1000;

/** Opens a definition that the program gives as a text or an object. It has no folder, so it cannot refer to files. */
export function openText(source: string | Readonly<Record<string, unknown>>): SourceFile {
  const origin = { lineOf: typeof source === "string" ? lineFinder(source) : () => undefined };
  return {
    ...origin,
    root: readAt(origin, source),
    open: (reference) => {
      refuseRemote(reference);
      throw new Error("a text has no folder: give the definition as a FileAsset");
    },
  };
}

/**
 * Opens a definition in a file. The file may refer to others in its folder and below.
 *
 * @throws DefinitionError when it is not a definition, Error when it cannot be read
 */
export function openFile(path: string): SourceFile {
  const real = realpathSync(path);
  const files = new Map<string, SourceFile>();
  let size = 0;

  const open = (file: string): SourceFile => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const stats = statSync(file);
    if (!stats.isFile()) throw new Error("it is a folder, or no ordinary file");
    size += stats.size;
    if (size > MAX_SIZE) throw new Error(`the files have more than ${MAX_SIZE / 1024 / 1024} MB together`);
    if (files.size === MAX_FILES) throw new Error(`the definition has more than ${MAX_FILES} files`);
    const opened = read(file);
    files.set(file, opened);
    return opened;
  };

  const read = (file: string): SourceFile => {
    const text = decode(readFileSync(file));
    const origin = { name: relative(dirname(real), file), lineOf: lineFinder(text) };
    return { ...origin, root: readAt(origin, text), open: (reference) => open(resolveIn(file, reference)) };
  };

  /** The file that a reference leads to, after symbolic links. It must be in the folder of the definition. */
  const resolveIn = (from: string, reference: string): string => {
    refuseRemote(reference);
    const target = resolve(dirname(from), decodeReference(reference));
    const inside = realpathOf(target);
    const way = relative(dirname(real), inside);
    if (isAbsolute(way) || way.split(sep)[0] === "..") throw new Error(`it is outside the folder of ${basename(real)}`);
    return inside;
  };

  return open(real);
}

function readAt(file: Origin, source: string | Readonly<Record<string, unknown>>): JsonObject {
  try {
    return readSource(source);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new DefinitionError(error.problems.map((problem) => ({ ...problem, file })));
  }
}

function refuseRemote(reference: string): void {
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(reference)) throw new Error("nothing is fetched: only files are read");
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw new Error(`there is no such file (${(error as NodeJS.ErrnoException).code ?? String(error)})`, {
      cause: error,
    });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error("it is not UTF-8 text", { cause: error });
  }
}

function decodeReference(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch (error) {
    throw new Error(`${printable(reference)} is no reference`, { cause: error });
  }
}
