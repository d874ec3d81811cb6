import { engineCommand, isEngine } from "./command";

const targeting = ["--target", "-t", "--target-replace", "--exclude"];

/** Whether this process serves an update with `--target` or `--exclude`. */
export function isTargetedUpdate(pid = process.ppid): boolean {
  return isTargeting(engineCommand(pid)?.words ?? []);
}

/**
 * Whether a command line starts such an update. With `--target-dependents`, dependent resources are updated, too, so
 * that does not count.
 */
export function isTargeting(words: readonly string[]): boolean {
  const rest = words.slice(1);
  if (!isEngine(words) || !rest.some((word) => word === "up" || word === "update")) return false;
  const flags = rest.map((word) => word.split("=", 1)[0] ?? "");
  return flags.some((flag) => targeting.includes(flag)) && !flags.includes("--target-dependents");
}
