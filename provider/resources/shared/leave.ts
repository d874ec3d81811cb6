import type { Neighbours } from "../../lifecycle/claims";

/** A record at the service that a resource does not want any more. */
export interface Left {
  /** Natural keys by which another resource of the program may use it. */
  readonly holders: readonly string[];
  /** Keys of the record itself, now and when this resource made it. */
  readonly records: readonly string[];
  /** Whether this resource, or another one of the stack, made it. A record that existed before belongs to others. */
  readonly isOurs: boolean;
  /** Whether somebody has replaced it by another record since. */
  readonly isReplaced?: boolean;
}

/**
 * Decides which records are deleted with a resource. A record that another resource of the program uses is given to that
 * one. A record that this stack made, and nobody replaced, is deleted (`going`). The rest belongs to others (`staying`).
 */
export function leave<Each>(
  left: readonly Each[],
  about: (each: Each) => Left,
  neighbours: Neighbours,
): { readonly going: readonly Each[]; readonly staying: readonly Each[] } {
  const going: Each[] = [];
  const staying: Each[] = [];
  for (const each of left) {
    const { holders, records, isOurs, isReplaced = false } = about(each);
    if (holders.some((key) => neighbours.isHeld(key))) {
      // The resource that uses it found it, and could not know that this stack had made it.
      if (isOurs) for (const key of records) neighbours.handOver(key);
    } else if (isOurs && !isReplaced) going.push(each);
    else staying.push(each);
  }
  return { going, staying };
}
