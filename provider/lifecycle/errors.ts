import { wellFormed } from "../http/encoding";
import { ApiError, ProviderError } from "../http/errors";
import { wayOut } from "../settings/keys";

/** The object does not exist any more: `read` reports it as deleted, `delete` counts as done. */
export class GoneError extends ProviderError {
  override readonly name = "GoneError";
  readonly kind = "not-found";
}

/** The object exists but is unfinished: the engine records it, and finishes it through `update`. */
export class PartialCreateError extends Error {
  override readonly name = "PartialCreateError";

  /**
   * @param id the id to record
   * @param state the outputs that are known already
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

/** The error of a call of the host, with a message for the user. */
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

/** Calls that may run with the settings of an earlier run. */
const LATE = ["read", "delete"];

/**
 * The message of an error, for the user. Advice that is the same for every resource is shown once only.
 *
 * @param call what the host called
 * @param isNews whether this is the first time
 */
export function readable(error: unknown, call: string, isNews: (advice: string) => boolean): string {
  const text = harmless(error instanceof Error ? error.message : String(error));
  const advice = adviceIn(error);
  if (advice === undefined) return text;
  if (!isNews(advice)) return text.replace(` ${advice}`, () => " The first such error says more.");
  return LATE.includes(call) ? `${wayOut}\n${text}` : text;
}

function adviceIn(error: unknown): string | undefined {
  if (error instanceof ApiError) return error.advice;
  return error instanceof Error ? adviceIn(error.cause) : undefined;
}

/** A message without control characters: a part of it may come from a service, and must not control the terminal. */
export function harmless(text: string): string {
  return wellFormed(text).replace(/[^\P{Cc}\n]+|\p{Bidi_Control}+/gu, " ");
}
