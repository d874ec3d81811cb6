import { generator } from "./random";
import { perform, refuse, type Errand } from "./service";
import { Refusal, type Reply } from "./types";

/** A write to an APIG instance. */
export interface Write {
  readonly instanceId: string;
  /** Probability that it conflicts with one other write. */
  readonly chance: number;
}

/** A write that fails because of others, without effect or after it. The answers are the same. */
export type Conflict = "without effect" | "after the effect";

/** The answers leave open how many failed writes took effect. A client has to expect both. */
const effectShare = 0.2;

/** The call as a write, unless it only reads, or its path names no instance that exists: then there is no database. */
export function writeOf({ world, route, call }: Errand): Write | undefined {
  const { project_id: projectId, instance_id: instanceId = "" } = call.params;
  const exists = world.places.some((place) => place.projectId === projectId && place.instanceId === instanceId);
  if (route.method === "GET" || !exists) return undefined;
  return { instanceId, chance: world.options.writeConflicts };
}

/** The answer to a write that conflicts. What is refused when it takes effect is refused as always. */
export async function answerConflict(errand: Errand, conflict: Conflict): Promise<Reply> {
  if (conflict === "after the effect") await perform(errand);
  const refusal = new Refusal(500, "APIG.3500", "Failed to synchronize data to etcd");
  return { ...refuse(errand.world, errand.service.dialect, refusal), note: `write conflict, ${conflict}` };
}

/** Counts the writes in flight at each instance, and draws which of them conflict. */
export class WriteConflicts {
  private readonly inFlight = new Map<string, Set<{ others: number }>>();
  private random = generator(1);

  /** Draws the same sequence again, as after a start. */
  restart(): void {
    this.random = generator(1);
  }

  /** Waits for a call. If it is a write, it is in flight meanwhile; the answer says whether it conflicts with others. */
  async during(write: Write | undefined, wait: () => Promise<void>): Promise<Conflict | undefined> {
    if (write === undefined) {
      await wait();
      return undefined;
    }
    const probability = 1 - (1 - write.chance) ** (await this.othersDuring(write.instanceId, wait));
    if (probability === 0 || this.random() >= probability) return undefined;
    return this.random() < effectShare ? "after the effect" : "without effect";
  }

  /** The most other writes to the instance that were in flight together with this one. */
  private async othersDuring(instanceId: string, wait: () => Promise<void>): Promise<number> {
    const writes = this.inFlight.get(instanceId) ?? new Set();
    this.inFlight.set(instanceId, writes);
    const own = { others: 0 };
    writes.add(own);
    // Also for those that came first: whether one of two writes fails does not depend on their order.
    for (const each of writes) each.others = Math.max(each.others, writes.size - 1);
    await wait();
    writes.delete(own);
    return own.others;
  }
}
