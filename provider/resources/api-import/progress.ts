/** The record of what is known about an import. It is updated step by step, and saved even if a later step fails. */
import { authenticationOf, publicationsOf, type ListedApi } from "../../clients/apig/apis";
import type { Inside, Operation } from "../../definition";
import type { Outcome } from "./outcome";
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

/** Key of an operation to its fingerprint. */
export type Fingerprints = Readonly<Record<string, string>>;

/** An API that an import may have made. */
interface Unclear {
  readonly name: string;
  /** Of the operation that was sent. It is not saved: somebody may change the API before a later run. */
  readonly fingerprint?: string | undefined;
}

const deletedOutside = "deleted outside";

/** Separates the two parts of `observed`: the list call's and the inside's. */
const insideMark = "#";

export class Progress {
  readonly apis: Map<string, OwnApi>;
  readonly operations: Map<string, string>;
  readonly #obstacles: Map<string, string>;
  readonly #observed: Map<string, string>;
  /** Digests of the inside of own APIs, from the last look. */
  readonly #inside: Map<string, string>;
  /** By place: method, path and match mode. */
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
    // States of version 0.1.0 hold the whole view instead of a digest for own APIs, too.
    const isWhole = (key: string, view: string) => this.apis.has(key) && view.includes(", ");
    this.#observed = new Map(observed.map(([key, view = ""]) => [key, isWhole(key, view) ? digest(view) : view]));
    this.#inside = new Map(observed.flatMap(([key, , digest]) => (digest === undefined ? [] : [[key, digest]])));
    this.#unclear = new Map(Object.entries(before?.unclear?.places ?? {}).map(([place, name]) => [place, { name }]));
  }

  /** Operations that need no work although they were not imported. */
  get ignored(): string[] {
    return [...this.#obstacles.keys()];
  }

  /** Whether there was an earlier look at the inside of own APIs. */
  get knowsInside(): boolean {
    return this.#inside.size > 0;
  }

  /** Ids of the APIs that are ours. */
  get ids(): string[] {
    return [...this.apis.values()].map(({ id }) => id);
  }

  /** What was imported in this run, with the environments where its old version is still published. */
  get imported(): { key: string; id: string; envIds: readonly string[] }[] {
    return [...this.#imported].flatMap((key) => {
      const { id = "" } = this.apis.get(key) ?? {};
      const envIds = this.#published.get(id);
      return envIds === undefined ? [] : [{ key, id, envIds }];
    });
  }

  /** Whether someone deleted the API of an operation that was ours. */
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
   * @param fingerprint of the operation that it now follows; undefined if it does not follow it yet
   */
  own(key: string, api: OwnApi, fingerprint: string | undefined): void {
    this.apis.set(key, api);
    this.#obstacles.delete(key);
    // Forget the earlier views: the next look is the first one at the changed API.
    this.#observed.delete(key);
    this.#inside.delete(key);
    if (fingerprint === undefined) this.operations.delete(key);
    else this.operations.set(key, fingerprint);
    if (fingerprint === undefined || api.action === "adopt") this.#imported.delete(key);
    else this.#imported.add(key);
  }

  /** Records that an operation is left alone while an API of someone else is in its way. `obstacle` names the API. */
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
   * After an import that may have taken effect: forgets the fingerprints of its operations, and remembers until the
   * next look what it may have made.
   *
   * @param fingerprints of the operations
   * @param listed the APIs of the group before the import
   */
  doubt(operations: readonly Operation[], fingerprints: Fingerprints, listed: readonly ListedApi[]): void {
    for (const { key } of operations) this.operations.delete(key);
    const sent = operations.map((operation): [string, Unclear] => {
      return [placeFor(operation), { name: operation.name, fingerprint: fingerprints[operation.key] }];
    });
    const there = new Set(listed.map(placeOf));
    this.#unclear = new Map([...this.#unclear, ...sent.filter(([place]) => !there.has(place))]);
  }

  /** Whether an import without an answer may have made this API, which is not recorded as ours. */
  isUnclear(api: ListedApi): boolean {
    return this.#unclear.get(placeOf(api))?.name === api.name;
  }

  /** Forgets an API that this resource deleted. */
  lose(key: string): void {
    this.apis.delete(key);
    this.operations.delete(key);
  }

  /** Forgets the fingerprints of operations that the definition does not have. Their APIs are still ours. */
  keepOnly(desired: Readonly<Record<string, string>>): void {
    for (const key of this.operations.keys()) if (!(key in desired)) this.#unsettle(key);
  }

  /**
   * Handles an own API whose operation left the definition, if somebody moved it to the place of an operation that is
   * still to be made. Then it belongs to that operation, and is overwritten instead of being in the way.
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
   * Compares the list call with the record. Operations whose APIs are gone or changed get a note instead of their
   * fingerprint, so the next plan repairs them.
   *
   * @param inside from an export, if there is one: also finds changed back ends and parameters
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
    // Learn no inside that was not looked at right after the import: others may have changed it since.
    const known = new Set(this.#inside.keys());
    this.#take(listed, inside, (key) => known.has(key));
  }

  /** Forgets ignored operations whose obstacle is gone or is now ours, so that they are tried again. */
  reopen(listed: readonly ListedApi[]): void {
    const strangers = new Set(this.strangers(listed).map(describeApi));
    for (const [key, obstacle] of this.#obstacles) {
      if (obstacle !== "" && !strangers.has(obstacle)) this.#unsettle(key);
    }
  }

  /** Records what the list call and an export show. Later looks are compared with it. */
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
      // An API of someone else may have our method and path with the other match mode.
      this.#observed.set(this.#observed.has(key) ? `${key} (${matchMode(api)})` : key, viewOf(api));
    }
  }

  outcome(): Outcome {
    const places = [...this.#unclear].map(([place, { name }]) => [place, name] as const);
    return {
      groupId: this.groupId,
      ownsGroup: this.ownsGroup,
      apis: [...this.apis.values()],
      // An API that was not listed after its import may change before the next look, so it is imported again.
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

  /** Records what an import without an answer made: APIs where nothing was before, in a group of our own. */
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
