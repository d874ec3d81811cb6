/** Finds and kills the processes that the engine starts. */
import { execFileSync } from "node:child_process";

export type Victim = "provider" | "cli";

/** Their command lines differ in this. */
const marks: Record<Victim, RegExp> = { provider: /dynamic-provider/, cli: /^(\S*\/)?pulumi (up|destroy) / };

/** Kills the processes of that kind below this one, with SIGKILL. Returns the ids of their children, which still run. */
export function kill(victim: Victim): readonly number[] {
  const processes = all();
  const ours = descendants(processes, [process.pid]);
  const victims = processes
    .filter(({ pid, command }) => ours.has(pid) && marks[victim].test(command))
    .map(({ pid }) => pid);
  end(victims);
  return [...descendants(processes, victims)].filter((pid) => !victims.includes(pid));
}

export function isAlive(pid: number): boolean {
  return all().some((running) => running.pid === pid && !running.command.includes("<defunct>"));
}

/** Kills those of these processes that still run. */
export function end(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function all(): Running[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [, pid = "", parent = "", command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === "" ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** The roots, their children, the children of those, and so on. */
function descendants(processes: readonly Running[], roots: readonly number[]): Set<number> {
  const found = new Set(roots);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid);
  }
  return found;
}
