/** What is known to be true of an import: kept up to date step by step, and recorded also when a later step fails. */
import type { ListedApi } from "../../clients/apig/apis";
import { keyOf, viewOf } from "./view";

/** An API that this resource made, changed or adopted, and therefore may delete. */
export interface OwnApi {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** What the service did last: `create` or `update`; `adopt` when it was found equal and taken over. */
  readonly action: string;
  readonly name: string;
}

/** The outputs of an import besides its place. */
export interface Outcome {
  readonly groupId: string;
  /** Whether the group goes with the resource: it was made or adopted by it. */
  readonly ownsGroup: boolean;
  readonly apis: readonly OwnApi[];
  /** Key to fingerprint of each operation that is as the definition says. */
  readonly operations: Readonly<Record<string, string>>;
  /** What the list call shows of each API of the group. */
  readonly observed: Readonly<Record<string, string>>;
  /** Operations of the definition that were not imported, because an API of someone else is in their way. */
  readonly ignored: readonly string[];
}

export class Progress {
  readonly apis: Map<string, OwnApi>;
  readonly operations: Map<string, string>;
  readonly ignored: Set<string>;
  observed: Readonly<Record<string, string>>;

  constructor(
    readonly groupId: string,
    readonly ownsGroup: boolean,
    before?: Outcome,
  ) {
    this.apis = new Map(before?.apis.map((api) => [`${api.method} ${api.path}`, api]));
    this.operations = new Map(Object.entries(before?.operations ?? {}));
    this.ignored = new Set(before?.ignored);
    this.observed = before?.observed ?? {};
  }

  /** Records an API as ours. */
  own(key: string, api: OwnApi, fingerprint: string | undefined): void {
    this.apis.set(key, api);
    this.ignored.delete(key);
    if (fingerprint !== undefined) this.operations.set(key, fingerprint);
  }

  /** Forgets an API that is not there any more. */
  lose(key: string): void {
    this.apis.delete(key);
    this.operations.delete(key);
  }

  /** Takes in what the list call shows: APIs that vanished are lost, names are as listed. */
  see(listed: readonly ListedApi[]): void {
    const byId = new Map(listed.map((api) => [api.id, api]));
    for (const [key, api] of this.apis) {
      const found = byId.get(api.id);
      if (found === undefined) this.lose(key);
      else this.apis.set(key, { ...api, name: found.name });
    }
    const keys = new Set(listed.map(keyOf));
    for (const key of this.ignored) {
      if (keys.has(key)) continue;
      this.ignored.delete(key);
      this.operations.delete(key);
    }
    this.observed = Object.fromEntries(listed.map((api) => [keyOf(api), viewOf(api)]));
  }

  outcome(): Outcome {
    return {
      groupId: this.groupId,
      ownsGroup: this.ownsGroup,
      apis: [...this.apis.values()],
      operations: Object.fromEntries(this.operations),
      observed: this.observed,
      ignored: [...this.ignored],
    };
  }
}
