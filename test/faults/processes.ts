/** The processes that the engine starts, and their end without a word. */
import { execFileSync } from "node:child_process";

export type Victim = "provider" | "cli";

/** What tells them apart on their command lines. */
const marks: Record<Victim, RegExp> = { provider: /dynamic-provider/, cli: /^(\S*\/)?pulumi (up|destroy) / };

/** Kills what this process started of that kind, with SIGKILL. Answers how many that were. */
export function kill(victim: Victim): number {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const processes = table.split("\n").flatMap((line) => {
    const [, pid = "", parent = "", command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === "" ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const ours = new Set([process.pid]);
  for (let before = 0; before < ours.size;) {
    before = ours.size;
    for (const { pid, parent } of processes) if (ours.has(parent)) ours.add(pid);
  }
  const victims = processes.filter(({ pid, command }) => ours.has(pid) && marks[victim].test(command));
  for (const { pid } of victims) process.kill(pid, "SIGKILL");
  return victims.length;
}
