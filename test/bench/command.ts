import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface Taken {
  /** From start to end. */
  readonly seconds: number;
  /** Processor seconds of the command and of everything it started and waited for. */
  readonly cpu: number;
}

/** The shell's `times` has the processor time of all its child processes. */
const script = '"$@" >&2; code=$?; times; exit $code';

/**
 * Runs a command to its end.
 *
 * @throws Error with everything it printed, if it fails
 */
export async function timed(command: readonly string[], { env, cwd }: CommandOptions): Promise<Taken> {
  const began = performance.now();
  const child = spawn("sh", ["-c", script, "sh", ...command], { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
  let times = "";
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (times += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(`${command.join(" ")} failed:\n${printed}`);
  return { seconds: (performance.now() - began) / 1000, cpu: processorSeconds(times) };
}

/** Adds up the second line, such as `1m2.34s 0m0.56s`: user and system time of the child processes. */
function processorSeconds(times: string): number {
  const [, children = ""] = times.split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
