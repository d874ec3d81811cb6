import { wellFormed } from "../http/encoding";
import { ApiError, ProviderError } from "../http/errors";
import { wayOut } from "../settings/keys";

/** The object is not there any more: `read` reports it as deleted, `delete` counts as done. */
export class GoneError extends ProviderError {
  override readonly name = "GoneError";
  readonly kind = "not-found";
}

/** The object exists but is unfinished: the engine records it, and finishes it through `update`. */
export class PartialCreateError extends Error {
  override readonly name = "PartialCreateError";

  /**
   * @param id what identifies the object from now on
   * @param state as much of the outputs as is true already
   * @param reason what is missing and why, for the user
   */
  constructor(
    readonly id: string,
    readonly state: object,
    reason: unknown,
  ) {
    super(reason instanceof Error ? reason.message : String(reason), { cause: reason });
  }
}

/** What a call of the host failed with, in words for the user. */
export class WordedError extends Error {
  override readonly name = "WordedError";

  /** @param call what the host called: `compare`, `get` ... */
  constructor(
    message: string,
    readonly call: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** Calls of runs that get the settings of an earlier run. */
const LATE = ["read", "delete"];

/**
 * What a user reads of an error. Advice that is the same for every resource is given once, the way out first.
 *
 * @param call what the host called
 * @param isNews whether this is the first time
 */
export function readable(error: unknown, call: string, isNews: (advice: string) => boolean): string {
  const text = harmless(error);
  const advice = adviceIn(error);
  if (advice === undefined) return text;
  if (!isNews(advice)) return text.replace(` ${advice}`, () => " The first such error says more.");
  return LATE.includes(call) ? `${wayOut}\n${text}` : text;
}

function adviceIn(error: unknown): string | undefined {
  if (error instanceof ApiError) return error.advice;
  return error instanceof Error ? adviceIn(error.cause) : undefined;
}

/** Some of the words are a service's: they must do nothing to a terminal. */
function harmless(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return wellFormed(text).replace(/[^\P{Cc}\n]+|\p{Bidi_Control}+/gu, " ");
}
