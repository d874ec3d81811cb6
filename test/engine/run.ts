import { spawn } from "node:child_process";

/** Shows one line to the person who waits. */
export type Log = (line: string) => void;

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Milliseconds after which the program and everything it started are killed. */
  readonly timeout: number;
  /** Prints from time to time how long the program has run and what it printed last; `every` in milliseconds. */
  readonly progress?: { readonly what: string; readonly log: Log; readonly every?: number };
}

const longestReason = 300;

/** Lines are more frequent on a terminal than in a log file. */
const often = process.stderr.isTTY ? 10_000 : 30_000;

/**
 * Runs a program to its end, without a shell.
 * @returns what it printed on stdout
 * @throws Error whose message is the last line the program printed on stderr, or why it did not run
 */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  // Its own process group, so that all processes that it starts end with it.
  const child = spawn(command, args, {
    env: { ...options.env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let stdout = "";
  let lastLine = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    lastLine = text.trimEnd().split("\n").at(-1)?.slice(0, longestReason) ?? lastLine;
  });

  const endGroup = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGKILL");
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    endGroup();
    process.kill(process.pid, signal); // the handler is gone by now (`once`), so this ends us as it would have
  };
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  const { progress } = options;
  const heartbeat =
    progress &&
    setInterval(
      () => progress.log(`${progress.what}: ${seconds()} s, now ${lastLine || "starting"}`),
      progress.every ?? often,
    );
  let deadline: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => {
      endGroup();
      reject(new Error(`${command} took longer than ${options.timeout / 1000} seconds`));
    }, options.timeout);
  });
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal).once("exit", endGroup);
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    const code = await Promise.race([ended, tooLate]);
    if (code !== 0) throw new Error(lastLine || `${command} ended with ${String(code ?? child.signalCode)}`);
    return stdout;
  } finally {
    clearInterval(heartbeat);
    clearTimeout(deadline);
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal).off("exit", endGroup);
  }
}
