import { own } from "../core/own";
import type { World } from "../core/types";
import { csmsState, type Secret } from "./model";
import type { Filter } from "./query";

/** The secrets of one project, with indexes for fast look-ups. Everything is made from the store. */
export class Project {
  private readonly byName: Map<string, Secret>;
  private readonly byId: Map<string, Secret>;
  private readonly scheduled: Set<Secret>;
  /** Results of tag queries, kept until something changes: one query has hundreds of pages. */
  private readonly found = new Map<string, readonly Secret[]>();

  constructor(private readonly stored: Record<string, Secret>) {
    const all = Object.values(stored);
    this.byName = new Map(all.map((secret) => [secret.name, secret]));
    this.byId = new Map(all.map((secret) => [secret.id, secret]));
    this.scheduled = new Set(all.filter(({ scheduledDeleteTime }) => scheduledDeleteTime !== null));
  }

  /** Every secret, oldest first. */
  get all(): readonly Secret[] {
    return [...this.byName.values()];
  }

  named(name: string): Secret | undefined {
    return this.byName.get(name);
  }

  withId(id: string): Secret | undefined {
    return this.byId.get(id);
  }

  get size(): number {
    return this.byName.size;
  }

  /** Stores a new or a changed secret. */
  put(secret: Secret): void {
    this.stored[secret.name] = secret;
    this.byName.set(secret.name, secret);
    this.byId.set(secret.id, secret);
    if (secret.scheduledDeleteTime === null) this.scheduled.delete(secret);
    else this.scheduled.add(secret);
    this.found.clear();
  }

  remove(secret: Secret): void {
    Reflect.deleteProperty(this.stored, secret.name);
    this.byName.delete(secret.name);
    this.byId.delete(secret.id);
    this.scheduled.delete(secret);
    this.found.clear();
  }

  /** Deletes the secrets whose scheduled time has come. */
  purge(now: number): void {
    for (const secret of this.scheduled) if ((secret.scheduledDeleteTime ?? Infinity) <= now) this.remove(secret);
  }

  /** The secrets a tag query selects, in a stable order. */
  search(filter: Filter): readonly Secret[] {
    const key = JSON.stringify(filter);
    let found = this.found.get(key);
    if (found === undefined) {
      found = this.all.filter((secret) => selects(filter, secret));
      this.found.set(key, found);
    }
    return found;
  }
}

/** Keys are AND-ed, the values of a key OR-ed; no values means any. A name match without a text selects nothing. */
function selects({ tags, names }: Filter, secret: Secret): boolean {
  return (
    tags.every(({ key, values }) =>
      secret.tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value))),
    ) && names.every((text) => text !== "" && secret.name.includes(text))
  );
}

/** Look-ups are made once per stored object; a reset brings a new object. */
const open = new WeakMap<Record<string, Secret>, Project>();

export function projectOf(world: World, projectId: string): Project {
  const stored = own(csmsState(world), projectId);
  if (stored === undefined) throw new Error(`no project ${projectId}`);
  let project = open.get(stored);
  if (project === undefined) {
    project = new Project(stored);
    open.set(stored, project);
  }
  project.purge(world.now());
  return project;
}
