import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./temporary";

const run = promisify(execFile);

/** A PostgreSQL server of our own on 127.0.0.1, with one superuser who needs a password. */
export interface Postgres {
  readonly user: string;
  readonly password: string;
  /** `127.0.0.1:port/database?options`: what follows the user in an address. */
  readonly place: string;
  /** Address with user and password, for `pulumi login`. */
  readonly url: string;
  /** Stops the server and removes its files. */
  close(): Promise<void>;
}

/**
 * Starts a server with fresh files on a free port.
 * @throws Error with one sentence if PostgreSQL is not installed
 */
export async function startPostgres(): Promise<Postgres> {
  const bin = findServer();
  const owner = await serverOwner();
  const folder = temporaryFolder();
  let server: ChildProcess | undefined;
  const stop = (): void => void server?.kill("SIGQUIT"); // at once: nothing in it is worth a checkpoint
  process.once("exit", stop);
  const close = async (): Promise<void> => {
    process.off("exit", stop);
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server?.once("exit", resolve));
      stop();
      await ended;
    }
    folder.remove();
  };
  try {
    const [user, password] = ["pulumi", "not-a-secret"];
    if (owner) chownSync(folder.path, owner.uid, owner.gid);
    const passwordFile = join(folder.path, "password");
    writeFileSync(passwordFile, password);
    const data = join(folder.path, "data");
    const initial = ["-U", user, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8", "--locale=C"];
    await run(join(bin, "initdb"), ["-D", data, "--no-sync", ...initial], { cwd: folder.path, ...owner });
    const port = await freePort();
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
    server = spawn(
      join(bin, "postgres"),
      ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      { cwd: folder.path, stdio: ["ignore", "ignore", "pipe"], ...owner },
    );
    await untilReady(server);
    const place = `127.0.0.1:${port}/postgres?sslmode=disable`;
    return { user, password, place, url: `postgres://${user}:${password}@${place}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The folder of the server's programs; Debian keeps them, one folder a version, out of `PATH`. */
function findServer(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(root, version, "bin")), ...(process.env["PATH"] ?? "").split(":")];
  const bin = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (bin === undefined) throw new Error("These tests need a PostgreSQL server: run `apt-get install postgresql`.");
  return bin;
}

/** PostgreSQL refuses to run as root; its package brings a user for it. */
async function serverOwner(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "postgres"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** @throws Error with what the server wrote, when it ends instead */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      if (log.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject).once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}
