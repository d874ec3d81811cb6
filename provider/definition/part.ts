/** A value in the files of a definition, and its place. */
import type { SourceFile } from "./files";
import { isList, isObject, member, type Json, type JsonObject } from "./json";
import { DefinitionError, pointer, printable, unescaped, type DefinitionProblem } from "./problem";

/** Most references in a row. Real documents have one or two; circles and attacks have more. */
const MAX_HOPS = 10;

export class Part {
  constructor(
    readonly file: SourceFile,
    readonly pointer: string,
    readonly value: Json,
  ) {}

  /** The value of a mapping's key or a list's index. Does not follow a reference. */
  at(key: string | number): Part | undefined {
    const value = member(this.value, String(key));
    return value === undefined ? undefined : new Part(this.file, this.pointer + pointer(key), value);
  }

  /** The mapping at a key. Follows references. */
  object(key: string): Part | undefined {
    const part = this.at(key)?.follow();
    return part !== undefined && isObject(part.value) ? part : undefined;
  }

  text(key: string): string | undefined {
    const value = member(this.value, key);
    return typeof value === "string" ? value : undefined;
  }

  /**
   * The items of the list at a key. Follows references.
   *
   * @throws DefinitionError when the value is not a list
   */
  list(key: string): Part[] {
    const part = this.at(key);
    if (part === undefined || part.value === null) return [];
    if (!isList(part.value)) throw new DefinitionError([part.problem("must be a list")]);
    return part.items.map((item) => item.follow());
  }

  /** The items of a list. Does not follow references. */
  get items(): Part[] {
    return isList(this.value) ? this.value.flatMap((_, index) => this.at(index) ?? []) : [];
  }

  /** The members of a mapping. Does not follow references. */
  get members(): [string, Part][] {
    return Object.keys(this.json).flatMap((key) => {
      const part = this.at(key);
      return part === undefined ? [] : [[key, part] as [string, Part]];
    });
  }

  /** The value if it is a mapping, or an empty mapping. */
  get json(): JsonObject {
    return isObject(this.value) ? this.value : {};
  }

  /**
   * The target if this is a reference, or this part itself.
   *
   * @throws DefinitionError when there is no target
   */
  follow(hops = 0): Part {
    const reference = this.text("$ref");
    if (reference === undefined) return this;
    if (hops < MAX_HOPS) return this.#target(reference).follow(hops + 1);
    throw new DefinitionError([this.problem("it leads from one reference to the next, without end", "$ref")]);
  }

  problem(message: string, ...below: (string | number)[]): DefinitionProblem {
    return { file: this.file, pointer: this.pointer + pointer(...below), message };
  }

  #target(reference: string): Part {
    const [path = "", fragment = ""] = reference.split("#", 2);
    const wrong = (reason: string) =>
      new DefinitionError([this.problem(`the reference ${JSON.stringify(printable(reference))}: ${reason}`, "$ref")]);
    let file = this.file;
    try {
      if (path !== "") file = this.file.open(path);
    } catch (error) {
      if (error instanceof DefinitionError) throw error;
      throw wrong(error instanceof Error ? error.message : String(error));
    }
    let part: Part | undefined = new Part(file, "", file.root);
    const [first, ...segments] = fragment.split("/");
    if (first !== "") throw wrong("it names no place: one begins with #/");
    for (const segment of segments) part = part?.at(keyOf(segment));
    if (part === undefined) throw wrong("it leads nowhere");
    return part;
  }
}

function keyOf(segment: string): string {
  try {
    return unescaped(decodeURIComponent(segment));
  } catch {
    // The percent sign does not begin an escape.
    return unescaped(segment);
  }
}
