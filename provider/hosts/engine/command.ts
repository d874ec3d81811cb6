/** The command of the engine that this process serves, such as `pulumi up`. The engine does not tell it, so we read the command line of the engine's process. */
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

export interface EngineCommand {
  readonly pid: number;
  /** When its process was started, in the system's words: a later process may have the same number. */
  readonly started: string;
  readonly words: readonly string[];
}

/** How many parents up to look: a shell starts the provider, and the engine starts the shell. */
const generations = 3;

/** Undefined if the system does not show other processes. */
export function engineCommand(pid = process.ppid): EngineCommand | undefined {
  for (let left = generations, next = pid; left > 0 && next > 1; left--) {
    const { parent, ...found } = processOf(next);
    if (isEngine(found.words)) return found;
    next = parent;
  }
  return undefined;
}

/** Whether the words of a command line are those of the engine. */
export function isEngine([program = ""]: readonly string[]): boolean {
  return /(^|[\\/])pulumi(\.exe)?$/.test(program);
}

function processOf(pid: number): EngineCommand & { readonly parent: number } {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the name in parentheses: the third field is the state.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return { pid, parent: Number(fields[1]), started: fields[19] ?? "", words };
  } catch {
    const { status, stdout } = spawnSync("ps", ["-o", "ppid=,lstart=,args=", "-p", String(pid)], { encoding: "utf8" });
    const [parent = "0", ...rest] = status === 0 ? stdout.trim().split(/\s+/) : [];
    return { pid, parent: Number(parent), started: rest.slice(0, 5).join("-"), words: rest.slice(5) };
  }
}
