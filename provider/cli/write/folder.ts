/**
 * Writes a folder whole, or not at all: beside its place, and then under its name.
 *
 * Nothing here waits, so Ctrl-C comes before or after it.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** @throws Error if something of that name is there already */
export function demandNew(path: string, option: string): void {
  if (existsSync(path)) throw new Error(`${path} exists already, and is not overwritten: give another ${option}`);
  if (!existsSync(dirname(resolve(path)))) {
    throw new Error(
      `${dirname(resolve(path))} does not exist, so ${path} cannot be made there: make it, or give another ${option}`,
    );
  }
}

/** @param files texts by their paths in the folder */
export function writeFolder(path: string, files: ReadonlyMap<string, string>): void {
  whole(path, (folder) => {
    for (const [name, text] of files) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  });
}

export function writeWholeFile(path: string, text: string): void {
  whole(path, (file) => writeFileSync(file, text));
}

/** @param write writes what is to have the path under the path that it is given */
function whole(path: string, write: (unfinished: string) => void): void {
  const target = resolve(path);
  let unfinished: string | undefined;
  try {
    unfinished = mkdtempSync(join(dirname(target), `.${basename(target)}-unfinished-`));
    const written = join(unfinished, basename(target));
    write(written);
    // Somebody may have made it since the start.
    demandNew(target, "name");
    renameSync(written, target);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(
      `could not write ${path} (${message}): nothing of it is left. Give the disk room, or another place`,
      {
        cause: error,
      },
    );
  } finally {
    if (unfinished !== undefined) rmSync(unfinished, { recursive: true, force: true });
  }
}
