import { failedAs, type ProviderError } from "../../http/errors";
import { firstOf } from "../../resources/shared/first-of";

/** A part that could not be read. */
interface Missing {
  /** The service's words about the first object. */
  readonly reason: string;
  /** Names of the objects that it is about. */
  readonly of: string[];
}

/** Reads an instance part by part, and goes on without those that this user may not see. */
export class Parts {
  readonly #missing = new Map<string, Missing>();
  #read = 0;
  #first: ProviderError | undefined;

  /** The parts that could not be read, with the service's reason. */
  get missing(): string[] {
    return [...this.#missing].map(
      ([what, { reason, of }]) => `${[what, firstOf(of, ", ")].join(" ").trim()}: ${reason}`,
    );
  }

  /**
   * @param what the part, as messages name it
   * @param of the object that it is about, where a part is read object by object
   */
  async read<Result>(
    what: string,
    run: () => Promise<Result>,
    of?: { readonly name: string },
  ): Promise<Result | undefined> {
    try {
      const result = await run();
      this.#read += 1;
      return result;
    } catch (error) {
      // An instance may not have a call, as an old one has no export.
      if (!failedAs(error, "forbidden", "endpoint")) throw error;
      this.#first ??= error;
      const missing = this.#missing.get(what) ?? { reason: error.message, of: [] };
      this.#missing.set(what, missing);
      if (of !== undefined) missing.of.push(of.name);
      return undefined;
    }
  }

  /** @throws the first refusal when nothing at all could be read */
  demandSome(): void {
    if (this.#read === 0 && this.#first !== undefined) throw this.#first;
  }
}
