/**
 * What went wrong. Decide by this, never by a status: the services use different statuses
 * (a missing secret is a 400, a throttled call a 500).
 */
export type ErrorKind =
  /** A setting is missing, malformed or contradicts another one. Nothing was sent. */
  | "settings"
  /** The service does not accept the credential: token or key wrong, expired or missing. */
  | "unauthorized"
  /** The service accepts the credential, but there is no permission in this project. */
  | "forbidden"
  /** The object, or a parent of it, does not exist in this place. */
  | "not-found"
  /** The address is not the API: wrong host, path or region, or a redirect. Never means "deleted". */
  | "endpoint"
  /** Something with this name, value or path exists already. */
  | "exists"
  /** The state of the object forbids this: still in use, still published, pending deletion. */
  | "conflict"
  /** A quota is used up. Waiting does not help. */
  | "quota"
  /** Too many requests, also after waiting. */
  | "throttled"
  /** The gateway instance is busy with another task, also after waiting. */
  | "busy"
  /** The service refuses what was sent. */
  | "invalid"
  /** A write got no usable answer, and may have happened. Look before you repeat it. */
  | "ambiguous"
  /** The service failed, also after retries. The call is idempotent: it is safe to try again later. */
  | "unavailable"
  /** No connection, also after retries. */
  | "network"
  /** No answer in time, also after retries. */
  | "timeout"
  /** An answer that cannot be read: not JSON, cut off, too large, or not of the documented shape. */
  | "malformed";

/** Base of every error that this package throws on purpose. Messages never hold headers, bodies, query strings or secrets. */
export abstract class ProviderError extends Error {
  abstract readonly kind: ErrorKind;
}

/** A setting is missing, malformed or contradicts another one. The message names its config key and its variable. */
export class SettingsError extends ProviderError {
  override readonly name = "SettingsError";
  readonly kind = "settings";
}

/** A list changed each time that its pages were read, so its content is unknown. */
export class ListMovedError extends ProviderError {
  override readonly name = "ListMovedError";
  readonly kind = "conflict";
}

/** The parts of an `ApiError`. Texts must be masked already. */
export interface ApiErrorDetails {
  readonly kind: Exclude<ErrorKind, "settings">;
  /** The operation's name, and the same in words for the user. */
  readonly operation: { readonly name: string; readonly action: string };
  readonly subject?: string | undefined;
  /** What happened: the service's own words where there are any. */
  readonly reason: string;
  /** What the reader can do about it: a full sentence. */
  readonly nextStep: string;
  /** Longer advice in sentences. It is the same for every call that is refused for this reason. */
  readonly advice?: string | undefined;
  /** HTTP status of the last answer; absent when there was none. */
  readonly status?: number | undefined;
  /** The service's own error code, for example `APIG.3201`. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** How many times the request was sent; 0 when it failed before. */
  readonly attempts: number;
  readonly cause?: Error | undefined;
}

/** A call that failed: `could not <action> <subject>: <reason> (<code>, HTTP <status>, request <id>). <next step>` */
export class ApiError extends ProviderError {
  override readonly name = "ApiError";
  readonly kind: ApiErrorDetails["kind"];
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  /** The service's operation name, for example `CreateAppCodeV2`. */
  readonly operation: string;
  readonly attempts: number;
  /** The end of the message, where other messages may have the same end. */
  readonly advice: string | undefined;

  constructor(details: ApiErrorDetails) {
    const advice = details.advice === undefined ? "" : ` ${details.advice}`;
    super(sentence(details) + advice, details.cause ? { cause: details.cause } : undefined);
    this.advice = details.advice;
    this.kind = details.kind;
    this.status = details.status;
    this.code = details.code;
    this.requestId = details.requestId;
    this.operation = details.operation.name;
    this.attempts = details.attempts;
  }
}

/** Whether an error is a ProviderError of one of these kinds: `catch (error) { if (failedAs(error, "not-found")) … }` */
export function failedAs(error: unknown, ...kinds: readonly ErrorKind[]): error is ProviderError {
  return error instanceof ProviderError && kinds.includes(error.kind);
}

function sentence(details: ApiErrorDetails): string {
  const { operation, subject, code, status, requestId, attempts } = details;
  const what = subject === undefined ? operation.action : `${operation.action} ${subject}`;
  const facts = [
    code,
    status === undefined ? undefined : `HTTP ${status}`,
    requestId === undefined ? undefined : `request ${requestId}`,
    attempts > 1 ? `${attempts} attempts` : undefined,
  ].filter((fact) => fact !== undefined);
  const reason = details.reason.trim().replace(/[.。]$/, "");
  const where = facts.length > 0 ? ` (${facts.join(", ")})` : "";
  const nextStep = details.nextStep.replace(/[.。]$/, "");
  return `could not ${what}: ${reason}${where}. ${nextStep}.`;
}
