/** What an error says about its call's credential and place. */
import type { Authenticator } from "./authenticator";
import type { Failure } from "./failure";

/** A request without an identity may be refused as incomplete, in words that do not say what is missing. */
export function nextStepOf({ kind, code, nextStep }: Failure, { lacking }: Authenticator): string {
  return kind === "invalid" && code === undefined && lacking !== undefined
    ? `${lacking}. Else correct the input it complains about`
    : nextStep;
}

/**
 * Advice for refused credentials (401) and missing permissions (403).
 *
 * @param aboutCredentials where they come from
 */
export function adviceOn(
  { kind, status }: Failure,
  { authenticator, place }: { readonly authenticator: Authenticator; readonly place?: string },
  aboutCredentials: string,
): string | undefined {
  const here = place === undefined ? [] : [`The call went to ${place}`];
  if (kind === "endpoint") return here.map((sentence) => `${sentence}.`).join();
  if (kind !== "unauthorized" && kind !== "forbidden") return undefined;
  // Without a status nothing was sent: the error comes from the authenticator, and has the advice already.
  const advice = kind === "unauthorized" && status !== undefined ? [authenticator.advice] : [];
  return [...advice, ...here, aboutCredentials].map((sentence) => `${sentence}.`).join(" ");
}
