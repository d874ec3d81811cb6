/** Calls for many objects at once, which answer success even if some of the objects failed. */
import { meaningOf } from "../../http/codes";
import { ApiError, failedAs, ProviderError } from "../../http/errors";

/** Some objects of a batch failed; the message lists every one of them. The others took effect. */
export class BatchError extends ProviderError {
  override readonly name = "BatchError";
  readonly kind = "invalid";

  /** @param effect whether something may have been changed nevertheless */
  constructor(
    message: string,
    readonly effect: boolean,
  ) {
    super(message);
  }
}

/** Whether something may have been changed before this error came. */
export function mayHaveWorked(error: unknown): boolean {
  if (error instanceof BatchError) return error.effect;
  // After a retry, the last answer says nothing about the first try.
  if (error instanceof ApiError && error.attempts > 1) return true;
  return failedAs(error, "ambiguous", "unavailable", "network", "timeout", "malformed");
}

/** Cuts a list into parts of at most `size`. */
export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** One object that failed, with the fields that the service gives. */
export interface Failure {
  readonly who: string;
  readonly message: string | null | undefined;
  readonly code: string | null | undefined;
  /** Whether it may have taken effect nevertheless. */
  readonly unclear?: boolean;
}

/** The result of one batch: how many objects it worked for, and the failures of the others. */
export interface BatchResult {
  readonly succeeded: number;
  readonly failures: readonly Failure[];
}

/**
 * Sends one batch after the other. It continues to the end even if objects failed.
 *
 * @param what completes the sentence "could not ..."
 * @param advice what to do about failures, where that is the same for all: a sentence
 * @throws BatchError when objects failed, or a whole batch after others had worked
 */
export async function sendBatches<Batch>(
  what: string,
  batches: readonly Batch[],
  send: (batch: Batch) => Promise<BatchResult>,
  advice?: string,
): Promise<void> {
  let succeeded = 0;
  let unclear = false;
  const failures: string[] = [];
  for (const batch of batches) {
    try {
      const result = await send(batch);
      succeeded += result.succeeded;
      for (const failure of result.failures) failures.push(describeFailure(failure));
      unclear ||= result.failures.some(isUnclear);
    } catch (error) {
      if (succeeded === 0) throw error;
      failures.push(error instanceof Error ? error.message : String(error));
      break;
    }
  }
  if (failures.length === 0) return;
  const partly = succeeded === 0 ? "" : ` for some (it worked for ${succeeded})`;
  const nextStep = advice === undefined ? "" : `. ${advice}.`;
  throw new BatchError(`could not ${what}${partly}: ${failures.join("; ")}${nextStep}`, succeeded > 0 || unclear);
}

/** After a system error the call may have taken effect: for one object as for a whole call. */
function isUnclear({ code, unclear = false }: Failure): boolean {
  return unclear || meaningOf("apig", code ?? undefined)?.kind === "unavailable";
}

function describeFailure({ who, message, code }: Failure): string {
  const reason = message?.replace(/\.$/, "") ?? "";
  return `${who}: ${reason === "" ? "refused without a reason" : reason}${code ? ` (${code})` : ""}`;
}
