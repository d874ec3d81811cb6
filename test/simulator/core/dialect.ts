import type { Refusal, World } from "./types";

/** How one service words and shapes the refusals that the core makes on its behalf. */
export interface Dialect {
  /** The documented refusal of a status; `detail` is what was wrong, where the text has room for it. */
  standard(status: number, detail?: string): Refusal;
  /** The answer's body: an object is sent as JSON, a string as plain text. */
  body(refusal: Refusal, world: World): unknown;
}
