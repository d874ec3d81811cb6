import type { Neighbours } from "../../lifecycle/claims";

/** What is known of a record at the service that a resource does not want any more. */
export interface Left {
  /** Natural keys under which another resource of the program may hold it. */
  readonly holders: readonly string[];
  /** Keys of the very record, and of what it was when this resource made it. */
  readonly records: readonly string[];
  /** Whether this resource, or another one of the stack, made it. A record that existed before belongs to others. */
  readonly isOurs: boolean;
  /** Whether somebody has put another record in its place since. */
  readonly isReplaced?: boolean;
}

/**
 * Sorts what a resource leaves: what another resource of the program holds is handed over to that one, what is still as this
 * resource made it goes, and the rest stays because it is somebody else's.
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
      // The resource that holds it now found it there, and could not know that this stack had made it.
      if (isOurs) for (const key of records) neighbours.handOver(key);
    } else if (isOurs && !isReplaced) going.push(each);
    else staying.push(each);
  }
  return { going, staying };
}
