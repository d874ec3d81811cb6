import { isAxiosError, type AxiosError } from "axios";
import { fields, plainMessage, readBody, serviceWords } from "./answer";
import { inMegabytes } from "./answer-limits";
import { meaningOf, meaningOfStatus, meaningOfText, usualAdvice, type Meaning } from "./codes";
import type { Service } from "./operation";

/** One failed attempt: only what decisions and messages need. Holds no header, body or URL. */
export interface Failure extends Meaning {
  /** In our words. */
  readonly reason: string;
  /** The service's own words, which say more than ours. They are not masked yet. */
  readonly words?: string | undefined;
  readonly nextStep: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** Whether the same request may succeed later. */
  readonly transient: boolean;
  /** Whether it may have taken effect. */
  readonly effect: "none" | "unknown";
  readonly retryAfter?: string | undefined;
  readonly cause?: Error | undefined;
}

/** The kinds where a later attempt may succeed. */
const TRANSIENT: readonly Meaning["kind"][] = ["throttled", "busy", "unavailable", "timeout"];

/** Reads what axios threw for one attempt. Undefined if it is no failed attempt, but an error of another kind. */
export function failureOf(error: unknown, service: Service): Failure | undefined {
  if (!isAxiosError(error)) return undefined;
  const { response } = error;
  if (!(response?.data instanceof Uint8Array)) return connectionFailure(error);
  const headers = headersOf(response);
  // A success status, but not one that the operation is documented to have.
  if (response.status < 300) return unusable(response.status, "an unexpected status", headers("x-request-id"));
  return refusal(response.status, response.data, headers, service);
}

/** The service answered that the call failed. */
export function refusal(status: number, bytes: Uint8Array, headers: HeaderReader, service: Service): Failure {
  const body = readBody(bytes);
  const words = serviceWords(body);
  // BK-CI also answers 200 and has the real status, or its own code, in the body.
  const meant = status < 300 ? Number(words.code) : status;
  const failed = (meant >= 500 && meant < 600) || meant === 408;
  const text = service === "bkci" ? (words.message ?? plainMessage(body)) : words.message;
  // BK-CI and IAM repeat the HTTP status where other services have a code.
  const code = words.code === String(status) ? undefined : words.code;
  const meaning =
    meaningOf(service, code) ??
    (service === "bkci" ? bkciMeaning(status, text, body) : undefined) ??
    meaningOfStatus(meant);
  return {
    kind: meaning.kind,
    nextStep: meaning.nextStep ?? usualAdvice[meaning.kind],
    reason: "problem" in body ? body.problem : "the service refused without a word",
    words: text,
    status,
    code,
    requestId: headers("x-request-id"),
    transient: TRANSIENT.includes(meaning.kind) || failed,
    effect: failed ? "unknown" : "none",
    retryAfter: headers("retry-after"),
  };
}

/** All members of BK-CI's envelope. */
const envelopeMembers = ["status", "message", "data"];

/**
 * Only a 404 in BK-CI's envelope with HTTP 404 says that an object is missing. A framework or a proxy that does not know
 * the path also answers 404, with the path in its text, or answers 200.
 */
function bkciMeaning(status: number, text: string | undefined, body: ReturnType<typeof readBody>): Meaning | undefined {
  const envelope = fields("value" in body ? body.value : undefined);
  const isOwn = envelope["status"] === 404 && Object.keys(envelope).every((member) => envelopeMembers.includes(member));
  if (status === 404 && isOwn && text !== undefined) {
    return {
      kind: "not-found",
      nextStep: "Check the ids; BK-CI also answers so when the user is no member of the project",
    };
  }
  return meaningOfText(text);
}

/** An answer with a success status that cannot be used. */
export function unusable(status: number, problem: string, requestId: string | undefined): Failure {
  const nextStep = usualAdvice.malformed;
  return { kind: "malformed", reason: problem, nextStep, status, requestId, transient: false, effect: "unknown" };
}

/** There was no answer, or only a part of it. */
function connectionFailure(error: AxiosError): Failure {
  const cause = cleanCause(error);
  const code = error.code ?? "";
  const host = hostOf(error);
  const base = { cause, effect: "unknown", transient: true } as const;
  const largest = error.config?.maxContentLength;
  if (largest !== undefined && error.message.includes("maxContentLength")) {
    const reason = `the answer of ${host} is larger than ${inMegabytes(largest)}`;
    return { ...base, kind: "malformed", reason, nextStep: usualAdvice.malformed, transient: false };
  }
  if (code.startsWith("Z_") || code.startsWith("HPE_")) {
    const reason = code.startsWith("HPE_")
      ? `what ${host} speaks is not HTTP`
      : `the compression of the answer of ${host} is damaged`;
    return { ...base, kind: "malformed", reason, nextStep: usualAdvice.malformed, transient: false };
  }
  if (code === "ERR_CANCELED") {
    return { ...base, kind: "timeout", reason: `no whole answer from ${host} in time`, nextStep: usualAdvice.timeout };
  }
  const network = { ...base, kind: "network", nextStep: usualAdvice.network } as const;
  if (code === "ENOTFOUND") {
    return {
      ...network,
      reason: `there is no host ${host}`,
      nextStep: "Check region, cloud and endpoints",
      effect: "none",
      transient: false,
    };
  }
  if (/CERT|^UNABLE_TO_|^ERR_(TLS|SSL)_|^EPROTO$|^HOSTNAME_MISMATCH$/.test(code)) {
    return {
      ...network,
      reason: `no trusted TLS connection to ${host} (${code})`,
      nextStep: "Set huaweicloud:caCertFile if the server uses a private authority",
      effect: "none",
      transient: false,
    };
  }
  if (
    /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/.test(code) ||
    fields(error.cause)["syscall"] === "connect"
  ) {
    return { ...network, reason: `no connection to ${host} (${code})`, effect: "none" };
  }
  return {
    ...network,
    reason: `the connection to ${host} broke before the answer was complete (${code || "aborted"})`,
  };
}

/** Reads one response header. */
export type HeaderReader = (name: string) => string | undefined;

export function headersOf(response: { readonly headers: unknown }): HeaderReader {
  return (name) => {
    const value = fields(response.headers)[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
}

/** Node's error without the properties that axios adds: its config and request hold headers and bodies. */
function cleanCause(error: AxiosError): Error {
  const cause = new Error(error.message);
  return Object.assign(cause, error.code === undefined ? {} : { code: error.code });
}

function hostOf(error: AxiosError): string {
  return URL.parse(error.config?.url ?? "")?.host ?? "the server";
}
