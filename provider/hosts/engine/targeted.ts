import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";

/** How many parents up to look: a shell starts the provider, and the engine starts the shell. */
const generations = 3;

const targeting = ["--target", "-t", "--target-replace", "--exclude"];

/**
 * Whether this process serves an update with `--target` or `--exclude`. The engine does not tell providers, so we read
 * the command line of the engine's process.
 */
export function isTargetedUpdate(pid = process.ppid): boolean {
  for (let left = generations, next = pid; left > 0 && next > 1; left--) {
    const { parent, words } = commandOf(next);
    if (isTargeting(words)) return true;
    next = parent;
  }
  return false;
}

/**
 * Whether a command line starts such an update. With `--target-dependents`, dependent resources are updated, too, so
 * that does not count.
 */
export function isTargeting(words: readonly string[]): boolean {
  const [program = "", ...rest] = words;
  if (!/(^|[\\/])pulumi(\.exe)?$/.test(program) || !rest.some((word) => word === "up" || word === "update"))
    return false;
  const flags = rest.map((word) => word.split("=", 1)[0] ?? "");
  return flags.some((flag) => targeting.includes(flag)) && !flags.includes("--target-dependents");
}

/** The words and the parent of a process. Empty if the system does not show other processes. */
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
