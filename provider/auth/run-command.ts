import { spawn, spawnSync, type ChildProcess } from "node:child_process";

/** A command that takes longer than this is stuck, perhaps waiting for somebody to type. */
const TIME_LIMIT = 60_000;

/** No token is longer, and an endless output must not fill the memory. */
const LONGEST_OUTPUT = 1024 * 1024;

/** Processes get a group of their own, so that all of them can be ended; Windows knows trees instead. */
const isWindows = process.platform === "win32";

export interface CommandOptions {
  /** Names of environment variables that the command does not get. */
  readonly hidden?: readonly string[];
  /** In milliseconds. Default: a minute. */
  readonly timeLimit?: number;
}

/**
 * Runs a command line in the shell and gives its standard output, which is a secret. When it takes too long, or when this
 * process ends, everything that it has started ends with it.
 *
 * @throws Error of nothing but how it ended, never of what it printed
 */
export function runCommand(
  command: string,
  { hidden = [], timeLimit = TIME_LIMIT }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      detached: !isWindows,
      windowsHide: true,
      env: environmentFor(process.env, hidden),
      stdio: ["ignore", "pipe", "ignore"],
    });
    const output: Buffer[] = [];
    let length = 0;
    let problem: string | undefined;
    const end = () => endAll(child);
    const stop = (why: string) => {
      problem ??= why;
      end();
      // What left the group may hold the other end for ever.
      child.stdout.destroy();
    };
    const timer = setTimeout(stop, timeLimit, "did not end in time");
    process.once("exit", end);
    child.stdout.on("data", (chunk: Buffer) => {
      output.push(chunk);
      length += chunk.length;
      if (length > LONGEST_OUTPUT) stop("printed more than any token has");
    });
    child.once("error", () => reject(new Error("could not be started")));
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      process.removeListener("exit", end);
      if (code !== 0) problem ??= `failed with exit code ${code ?? signal ?? "unknown"}`;
      if (problem === undefined) resolve(Buffer.concat(output).toString());
      else reject(new Error(problem));
    });
  });
}

function endAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (isWindows) spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
  else
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // All of them have ended already.
    }
}

/** The environment without what is none of the command's business: the engine's secrets, and credentials of ours. */
function environmentFor(environment: NodeJS.ProcessEnv, hidden: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_") && !hidden.includes(name)),
  );
}
