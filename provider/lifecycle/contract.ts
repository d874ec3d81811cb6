/** What a resource type declares (also what replaces it), and what every host may call. Nothing here knows the engine or its SDK. */
import type { Connection } from "../settings/connection";
import type { Properties } from "./properties";
import type { Claims, Neighbours } from "./claims";
import type { CheckFailure, InputRules } from "./validate";

/** What `prepare` adds to the checked inputs, or the reasons why the service would refuse them. */
export interface Prepared {
  readonly inputs?: Properties;
  readonly failures?: readonly CheckFailure[];
}

/** What a look at the services found at a preview. */
export interface Finding {
  /** For the user: what is taken over, what will be changed of it, or what that means for others. */
  readonly says?: string | undefined;
  /** Why the create or the update would fail. */
  readonly refuses?: string | undefined;
}

/**
 * One resource type: its inputs, and what create, read, update and delete mean.
 *
 * @internal
 */
export interface ResourceType<Args extends object, State extends object> extends InputRules {
  /** The type's name in messages, for example `AppCode`. */
  readonly type: string;
  /** Inputs whose change replaces the resource. */
  readonly replaceOn: readonly string[];
  /** Inputs that are no part of the object: if only these change, nothing is done. */
  readonly notCompared?: readonly string[];
  /** Inputs that the service or the package sets when they are absent. Absent then means "keep the present value". */
  readonly filledIn?: readonly string[];
  /** Inputs that a read does not show. After an import, and before the first write, the program's values count as present. */
  readonly unseen?: readonly string[];
  /** Inputs and outputs that an import adds to those of a read, so that program and state are complete. */
  imported?(id: string, connection: Connection): Promise<Properties>;
  /** Inputs too large to repeat in the outputs. */
  readonly notKept?: readonly string[];
  /**
   * Outputs that are the parts of the id, in their order; an empty text for a part that is no output. Every part of `fromId`
   * is one of them.
   */
  readonly idOutputs: readonly string[];
  /** Other outputs, which are unknown until the object is made; also inputs that are filled in. */
  readonly computed: readonly string[];
  /** Which of these outputs an update may change, if these inputs change. Inputs may be `unknownValue`. */
  updated?(changed: readonly string[], old: State, inputs: Args): readonly string[];
  /** Inputs that are part of the id. They are not repeated in the outputs, so that states stay small. */
  fromId?(id: string): object;
  /** Whether a replacement deletes first, because old and new cannot exist at the same time. Default: it creates first. */
  deleteBeforeReplace?(old: State, replaces: readonly string[]): boolean;
  /** Values for absent inputs, from the settings. */
  defaults(connection: Connection): object;
  /** Rules about several properties. Gets the valid, known inputs, and the names of the inputs that are not known yet. */
  rules?(inputs: Partial<Args>, unknown: ReadonlySet<string>): readonly CheckFailure[];
  /**
   * Computes inputs at preview, after all known inputs were found valid. Gets the inputs that are completely known, and
   * the names of the others. For inputs that depend on the others it returns `unknownValue`.
   */
  prepare?(inputs: Partial<Args>, connection: Connection, unknown: ReadonlySet<string>): Promise<Prepared>;
  /**
   * Looks at what a create with `adopt` will take over, without a write and with few calls. Gets the inputs that are completely
   * known, and the names of the others; no answer where too few are known for a look.
   */
  adoption?(inputs: Partial<Args>, connection: Connection, unknown: ReadonlySet<string>): Promise<Finding | undefined>;
  /**
   * Looks at what a change means for others, without a write and with few calls. Gets the inputs that are completely known,
   * and what the change replaces; no answer where too few are known, or nothing is to be said.
   */
  consequences?(
    old: State,
    inputs: Partial<Args>,
    replaces: readonly string[],
    connection: Connection,
  ): Promise<Finding | undefined>;
  /** More properties that differ, besides unequal inputs: for example another place. Inputs may be `unknownValue`. */
  differences?(old: State, inputs: Args, connection: Connection): Promise<readonly string[]>;
  /** Makes the object. The returned outputs are recorded with the inputs. */
  create(inputs: Args, connection: Connection, neighbours: Neighbours): Promise<{ id: string; outputs: object }>;
  /**
   * The present object, as outputs. Throws a not-found error when the object is gone.
   * `old` is undefined for `.get()`, where only the id is known.
   */
  read(id: string, old: State | undefined, connection: Connection): Promise<object>;
  /** Changes the object to what `inputs` say. Also called to finish a half-made create. */
  update(id: string, old: State, inputs: Args, connection: Connection, neighbours: Neighbours): Promise<object>;
  /** Deletes the object, or the parts of it that no neighbour uses. A not-found error counts as done. */
  delete(id: string, old: State, connection: Connection, neighbours: Neighbours): Promise<void>;
  /** Whether the object has several parts, and `delete` checks each. Else `delete` is not called if a neighbour uses it. */
  readonly isMany?: boolean;
  /** Natural keys of the objects that the inputs describe, in words. Only one resource of a program may want each. */
  wants?(inputs: Partial<Args>): readonly string[];
  /** Natural keys of the objects that the state describes. Nothing that a live resource holds is deleted. */
  holds?(id: string, state: State): readonly string[];
  /** Keys of the records that the resource made itself, for types that may also use records of others. */
  made?(state: State): readonly string[];
}

/**
 * What the resources of one provider process share.
 *
 * @internal
 */
export interface Surroundings {
  /** The connection. Throws the settings error at each call if the settings are wrong. */
  connection(): Connection;
  /** What the live resources of this engine run claim. */
  readonly claims: Claims;
  /** Whether this run updates only some resources of the program (`pulumi up --target`): the claims of the other resources are then unknown. */
  isTargeted(): boolean;
  /** Whether the engine's command asks this for the first time: its preview and its update are two processes. */
  isFirst(key: string): boolean;
}

/** The result of a create or an update. */
export interface Result {
  readonly id: string;
  readonly state: Properties;
  /** Why the object is unfinished, for the user. The host must record it, and the next update finishes it. */
  readonly failure?: string;
}

export interface Difference {
  /** Names of what differs; none where nothing does. */
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** What a read found. */
export interface Seen {
  readonly state: Properties;
  /** The inputs that belong to this state. */
  readonly inputs: Properties;
  /** Whether somebody changed the object, if it was known before. */
  readonly drifted: boolean;
}

/**
 * A resource type as hosts call it. Values are plain; a value that a preview does not know yet is `unknownValue`. Every
 * thrown error has a message for the user.
 */
export interface ManagedType {
  /** @param olds empty for a new resource, and for one that is replaced */
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ readonly inputs: Properties; readonly failures: readonly CheckFailure[] }>;
  diff(id: string, state: Properties, news: Properties): Promise<Difference>;
  create(inputs: Properties): Promise<Result>;
  /** @param state one that this package wrote; anything else means that only the id is known. @returns undefined when it is gone */
  read(id: string, state: Properties): Promise<Seen | undefined>;
  /** Imports an existing object. @returns undefined when there is none */
  import(id: string): Promise<Seen | undefined>;
  update(id: string, state: Properties, news: Properties): Promise<Result>;
  delete(id: string, state: Properties): Promise<void>;
}
