/** What is known to be true of an import: kept up to date step by step, and recorded also when a later step fails. */
import { authenticationOf, publicationsOf, type ListedApi } from "../../clients/apig/apis";
import type { Inside, Operation } from "../../definition";
import { ownApi, type OwnApi } from "./own-api";
import {
  changeOf,
  describeApi,
  digest,
  digestIn,
  keyOf,
  matchMode,
  placeFor,
  placeOf,
  viewDigest,
  viewOf,
} from "./view";

/** The outputs of an import besides its place. */
export interface Outcome {
  readonly groupId: string;
  /** Whether the group goes with the resource: it was made or adopted by it. */
  readonly ownsGroup: boolean;
  readonly apis: readonly OwnApi[];
  /** Key to fingerprint of each operation that needs nothing done, or to a note of what was changed outside. */
  readonly operations: Readonly<Record<string, string>>;
  /** What the list call shows of each API of the group: of own ones a digest, and one of their inside. */
  readonly observed: Readonly<Record<string, string>>;
  /** Operations of the definition that were not imported, because an API of someone else is in their way. */
  readonly ignored: readonly string[];
  /** Key of an ignored operation to the API in its way; empty where that API is unknown. */
  readonly obstacles: Readonly<Record<string, string>>;
  /**
   * What an import may have made whose answer was lost: method, path and match mode of each API, where there was none
   * before it, to its name.
   */
  readonly unclear?: { readonly places: Readonly<Record<string, string>> } | undefined;
}

/** Key of an operation to its fingerprint. */
export type Fingerprints = Readonly<Record<string, string>>;

/** An API that an import may have made. */
interface Unclear {
  readonly name: string;
  /** Of the operation that was sent. Not recorded: an API that is looked at in a later run may be altered by then. */
  readonly fingerprint?: string | undefined;
}

const deletedOutside = "deleted outside";

/** Between what the list call shows of an API and the digest of its inside. */
const insideMark = "#";

export class Progress {
  readonly apis: Map<string, OwnApi>;
  readonly operations: Map<string, string>;
  readonly #obstacles: Map<string, string>;
  readonly #observed: Map<string, string>;
  /** Of own APIs, what they were like inside when that was looked at last. */
  readonly #inside: Map<string, string>;
  /** By place. */
  #unclear: ReadonlyMap<string, Unclear>;
  /** Keys of operations that were imported in this run. */
  readonly #imported = new Set<string>();
  /** Id of an API to the environments where the last look found it published. */
  #published: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(
    readonly groupId: string,
    readonly ownsGroup: boolean,
    before?: Outcome,
  ) {
    this.apis = new Map(before?.apis.map((api) => [`${api.method} ${api.path}`, api]));
    this.operations = new Map(Object.entries(before?.operations ?? {}));
    this.#obstacles = new Map(Object.entries(before?.obstacles ?? {}));
    const observed = Object.entries(before?.observed ?? {}).map(
      ([key, text]) => [key, ...text.split(insideMark)] as const,
    );
    // States of 0.1.0 hold the whole view also of own APIs.
    const isWhole = (key: string, view: string) => this.apis.has(key) && view.includes(", ");
    this.#observed = new Map(observed.map(([key, view = ""]) => [key, isWhole(key, view) ? digest(view) : view]));
    this.#inside = new Map(observed.flatMap(([key, , digest]) => (digest === undefined ? [] : [[key, digest]])));
    this.#unclear = new Map(Object.entries(before?.unclear?.places ?? {}).map(([place, name]) => [place, { name }]));
  }

  /** Operations that are settled although they were not imported. */
  get ignored(): string[] {
    return [...this.#obstacles.keys()];
  }

  /** Whether own APIs were looked at inside before. */
  get knowsInside(): boolean {
    return this.#inside.size > 0;
  }

  /** Ids of the APIs that are ours. */
  get ids(): string[] {
    return [...this.apis.values()].map(({ id }) => id);
  }

  /** What was imported in this run, and the environments where it is published as it was before. */
  get imported(): { key: string; id: string; envIds: readonly string[] }[] {
    return [...this.#imported].flatMap((key) => {
      const { id = "" } = this.apis.get(key) ?? {};
      const envIds = this.#published.get(id);
      return envIds === undefined ? [] : [{ key, id, envIds }];
    });
  }

  /** Whether an operation was ours until someone deleted its API. */
  vanished(key: string): boolean {
    return this.operations.get(key) === deletedOutside;
  }

  /** The APIs of a list that are someone else's. */
  strangers(listed: readonly ListedApi[]): ListedApi[] {
    const ids = new Set(this.ids);
    return listed.filter((api) => !ids.has(api.id));
  }

  /**
   * Records an API as ours.
   *
   * @param fingerprint of the operation that it now is; absent when it is still to become that
   */
  own(key: string, api: OwnApi, fingerprint: string | undefined): void {
    this.apis.set(key, api);
    this.#obstacles.delete(key);
    // The next look at it is the first one at what it is now.
    this.#observed.delete(key);
    this.#inside.delete(key);
    if (fingerprint === undefined) this.operations.delete(key);
    else this.operations.set(key, fingerprint);
    if (fingerprint === undefined || api.action === "adopt") this.#imported.delete(key);
    else this.#imported.add(key);
  }

  /** Records that an operation is left alone as long as an API of someone else, named as in messages, is in its way. */
  ignore(key: string, fingerprint: string, obstacle: string): void {
    this.#obstacles.set(key, obstacle);
    this.operations.set(key, fingerprint);
  }

  /** Forgets what own APIs are like, so that all of them are imported again. */
  unsettleOwn(): void {
    for (const key of this.apis.keys()) this.#unsettle(key);
  }

  /** Forgets that operations were ignored, so that they are tried again. */
  reconsider(): void {
    for (const key of this.ignored) this.#unsettle(key);
  }

  /**
   * After an import that may have taken effect: forgets what own APIs are like, and remembers what it may have made until
   * the next look.
   *
   * @param fingerprints of the operations
   * @param listed what was there before it
   */
  doubt(operations: readonly Operation[], fingerprints: Fingerprints, listed: readonly ListedApi[]): void {
    for (const { key } of operations) this.operations.delete(key);
    const sent = operations.map((operation): [string, Unclear] => {
      return [placeFor(operation), { name: operation.name, fingerprint: fingerprints[operation.key] }];
    });
    const there = new Set(listed.map(placeOf));
    this.#unclear = new Map([...this.#unclear, ...sent.filter(([place]) => !there.has(place))]);
  }

  /** Whether an API that is not ours may all the same be what an import made whose answer was lost. */
  isUnclear(api: ListedApi): boolean {
    return this.#unclear.get(placeOf(api))?.name === api.name;
  }

  /** Forgets an API that was deleted here. */
  lose(key: string): void {
    this.apis.delete(key);
    this.operations.delete(key);
  }

  /** Drops what was settled about operations that the definition does not have. APIs of theirs are ours all the same. */
  keepOnly(desired: Readonly<Record<string, string>>): void {
    for (const key of this.operations.keys()) if (!(key in desired)) this.#unsettle(key);
  }

  /**
   * An own API whose operation the definition dropped, and that somebody moved to where the definition has one that is
   * still to be made, is that one's: it is overwritten there, instead of standing in its way.
   */
  rekey(desired: Readonly<Record<string, string>>, listed: readonly ListedApi[]): void {
    const byId = new Map(listed.map((api) => [api.id, api]));
    for (const [key, own] of [...this.apis]) {
      const found = byId.get(own.id);
      if (found === undefined || key in desired) continue;
      const { req_method: method, req_uri: path } = found;
      const now = keyOf(found);
      if (!(now in desired) || this.apis.has(now)) continue;
      this.lose(key);
      this.own(now, { ...own, method: method.toUpperCase(), path }, undefined);
    }
  }

  /**
   * Takes in what the list call shows: operations whose APIs vanished or were altered get a note instead of their
   * fingerprint, so that the next plan takes care of them.
   *
   * @param inside what an export shows, where there is one: back ends and parameters may have been altered, too
   */
  see(listed: readonly ListedApi[], inside?: Inside): void {
    if (this.ownsGroup) this.#claim(listed);
    const byId = new Map(listed.map((api) => [api.id, api]));
    for (const [key, api] of this.apis) {
      const found = byId.get(api.id);
      if (found === undefined) {
        this.apis.delete(key);
        if (this.operations.has(key)) this.operations.set(key, deletedOutside);
        continue;
      }
      const line = this.operations.get(key);
      if (line === undefined) continue;
      const isOtherView = isOther(this.#observed.get(key), viewDigest(found, key));
      if (isOtherView) this.operations.set(key, `changed outside: ${changeOf(found, key, line)}`);
      else if (isOther(this.#inside.get(key), digestIn(inside, found)))
        this.operations.set(key, "changed outside: back end or parameters");
    }
    // What no look showed after an import is not learnt from a later one: others may have written since.
    const known = new Set(this.#inside.keys());
    this.#take(listed, inside, (key) => known.has(key));
  }

  /** Ignored operations whose obstacle vanished, or is ours by now, are open again. */
  reopen(listed: readonly ListedApi[]): void {
    const strangers = new Set(this.strangers(listed).map(describeApi));
    for (const [key, obstacle] of this.#obstacles) {
      if (obstacle !== "" && !strangers.has(obstacle)) this.#unsettle(key);
    }
  }

  /** Takes what the list call and an export show for the truth that later looks are compared with. */
  observe(listed: readonly ListedApi[], inside?: Inside): void {
    this.#take(listed, inside, () => true);
  }

  #take(listed: readonly ListedApi[], inside: Inside | undefined, learns: (key: string) => boolean): void {
    const byId = new Map(listed.map((api) => [api.id, api]));
    this.#published = new Map(listed.map((api) => [api.id, publicationsOf(api).map(({ envId }) => envId)]));
    this.#observed.clear();
    for (const [key, api] of this.apis) {
      const found = byId.get(api.id);
      if (found === undefined) continue;
      this.apis.set(key, { ...api, name: found.name, authentication: authenticationOf(found) });
      this.#observed.set(key, viewDigest(found, key));
      const digest = learns(key) ? digestIn(inside, found) : undefined;
      if (digest !== undefined) this.#inside.set(key, digest);
    }
    const strangers = this.strangers(listed);
    const unclear = new Set(strangers.filter((api) => this.isUnclear(api)).map(placeOf));
    this.#unclear = new Map([...this.#unclear].filter(([place]) => unclear.has(place)));
    for (const api of strangers) {
      const key = keyOf(api);
      // Someone else's may have the same method and path as ours, in the other match mode.
      this.#observed.set(this.#observed.has(key) ? `${key} (${matchMode(api)})` : key, viewOf(api));
    }
  }

  outcome(): Outcome {
    const places = [...this.#unclear].map(([place, { name }]) => [place, name] as const);
    return {
      groupId: this.groupId,
      ownsGroup: this.ownsGroup,
      apis: [...this.apis.values()],
      // An API that was not listed after its import may be altered before the next look, so it is imported again.
      operations: Object.fromEntries(
        [...this.operations].filter(([key]) => this.#observed.has(key) || !this.apis.has(key)),
      ),
      observed: Object.fromEntries(
        [...this.#observed].map(([key, view]) => [key, [view, this.#inside.get(key) ?? []].flat().join(insideMark)]),
      ),
      ignored: this.ignored,
      obstacles: Object.fromEntries(this.#obstacles),
      unclear: this.#unclear.size === 0 ? undefined : { places: Object.fromEntries(places) },
    };
  }

  /** Takes for ours what an import made whose answer was lost: where there was nothing, in a group that is ours. */
  #claim(listed: readonly ListedApi[]): void {
    for (const api of this.strangers(listed).filter((each) => this.isUnclear(each))) {
      this.own(keyOf(api), ownApi(api, "create"), this.#unclear.get(placeOf(api))?.fingerprint);
    }
  }

  #unsettle(key: string): void {
    this.#obstacles.delete(key);
    this.operations.delete(key);
  }
}

function isOther(was: string | undefined, is: string | undefined): boolean {
  return is !== undefined && (was ?? is) !== is;
}
