import { isAxiosError, type AxiosError } from "axios";
import { fields, plainMessage, readBody, serviceWords } from "./answer";
import { inMegabytes } from "./answer-limits";
import { meaningOf, meaningOfStatus, meaningOfText, usualAdvice, type Meaning } from "./codes";
import type { Service } from "./operation";

/** One failed attempt, reduced to what decisions and messages need. Holds no header, body or URL. */
export interface Failure extends Meaning {
  /** In our words. */
  readonly reason: string;
  /** The service's own words, which say more than ours: still to be masked. */
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

/** The kinds that waiting can cure. */
const TRANSIENT: readonly Meaning["kind"][] = ["throttled", "busy", "unavailable", "timeout"];

/** Reads what axios threw for one attempt; undefined for what is not a failed attempt, but an error of another kind. */
export function failureOf(error: unknown, service: Service): Failure | undefined {
  if (!isAxiosError(error)) return undefined;
  const { response } = error;
  if (!(response?.data instanceof Uint8Array)) return connectionFailure(error);
  const headers = headersOf(response);
  // A success, but another one than the operation is documented to have.
  if (response.status < 300) return unusable(response.status, "an unexpected status", headers("x-request-id"));
  return refusal(response.status, response.data, headers, service);
}

/** The service answered, and the answer is no. */
export function refusal(status: number, bytes: Uint8Array, headers: HeaderReader, service: Service): Failure {
  const body = readBody(bytes);
  const words = serviceWords(body);
  // BK-CI also answers 200 with what would be the status in the body, or a code of its own.
  const meant = status < 300 ? Number(words.code) : status;
  const failed = (meant >= 500 && meant < 600) || meant === 408;
  const text = service === "bkci" ? (words.message ?? plainMessage(body)) : words.message;
  // BK-CI and IAM repeat the HTTP status where others have a code.
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

/** All that BK-CI's envelope has. */
const envelopeMembers = ["status", "message", "data"];

/**
 * BK-CI's own 404, in its envelope and with HTTP 404, says that an object is missing. A framework or a proxy, which do not
 * know the path, say the same in words of their own, with the path in them; or in a 200 that nobody documents.
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

/** A success status, but an answer that cannot be used. */
export function unusable(status: number, problem: string, requestId: string | undefined): Failure {
  const nextStep = usualAdvice.malformed;
  return { kind: "malformed", reason: problem, nextStep, status, requestId, transient: false, effect: "unknown" };
}

/** No answer at all, or not a whole one. */
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
      nextStep: "Set huaweicloud:caCertFile (HW_CACERT_FILE) if the server uses a private authority",
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

/** What node said, without what axios hangs on it: its config and request hold headers and bodies. */
function cleanCause(error: AxiosError): Error {
  const cause = new Error(error.message);
  return Object.assign(cause, error.code === undefined ? {} : { code: error.code });
}

function hostOf(error: AxiosError): string {
  return URL.parse(error.config?.url ?? "")?.host ?? "the server";
}
