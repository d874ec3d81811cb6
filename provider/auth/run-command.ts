import { spawn, spawnSync, type ChildProcess } from "node:child_process";

/** Default time limit: a slower command hangs, perhaps because it waits for input. */
const TIME_LIMIT = 60_000;

/** No token is longer. An endless output must not fill the memory. */
const LONGEST_OUTPUT = 1024 * 1024;

/** The command gets its own process group, so that all its processes can be ended. Windows has process trees instead. */
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
 * @throws Error that says how it ended, and never what it printed
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
      // A process that left the group may keep the other end open for ever.
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

/** The environment without the engine's secrets and without our credentials. */
function environmentFor(environment: NodeJS.ProcessEnv, hidden: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_") && !hidden.includes(name)),
  );
}
