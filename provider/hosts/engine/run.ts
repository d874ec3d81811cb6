/**
 * One run of the engine. The stack's default provider and each explicit provider have a process of their own. The
 * engine may tell one process to delete what another one made, so the processes tell each other what they claim.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Board, Claim } from "../../lifecycle/claims";
import { engineCommand } from "./command";

/** The processes of a run share a folder. Each writes one file there, with a line for each claim. */
export class EngineRun implements Board {
  readonly #runs: string;
  readonly #folder: string;
  readonly #file: string;
  readonly #notes: string;
  readonly #read = new Map<string, { size: number; claims: readonly Claim[] }>();
  #written = false;

  /**
   * @param address of the engine: a new one in each run, also for a preview and the update after it
   * @param home the user's folder for files of this package
   */
  constructor(address: string, home = defaultHome()) {
    this.#runs = join(home, "runs");
    this.#notes = join(home, "handed-over");
    this.#folder = join(this.#runs, address.replaceAll(/[^\w.-]/g, "_"));
    this.#file = join(this.#folder, String(process.pid));
  }

  post(claimant: number, claim: Claim): void {
    if (!this.#written) this.#begin();
    const line: Line = [claimant, claim.stage, [...claim.holds], [...claim.wants], [...claim.had]];
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  others(): readonly Claim[] {
    return processesIn(this.#folder).flatMap((pid) => (pid === process.pid ? [] : this.#claimsOf(String(pid))));
  }

  note(key: string): void {
    mkdirSync(this.#notes, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#notes, key), "");
  }

  hasNote(key: string): boolean {
    return existsSync(join(this.#notes, key));
  }

  /**
   * Whether this is asked for the first time in the command of the engine, whose preview and update are two runs. It stands
   * in a file under the command's process id, which a later run removes.
   */
  isFirst(key: string, command = engineCommand()): boolean {
    if (command === undefined) return true;
    const folder = join(this.#runs, `command-${command.started}`);
    const file = join(folder, String(command.pid));
    const line = createHash("sha256").update(key).digest("base64url").slice(0, 22);
    if (existsSync(file) && readFileSync(file, "utf8").split("\n").includes(line)) return false;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    appendFileSync(file, `${line}\n`);
    return true;
  }

  /** Reads a file again only if it has grown. */
  #claimsOf(process: string): readonly Claim[] {
    const file = join(this.#folder, process);
    const { size } = statSync(file);
    const read = this.#read.get(process);
    if (read?.size === size) return read.claims;
    const claims = claimsIn(file);
    this.#read.set(process, { size, claims });
    return claims;
  }

  #begin(): void {
    this.#written = true;
    sweep(this.#runs);
    // Only the owner may write: another user could prevent deletions here.
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    process.once("exit", () => {
      rmSync(this.#file, { force: true });
      if (processesIn(this.#folder).length === 0) rmSync(this.#folder, { recursive: true, force: true });
    });
  }
}

type Line = readonly [
  claimant: number,
  stage: Claim["stage"],
  holds: readonly string[],
  wants: readonly string[],
  had: readonly string[],
];

function defaultHome(): string {
  return join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "apig");
}

/** The living processes of a run. Dead ones belong to an earlier run with the same address, and claim nothing. */
function processesIn(folder: string): number[] {
  return namesIn(folder).map(Number).filter(isAlive);
}

function claimsIn(file: string): Claim[] {
  const last = new Map<number, Claim>();
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const [claimant, stage, holds, wants, had] = JSON.parse(line) as Line;
    last.set(claimant, { stage, holds: new Set(holds), wants: new Set(wants), had: new Set(had) });
  }
  return [...last.values()];
}

/** Removes the files of killed processes. */
function sweep(runs: string): void {
  for (const run of namesIn(runs)) {
    // A folder without files is new: another process may be about to write there.
    const isBegun = namesIn(join(runs, run)).length > 0;
    if (isBegun && processesIn(join(runs, run)).length === 0) rmSync(join(runs, run), { recursive: true, force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is no folder, so no process has written yet.
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
