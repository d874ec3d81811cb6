/** What a resource type says of itself, and what every host may ask of it. Neither knows an engine or its SDK. */
import type { Connection } from "../settings/connection";
import type { Properties } from "./properties";
import type { Claims, Neighbours } from "./claims";
import type { CheckFailure, InputRules } from "./validate";

/** What `prepare` adds to the checked inputs, or the reasons why the service would refuse them. */
export interface Prepared {
  readonly inputs?: Properties;
  readonly failures?: readonly CheckFailure[];
}

/**
 * One resource type: its inputs, and what create, read, update and delete mean.
 *
 * @internal
 */
export interface ResourceType<Args extends object, State extends object> extends InputRules {
  /** The type's name in messages, for example `AppCode`. */
  readonly type: string;
  /** Inputs whose change needs a new object. */
  readonly replaceOn: readonly string[];
  /** Inputs that are no part of the object: a change of these alone does nothing. */
  readonly notCompared?: readonly string[];
  /** Inputs that the service or the package fills in when they are absent: absent then means "as it is". */
  readonly filledIn?: readonly string[];
  /** Inputs that no look at an object shows: of one that was imported, and not written since, they are as the program says. */
  readonly unseen?: readonly string[];
  /** What an import adds to what a look at the object shows: inputs and outputs that make a program and a state of it. */
  imported?(id: string, connection: Connection): Promise<Properties>;
  /** Inputs too large to repeat in the outputs. */
  readonly notKept?: readonly string[];
  /**
   * Outputs that the parts of the id say, in their order; an empty text where a part is none. Every part of `fromId` is among
   * them.
   */
  readonly idOutputs: readonly string[];
  /** Outputs beside the inputs and the id's, unknown until the object is made; also inputs that are filled in. */
  readonly computed: readonly string[];
  /** Which of these an update may change, where these inputs change. */
  updated?(changed: readonly string[]): readonly string[];
  /** Inputs that the id tells, so that the outputs need not repeat them: states are small where there are many. */
  fromId?(id: string): object;
  /** Whether old and new cannot exist side by side, so that a replacement deletes first. Default: new before old. */
  deleteBeforeReplace?(old: State, replaces: readonly string[]): boolean;
  /** Values for absent inputs, from the settings. */
  defaults(connection: Connection): object;
  /** Rules that span properties; gets the inputs that are valid and known, and the names of those not known yet. */
  rules?(inputs: Partial<Args>, unknown: ReadonlySet<string>): readonly CheckFailure[];
  /**
   * Computes inputs at preview, once everything known has been found valid. Gets the inputs that are known to the last
   * leaf, and the names of the others; what depends on those is answered as `unknownValue`.
   */
  prepare?(inputs: Partial<Args>, connection: Connection, unknown: ReadonlySet<string>): Promise<Prepared>;
  /** Properties that differ for other reasons than unequal inputs, such as another place. Inputs may be `unknownValue`. */
  differences?(old: State, inputs: Args, connection: Connection): Promise<readonly string[]>;
  /** Makes the object. The answered outputs are recorded beside the inputs. */
  create(inputs: Args, connection: Connection, neighbours: Neighbours): Promise<{ id: string; outputs: object }>;
  /**
   * What is there now, as outputs. Throws a not-found error when the object is gone.
   * `old` is undefined for `.get()`, where only the id is known.
   */
  read(id: string, old: State | undefined, connection: Connection): Promise<object>;
  /** Makes the object as `inputs` say; also called to finish a half-made create. */
  update(id: string, old: State, inputs: Args, connection: Connection, neighbours: Neighbours): Promise<object>;
  /** Removes the object, or what of it no neighbour holds. A not-found error counts as done. */
  delete(id: string, old: State, connection: Connection, neighbours: Neighbours): Promise<void>;
  /** Whether the object is many, of which `delete` looks at each: else one that a neighbour holds is not deleted at all. */
  readonly isMany?: boolean;
  /** Natural keys of what the resource is about, in words: in one program only one resource may want each. */
  wants?(inputs: Partial<Args>): readonly string[];
  /** Natural keys of what the object is at the service: a delete takes nothing that a live resource holds. */
  holds?(id: string, state: State): readonly string[];
  /** Keys of the very records that the resource made, where it may also live on those of others. */
  made?(state: State): readonly string[];
}

/**
 * What the resources of one provider process share.
 *
 * @internal
 */
export interface Surroundings {
  /** Throws the settings error, each time it is asked, when the settings are wrong. */
  connection(): Connection;
  /** What the live resources of this engine run claim. */
  readonly claims: Claims;
  /** Whether this run updates only some resources of the program (`pulumi up --target`): the claims of the other resources are then unknown. */
  isTargeted(): boolean;
}

/** What a create or an update left at the service. */
export interface Result {
  readonly id: string;
  readonly state: Properties;
  /** Why the object is unfinished, for the user: it is to be recorded, and finished by an update. */
  readonly failure?: string;
}

export interface Difference {
  /** Names of what differs; none where nothing does. */
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** What a look at an object found. */
export interface Seen {
  readonly state: Properties;
  /** The inputs as they would have to be for this state. */
  readonly inputs: Properties;
  /** Whether somebody changed it, if it was known before. */
  readonly drifted: boolean;
}

/**
 * A resource type as a host manages it. Values are plain, `unknownValue` where a preview does not know them yet; every error
 * that is thrown has a message for the user.
 */
export interface ManagedType {
  /** @param olds empty for a new resource, and again for one that is replaced */
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ readonly inputs: Properties; readonly failures: readonly CheckFailure[] }>;
  diff(id: string, state: Properties, news: Properties): Promise<Difference>;
  create(inputs: Properties): Promise<Result>;
  /** @param state one that this package wrote, or anything else for a look at an object. @returns undefined when it is gone */
  read(id: string, state: Properties): Promise<Seen | undefined>;
  /** Takes an object that exists under management. @returns undefined when there is none */
  import(id: string): Promise<Seen | undefined>;
  update(id: string, state: Properties, news: Properties): Promise<Result>;
  delete(id: string, state: Properties): Promise<void>;
}
