import { limitAndClean, USUAL_SIZE } from "./answer-limits";
import { LONGEST_WORDS } from "./redact";

/** The error code and message that a service gives in an answer. */
export interface ServiceWords {
  readonly code?: string;
  readonly message?: string;
}

/** A body after reading. `problem` says in words why there is no value. */
export type Body = { readonly value: unknown } | { readonly problem: string; readonly text?: string };

/** Longest plain text that counts as a message, in characters. A longer text is a page. */
const LONGEST_PLAIN_MESSAGE = 500;

/**
 * Reads a JSON body. We do not leave this to axios, because the services also send web pages, cut-off JSON and plain text.
 *
 * @param size most bytes of this answer
 * @param clean masks and shortens the service's error texts inside an answer
 */
export function readBody(bytes: Uint8Array, size = USUAL_SIZE, clean = (words: string) => words): Body {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { problem: "the answer is not UTF-8 text" };
  }
  if (text.trim() === "") return { value: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (/^\s*</.test(text)) return { problem: "the answer is a web page, not JSON" };
    return { problem: "the answer is not JSON, or is cut off", text: text.trim() };
  }
  return limitAndClean(value, size, clean);
}

/**
 * Finds the error code and message: `{error_code, error_msg}`, the same or `{code, message}` under `error`, plain
 * `{code, message}`, and BK-CI's `{status, message}`. Both are cut to the length that masking looks at.
 */
export function serviceWords(body: Body): ServiceWords {
  if (!("value" in body)) return {};
  const outer = fields(body.value);
  const inner = typeof outer["error"] === "object" ? fields(outer["error"] ?? outer) : outer;
  const code = textOf(inner["error_code"]) ?? textOf(inner["code"]) ?? textOf(inner["status"]);
  const message = textOf(inner["error_msg"]) ?? textOf(inner["message"]) ?? textOf(inner["error_message"]);
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}

/** A plain-text answer that is short enough to be a message. */
export function plainMessage(body: Body): string | undefined {
  if ("value" in body || body.text === undefined || body.text.length > LONGEST_PLAIN_MESSAGE) return undefined;
  return body.text;
}

/** An object's fields. Empty for any other value. */
export function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, LONGEST_WORDS) : undefined;
}
