import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Named JSON documents. They stay after the process, if a folder is given. */
export interface Files {
  names(): string[];
  read(name: string): unknown;
  /** Returns when the document is written. After a crash meanwhile, the old one is complete. */
  write(name: string, value: unknown): void;
  clear(): void;
}

/**
 * Documents in a folder that only the owner can read, because they hold every credential of the simulator. The folder must
 * be new, empty or from a simulator, because `clear` empties it.
 */
export function filesIn(folder: string): Files {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = readdirSync(folder);
  if (found.length > 0 && !found.includes("identity.json")) {
    throw new Error(`${folder} holds other files: name a new or an empty folder.`);
  }
  chmodSync(folder, 0o700);
  const path = (name: string): string => join(folder, `${name}.json`);
  return {
    names: () => readdirSync(folder).flatMap((file) => /^(\w+)\.json$/.exec(file)?.[1] ?? []),
    read: (name) => (existsSync(path(name)) ? parse(path(name)) : undefined),
    write(name, value) {
      const draft = `${path(name)}.new`;
      writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
      renameSync(draft, path(name));
    },
    clear() {
      for (const file of readdirSync(folder).filter((each) => /\.json(\.new)?$/.test(each))) rmSync(join(folder, file));
    },
  };
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not JSON: take it away, or name another folder.`, { cause: error });
  }
}

export const noFiles: Files = {
  names: () => [],
  read: () => undefined,
  write: () => undefined,
  clear: () => undefined,
};
