import type { Refusal, World } from "./types";

/** Texts and shape of one service's error answers that the core makes. */
export interface Dialect {
  /** The documented refusal of a status. `detail` is what was wrong, if the text can contain it. */
  standard(status: number, detail?: string): Refusal;
  /** The answer's body: an object is sent as JSON, a string as plain text. */
  body(refusal: Refusal, world: World): unknown;
}
