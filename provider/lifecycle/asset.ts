/** A file or a text that a program gives as an asset of the engine. */
export class Asset {
  /** @param fields `path`, `text` or `uri`, and what else the engine says about it, such as its hash */
  constructor(readonly fields: Readonly<Record<string, unknown>>) {}
}
