/** Adds up what the schedules of a run did, for the report. */
import { appendFileSync } from "node:fs";
import type { RunCounts } from "./run-schedule";
import type { Fault, ServiceFaults } from "./service-faults";

type Counts = Readonly<Record<string, number>>;

/** What is in a schedule. */
export interface Contents {
  readonly operations: number;
  readonly withFaults: readonly ServiceFaults[];
  readonly changes: number;
}

export class Totals {
  readonly #counts = new Map<string, number>();

  add({ operations, withFaults, changes }: Contents, { calls, faulty, failedSteps, repaired }: RunCounts): void {
    this.#count("schedules");
    this.#count("operations", operations);
    this.#count("operations that failed", failedSteps);
    this.#count("calls", calls);
    this.#count("calls that failed", faulty);
    this.#count("repairs by a user", repaired);
    this.#count("changes by others", changes);
    for (const { faults, throttle, roomForApis } of withFaults) {
      for (const fault of faults) this.#count(`faults: ${kindOf(fault)}`);
      if (throttle !== undefined) this.#count("faults: throttling");
      if (roomForApis !== undefined) this.#count("faults: room for only some APIs of an import");
    }
  }

  /** Adds a line of JSON to the file named by the variable `TOTALS`, if it is set. */
  report(): void {
    const file = process.env["TOTALS"];
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(Object.fromEntries(this.#counts))}\n`);
  }

  #count(what: string, by = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + by);
  }
}

/** The lines of several runs added up. */
export function sum(lines: string): Counts {
  const counts = new Map<string, number>();
  for (const line of lines.split("\n").filter((each) => each !== "")) {
    for (const [what, count] of Object.entries(JSON.parse(line) as Counts)) {
      counts.set(what, (counts.get(what) ?? 0) + count);
    }
  }
  return Object.fromEntries([...counts].sort());
}

function kindOf({ kind }: Fault): string {
  if (kind === "dropBefore") return "dropped before the effect";
  if (kind === "dropAfter") return "dropped after the effect";
  if (kind === "another") return "answer about another object";
  if ("delay" in kind) return "slow answer";
  if (!("status" in kind)) return Object.entries(kind).flat().join(" ");
  const { status, effect } = kind;
  if (status < 300)
    return effect ? "success status with an error inside, with effect" : "success status with an error inside";
  return `${status}${effect ? " with effect" : ""}`;
}
