/**
 * A resource type as the provider protocol knows one. Beside what every host gets there are outputs that programs of other
 * languages cannot take out of an id, previews of what a create or an update will give, differences leaf by leaf, imports,
 * and stacks that move here from the dynamic provider.
 */
import type { ManagedType, Result, Surroundings } from "../../lifecycle/contract";
import { manage } from "../../lifecycle/manage";
import { omit, pick, without, type Properties } from "../../lifecycle/properties";
import { unknownValue } from "../../lifecycle/unknown";
import type { CheckFailure } from "../../lifecycle/validate";
import type { AnyResourceType } from "../../resources/all";
import { idPart } from "../../resources/shared/ids";
import { providerText, withoutProviderText } from "../engine/values";
import { leafDifferences, type LeafDifference } from "./paths";

/** How a change is shown: by leaf, and whether it makes a new object. */
export interface Change extends LeafDifference {
  readonly replaces: boolean;
}

export interface PluginDifference {
  readonly changes: readonly Change[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export class PluginResource {
  readonly #managed: ManagedType;
  /** What changes, by id, from the question for the difference to the preview that follows it: some types ask a service for it. */
  readonly #changed = new Map<string, readonly string[]>();

  constructor(
    private readonly type: AnyResourceType,
    surroundings: Surroundings,
    /** What programs are shown in place of what the state keeps. */
    private readonly shown: (state: Properties) => Properties = () => ({}),
  ) {
    this.#managed = manage(type, surroundings);
  }

  /** Properties whose values the engine is to encrypt. */
  get secrets(): readonly string[] {
    return this.type.secrets;
  }

  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ readonly inputs: Properties; readonly failures: readonly CheckFailure[] }> {
    return this.#managed.check(withoutProviderText(olds), news);
  }

  async diff(id: string, state: Properties, news: Properties): Promise<PluginDifference> {
    const old = withoutProviderText(state);
    const { changed, ...rest } = await this.#managed.diff(id, old, news);
    this.#changed.set(id, changed);
    const known = { ...this.#byId(id), ...old };
    const changes = changed.flatMap((key): Change[] => {
      const leaves = leafDifferences(key, known[key], news[key]);
      const shown: LeafDifference[] = leaves.length > 0 ? leaves : [{ path: key, kind: "update" }];
      return shown.map((leaf) => ({ ...leaf, replaces: rest.replaces.includes(key) }));
    });
    // The first update of a state of the dynamic provider takes its text away, without a call.
    const moves: Change[] = providerText in state ? [{ path: providerText, kind: "delete", replaces: false }] : [];
    return { ...rest, changes: [...changes, ...moves] };
  }

  /** What a create would give: the inputs, and what nobody knows yet. */
  previewCreate(inputs: Properties): Properties {
    return { ...this.#unknown([...this.type.idOutputs, ...this.type.computed]), ...inputs, ...this.shown(inputs) };
  }

  async create(inputs: Properties): Promise<Result> {
    return this.#completed(await this.#managed.create(inputs));
  }

  /** @param inputs as recorded; none for an import or a `.get()` @returns undefined when it is gone */
  async read(
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<{ readonly state: Properties; readonly inputs: Properties } | undefined> {
    const old = withoutProviderText(state);
    const isKnown = old["stateVersion"] !== undefined;
    const seen = await (isKnown ? this.#managed.read(id, old) : this.#managed.import(id));
    if (seen === undefined) return undefined;
    // A state that came from the dynamic provider stays one until the next update.
    const kept = this.#complete(id, { ...pick(state, [providerText]), ...seen.state });
    return { state: kept, inputs: seen.drifted || !isKnown ? seen.inputs : inputs };
  }

  async previewUpdate(id: string, state: Properties, inputs: Properties): Promise<Properties> {
    const old = withoutProviderText(state);
    const changed = this.#changed.get(id) ?? (await this.#managed.diff(id, old, inputs)).changed;
    const updated = changed.length > 0 ? (this.type.updated?.(changed, old as never, inputs as never) ?? []) : [];
    const left = omit(old, without(Object.keys(this.type.inputs.shape), this.type.filledIn));
    return this.#complete(id, { ...this.shown(old), ...left, ...this.#unknown(updated), ...inputs });
  }

  async update(id: string, state: Properties, inputs: Properties): Promise<Result> {
    const old = withoutProviderText(state);
    const moves = providerText in state && (await this.#managed.diff(id, old, inputs)).changed.length === 0;
    if (moves) return { id, state: this.#complete(id, old) };
    return this.#completed(await this.#managed.update(id, old, inputs));
  }

  delete(id: string, state: Properties): Promise<void> {
    return this.#managed.delete(id, withoutProviderText(state));
  }

  #completed({ id, state, ...rest }: Result): Result {
    return { ...rest, id, state: this.#complete(id, state) };
  }

  #complete(id: string, state: Properties): Properties {
    return { ...this.#byId(id), ...state, ...this.shown(state) };
  }

  #byId(id: string): Properties {
    return Object.fromEntries(this.type.idOutputs.map((name, index) => [name, idPart(id, index)]));
  }

  #unknown(names: readonly string[]): Properties {
    return Object.fromEntries(names.map((name) => [name, unknownValue]));
  }
}
