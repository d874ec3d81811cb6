/**
 * Which live resource of the program holds what at the services, so that the late delete of an older entry never takes it.
 *
 * The engine creates before it deletes, and it also deletes entries of earlier, failed or renamed runs. Nothing in such a
 * delete tells whether another resource of the program lives on the same object, so the resources claim theirs by
 * natural keys. Before the deletes of a run the engine has asked for every live resource: `check` first, then `diff` or
 * `create`. A refresh, which is also for entries that are to go, asks `diff` without a `check`, and claims nothing.
 */
import { createHash } from "node:crypto";
import { unknownValue } from "./unknown";

/** A claim as it travels between provider processes. Keys are digests: some are made of secrets. */
export interface Claim {
  /** Keys of the objects that the resource uses. */
  readonly holds: ReadonlySet<string>;
  /** Keys of what it is going to be about, by its inputs. */
  readonly wants: ReadonlySet<string>;
  /** Keys of what it had made until now, by its state. */
  readonly had: ReadonlySet<string>;
  /** `read` is only looked at, by a `.get()`. */
  readonly stage: "checked" | "same" | "changed" | "replaced" | "begun" | "made" | "read";
}

/** What the other resources of a program say of an object that one of them leaves. */
export interface Neighbours {
  /** Whether another resource of the program uses the object. */
  isHeld(key: string): boolean;
  /** Passes ownership to the resource that uses the object now: that one found it there and took it for somebody else's. */
  handOver(key: string): void;
  /** Whether what was found there is this stack's own: an older entry left it, or a resource of the program had made it. */
  isOurs(key: string): boolean;
}

/** Where the provider processes of one engine run tell each other what they claim. */
export interface Board {
  /** Says what a claimant of this process claims now, in place of what it said before. */
  post(claimant: number, claim: Claim): void;
  /** What the claimants of the other processes said last. */
  others(): readonly Claim[];
  /** Keeps a note, also for later runs. */
  note(key: string): void;
  hasNote(key: string): boolean;
}

/**
 * For a process that is alone in its run.
 *
 * @param notes kept from earlier runs
 */
export function ownBoard(notes = new Set<string>()): Board {
  return {
    post: () => undefined,
    others: () => [],
    note: (key) => void notes.add(key),
    hasNote: (key) => notes.has(key),
  };
}

interface Claimant extends Claim {
  readonly number: number;
  /** Digest of its checked inputs, which is all that the calls of the host about one resource have in common. */
  readonly print: string;
}

/** The claims of one engine run. */
export class Claims implements Neighbours {
  readonly #claimants: Claimant[] = [];

  constructor(private readonly board: Board = ownBoard()) {}

  /**
   * A `check` found inputs valid.
   *
   * @param isNew whether it came without old inputs: for a new resource, and once more for one that is replaced
   * @param deletesFirst whether the type's replacements may delete first: after one that failed half-way, the engine
   * checks once more also what is unchanged
   * @returns a key that another resource of the program wants, too
   */
  checked(inputs: object, wants: readonly string[], isNew: boolean, deletesFirst: boolean): string | undefined {
    const print = digest(canonical(inputs));
    const replaced = isNew && this.#find(print, "replaced", "changed");
    if (replaced) {
      // What it lives on now is what its replacement deletes, perhaps before the new one is made.
      this.#say(replaced, { holds: nothing, stage: "checked" });
      return undefined;
    }
    const forgiven = isNew && deletesFirst && this.#find(print, "same") !== undefined;
    const others = forgiven ? [] : this.#all();
    const hashes = wants.map(digest);
    const twice = wants.find((_key, index) => others.some((claim) => claim.wants.has(hashes[index] ?? "")));
    this.#add({ print, wants: new Set(hashes), stage: "checked" });
    return twice;
  }

  /**
   * A `diff` begins to compare checked inputs with a state.
   *
   * @param holds what the resource lives on, if it stays
   * @param had what it had made until now
   * @returns to be told what came of it; if it fails, the resource lives on
   */
  comparing(
    inputs: object,
    holds: readonly string[],
    had: readonly string[],
  ): (stage: "same" | "changed" | "replaced") => void {
    const claimant = this.#find(digest(canonical(inputs)), "checked");
    if (claimant === undefined) return () => undefined;
    const changed = this.#say(claimant, { holds: digests(holds), had: digests(had), stage: "changed" });
    return (stage) => void this.#say(changed, stage === "replaced" ? { holds: nothing, stage } : { stage });
  }

  /** A `create` begins: from now on no delete may take what it wants, also if it fails. */
  begun(inputs: object): void {
    const claimant = this.#find(digest(canonical(inputs)), "checked", "replaced");
    if (claimant) this.#say(claimant, { stage: "begun" });
  }

  /** A `create` or an `update` made this much, perhaps before it failed. */
  made(inputs: object, holds: readonly string[]): void {
    const print = digest(canonical(inputs));
    const made = { holds: digests(holds), stage: "made" } as const;
    const claimant = this.#find(print, "begun", "changed", "same");
    if (claimant) this.#say(claimant, made);
    else this.#add({ print, ...made });
  }

  /** A `.get()` looked at an object that it does not manage. */
  seen(holds: readonly string[]): void {
    this.#add({ print: "", holds: digests(holds), stage: "read" });
  }

  /** Whether a live resource of the program has an object. */
  isHeld(key: string): boolean {
    const hash = digest(key);
    const all = this.#all();
    // A destroy that runs the program only reads: what it reads goes with the rest.
    return all.some(({ holds }) => holds.has(hash)) && all.some(({ stage }) => stage !== "read");
  }

  /** Whether a create that is under way, or has failed, wants this for itself. */
  isWanted(key: string): boolean {
    const hash = digest(key);
    return this.#all().some(({ stage, wants }) => stage === "begun" && wants.has(hash));
  }

  /** Whether a resource that is still to be made wants this: a replacement that deletes first makes room for it. */
  isExpected(key: string): boolean {
    const hash = digest(key);
    return this.#all().some(({ stage, wants }) => (stage === "checked" || stage === "replaced") && wants.has(hash));
  }

  handOver(key: string): void {
    this.board.note(digest(key));
  }

  isOurs(key: string): boolean {
    const hash = digest(key);
    return this.board.hasNote(hash) || this.#all().some(({ had }) => had.has(hash));
  }

  #all(): readonly Claim[] {
    return [...this.#claimants, ...this.board.others()];
  }

  #find(print: string, ...stages: Claim["stage"][]): Claimant | undefined {
    return this.#claimants.find((each) => each.print === print && stages.includes(each.stage));
  }

  #add(claim: Pick<Claimant, "print" | "stage"> & Partial<Claim>): Claimant {
    const claimant = { holds: nothing, wants: nothing, had: nothing, ...claim, number: this.#claimants.length };
    this.#claimants.push(claimant);
    this.board.post(claimant.number, claimOf(claimant));
    return claimant;
  }

  #say(claimant: Claimant, now: Partial<Claim>): Claimant {
    const next = { ...claimant, ...now };
    this.#claimants[claimant.number] = next;
    this.board.post(next.number, claimOf(next));
    return next;
  }
}

function claimOf({ holds, wants, had, stage }: Claim): Claim {
  return { holds, wants, had, stage };
}

const nothing: ReadonlySet<string> = new Set();

function digests(keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.map(digest));
}

/** JSON with ordered keys: the host does not keep their order. */
function canonical(inputs: object): string {
  return JSON.stringify(inputs, (_key, value: unknown) => {
    if (value === unknownValue) return String(unknownValue);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
