/** Calls that take many objects at once and answer success also when some of them failed. */
import { failedAs, ProviderError } from "../../http/errors";

/** Some objects of a batch failed; the message lists every one of them. The others took effect. */
export class BatchError extends ProviderError {
  override readonly name = "BatchError";
  readonly kind = "invalid";

  /** @param succeeded for how many objects it worked */
  constructor(
    message: string,
    readonly succeeded: number,
  ) {
    super(message);
  }
}

/** Whether something may have been changed before this error came. */
export function mayHaveWorked(error: unknown): boolean {
  if (error instanceof BatchError) return error.succeeded > 0;
  return failedAs(error, "ambiguous", "unavailable", "network", "timeout", "malformed");
}

/** Cuts a list into parts of at most `size`. */
export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** What came of one batch: how many objects it worked for, and a line about each other one. */
export interface BatchResult {
  readonly succeeded: number;
  readonly failures: readonly string[];
}

/**
 * Sends one batch after the other, to the end also when objects failed.
 *
 * @param what completes "could not ..."
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
  const failures: string[] = [];
  for (const batch of batches) {
    try {
      const result = await send(batch);
      succeeded += result.succeeded;
      failures.push(...result.failures);
    } catch (error) {
      if (succeeded === 0) throw error;
      failures.push(error instanceof Error ? error.message : String(error));
      break;
    }
  }
  if (failures.length === 0) return;
  const partly = succeeded === 0 ? "" : ` for some (it worked for ${succeeded})`;
  const nextStep = advice === undefined ? "" : `. ${advice}.`;
  throw new BatchError(`could not ${what}${partly}: ${failures.join("; ")}${nextStep}`, succeeded);
}

/** A line about one object that failed, from the fields that the service gives. */
export function describeFailure(
  who: string,
  message: string | null | undefined,
  code: string | null | undefined,
): string {
  const reason = message?.replace(/\.$/, "") ?? "";
  return `${who}: ${reason === "" ? "refused without a reason" : reason}${code ? ` (${code})` : ""}`;
}
