/**
 * Records which live resource of the program uses which object, so that the late delete of an old entry never deletes it.
 *
 * The engine creates before it deletes, and it also deletes entries of earlier, failed or renamed runs. Such a delete does
 * not say whether another resource of the program uses the same object. So each resource claims its objects by natural
 * keys. Before the deletes of a run, the engine has called `check` and then `diff` or `create` for every live resource.
 * A refresh also calls `diff` for entries that will be deleted, but without `check`: that claims nothing.
 */
import { createHash } from "node:crypto";
import { Undone } from "./undone";
import { unknownValue } from "./unknown";

/** A claim as provider processes send it to each other. Keys are digests, because some are made of secrets. */
export interface Claim {
  /** Keys of the objects that the resource uses. */
  readonly holds: ReadonlySet<string>;
  /** Keys of the objects that the resource will use, by its inputs. */
  readonly wants: ReadonlySet<string>;
  /** Keys of the objects that the resource made before, by its state. */
  readonly had: ReadonlySet<string>;
  /** `read`: the object was only read, by a `.get()`. */
  readonly stage: "checked" | "same" | "changed" | "replaced" | "begun" | "made" | "read";
}

/** The other resources of a program: what they claim, for a resource that will delete an object, and what they may do yet. */
export interface Neighbours {
  readonly undone: Undone;
  /** Whether another resource of the program uses the object. */
  isHeld(key: string): boolean;
  /** Gives the object to the resource that uses it now: that one found it, and took it for somebody else's. */
  handOver(key: string): void;
  /** Whether an object that was found belongs to this stack: an old entry, or a resource of the program, made it. */
  isOurs(key: string): boolean;
}

/** The claims that the provider processes of one engine run share. */
export interface Board {
  /** Replaces the claim of a claimant of this process. */
  post(claimant: number, claim: Claim): void;
  /** The latest claims of the other processes. */
  others(): readonly Claim[];
  /** Records a note for this run and later ones. */
  note(key: string): void;
  hasNote(key: string): boolean;
}

/**
 * The board of a process that is alone in its run.
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
  /** Digest of the checked inputs: the only thing that all calls of the host about one resource share. */
  readonly print: string;
}

/** The claims of one engine run. */
export class Claims implements Neighbours {
  readonly undone = new Undone();
  readonly #claimants: Claimant[] = [];

  constructor(private readonly board: Board = ownBoard()) {}

  /**
   * Claims what a resource wants, after its `check` found the inputs valid.
   *
   * @param isNew whether `check` got no old inputs: for a new resource, and again for one that is replaced
   * @param deletesFirst whether the type's replacements may delete first: after a failed one, the engine also checks
   * unchanged resources again
   * @returns a key that another resource of the program wants, too
   */
  checked(inputs: object, wants: readonly string[], isNew: boolean, deletesFirst: boolean): string | undefined {
    const print = digest(canonical(inputs));
    const replaced = isNew && this.#find(print, "replaced", "changed");
    if (replaced) {
      // The replacement deletes the object that it uses now, perhaps before the new one is made.
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

  /** Whether these inputs are those of a resource that was made before, although `check` may get no old ones: it is replaced. */
  isMade(inputs: object): boolean {
    return this.#find(digest(canonical(inputs)), "replaced", "changed", "same") !== undefined;
  }

  /** Whether a program gave these inputs in this run. A refresh compares inputs of earlier runs. */
  isChecked(inputs: object): boolean {
    return this.#find(digest(canonical(inputs)), "checked") !== undefined;
  }

  /**
   * Called before a `diff` compares checked inputs with a state.
   *
   * @param holds the objects that the resource uses, unless it is replaced
   * @param had the objects that it made before
   * @returns a function to call with the result; without that call the resource counts as kept
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

  /** Called before a `create`: from now on no delete may take what it wants, even if the create fails. */
  begun(inputs: object): void {
    const claimant = this.#find(digest(canonical(inputs)), "checked", "replaced");
    if (claimant) this.#say(claimant, { stage: "begun" });
  }

  /** Called with the objects that a `create` or an `update` made, also if it failed after that. */
  made(inputs: object, holds: readonly string[]): void {
    const print = digest(canonical(inputs));
    const made = { holds: digests(holds), stage: "made" } as const;
    const claimant = this.#find(print, "begun", "changed", "same");
    if (claimant) this.#say(claimant, made);
    else this.#add({ print, ...made });
  }

  /** Called after a `.get()`: it read an object that it does not manage. */
  seen(holds: readonly string[]): void {
    this.#add({ print: "", holds: digests(holds), stage: "read" });
  }

  /** Whether a live resource of the program uses an object. */
  isHeld(key: string): boolean {
    const hash = digest(key);
    const all = this.#all();
    // If all claims are reads, a destroy runs the program: then what it reads is deleted, too.
    return all.some(({ holds }) => holds.has(hash)) && all.some(({ stage }) => stage !== "read");
  }

  /** Whether a create that runs, or has failed, wants this object. */
  isWanted(key: string): boolean {
    const hash = digest(key);
    return this.#all().some(({ stage, wants }) => stage === "begun" && wants.has(hash));
  }

  /** Whether a resource that will be created wants this object: a replacement that deletes first deletes it for that. */
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

/** JSON with sorted keys, because the host does not keep their order. */
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
