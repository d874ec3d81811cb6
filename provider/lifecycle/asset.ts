/** A file or a text that a program gives as an asset of the engine. */
export class Asset {
  /** @param fields `path`, `text` or `uri`, and what the engine says of it beside, such as its hash */
  constructor(readonly fields: Readonly<Record<string, unknown>>) {}
}
