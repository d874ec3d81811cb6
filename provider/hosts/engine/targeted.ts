import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

/** How far up the command is: a provider is started by a shell, the shell by the engine. */
const generations = 3;

const targeting = ["--target", "-t", "--target-replace", "--exclude"];

/**
 * Whether this process serves an update of only some resources of a program. The engine tells providers nothing of that, so
 * the command is read where it stands: in the arguments of the engine's process.
 */
export function isTargetedUpdate(pid = process.ppid): boolean {
  for (let left = generations, next = pid; left > 0 && next > 1; left--) {
    const { parent, words } = commandOf(next);
    if (isTargeting(words)) return true;
    next = parent;
  }
  return false;
}

/** Whether the words of a command line are those of such an update. With `--target-dependents` no dependent resource is left out. */
export function isTargeting(words: readonly string[]): boolean {
  const [program = "", ...rest] = words;
  if (!/(^|[\\/])pulumi(\.exe)?$/.test(program) || !rest.some((word) => word === "up" || word === "update"))
    return false;
  const flags = rest.map((word) => word.split("=", 1)[0] ?? "");
  return flags.some((flag) => targeting.includes(flag)) && !flags.includes("--target-dependents");
}

/** Unknown where the system tells no process about another one. */
function commandOf(pid: number): { parent: number; words: readonly string[] } {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return { parent: Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]), words };
  } catch {
    const { status, stdout } = spawnSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" });
    const [parent = "0", ...words] = status === 0 ? stdout.trim().split(/\s+/) : [];
    return { parent: Number(parent), words };
  }
}
