import { engineCommand, isEngine } from "./command";

const targeting = ["--target", "-t", "--target-replace", "--exclude"];

/** Whether this process serves an update of only some resources of a program. */
export function isTargetedUpdate(pid = process.ppid): boolean {
  return isTargeting(engineCommand(pid)?.words ?? []);
}

/** Whether the words of a command line are those of such an update. With `--target-dependents` no dependent resource is left out. */
export function isTargeting(words: readonly string[]): boolean {
  const rest = words.slice(1);
  if (!isEngine(words) || !rest.some((word) => word === "up" || word === "update")) return false;
  const flags = rest.map((word) => word.split("=", 1)[0] ?? "");
  return flags.some((flag) => targeting.includes(flag)) && !flags.includes("--target-dependents");
}
