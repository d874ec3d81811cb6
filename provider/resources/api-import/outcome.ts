import type { OwnApi } from "./own-api";

/** The outputs of an import, without its place. */
export interface Outcome {
  readonly groupId: string;
  /** Whether this resource made or adopted the group. Then it also deletes it. */
  readonly ownsGroup: boolean;
  readonly apis: readonly OwnApi[];
  /**
   * Key of each operation that needs no work to its fingerprint; after a change outside, to a note about the change.
   */
  readonly operations: Readonly<Record<string, string>>;
  /** What the list call shows of each API in the group. For own APIs, a digest of that and a digest of their inside. */
  readonly observed: Readonly<Record<string, string>>;
  /** Operations that were not imported because an API of someone else is in their way. */
  readonly ignored: readonly string[];
  /** Key of an ignored operation to the API in its way. The text is empty if that API is unknown. */
  readonly obstacles: Readonly<Record<string, string>>;
  /**
   * What imports without an answer may have made: place (method, path and match mode) to name. Only places that were
   * free before.
   */
  readonly unclear?: { readonly places: Readonly<Record<string, string>> } | undefined;
}
