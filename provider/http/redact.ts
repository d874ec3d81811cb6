import { plainForm } from "./unescape";

/** Shorter values are masked only as whole words: as parts of words they occur in ordinary text. */
const SHORTEST_PART = 4;

/** Shortest line of a longer secret that is masked by itself: a shorter one is more often an ordinary word. */
const SHORTEST_LINE = 8;

/** Characters at the start of a secret that are masked even without the rest: services cut what they quote, and so do we. */
const ENOUGH = 100;

/** Only the beginning of a longer text is kept: a service may send megabytes. */
const LONGEST_TEXT = 10_000;

/** Most characters for one escaped character: a quotation mark four times in JSON has fifteen backslashes. */
const LONGEST_ESCAPE = 32;

/** Most characters of a text that are searched. More than are kept: a secret at the cut must be recognised. */
export const LONGEST_WORDS = LONGEST_TEXT + ENOUGH * LONGEST_ESCAPE;

/** Request fields that hold secrets: AppCodes, app secrets, BK-CI credential slots, IAM passwords. */
const SECRET_FIELDS =
  /^(app_?code|app_?secret|v[1-4]|password|secret(_?key|_string|_binary)?|(access_?|security_?)?token)$/i;

/** What is searched for: `asIs` in the text itself, `plain` in the text without escapes. */
interface Spellings {
  readonly asIs: readonly string[];
  readonly plain: readonly string[];
}

/**
 * The secret values known to a connection. `mask` is used on texts of services before they become part of our messages.
 * It is not used on our own sentences: if a password is an ordinary word, the masked gap would show it.
 */
export class Secrets {
  readonly #spellings = new Map<string, Spellings>();

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  add(value: string): void {
    if (!this.#spellings.has(value)) this.#spellings.set(value, spellingsOf(value));
  }

  /** Replaces every known secret, in each spelling that a service may use. `more` are secrets of this text only. */
  mask(words: string, more: readonly string[] = []): string {
    const text = words.slice(0, LONGEST_WORDS);
    const spans = occurrences(text, [...this.#spellings.values(), ...more.map(spellingsOf)]);
    const masked = cover(text.slice(0, LONGEST_TEXT), spans);
    // BK-CI's token is sent in URLs, and services quote a signature that they refuse: both are masked by their name.
    return masked.replace(/(access_token|Signature)=[^&\s"',]*/gi, "$1=[secret]");
  }
}

/** The secret values inside a request body, found by the names of their fields. */
export function secretsInBody(body: unknown): string[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string" ? (SECRET_FIELDS.test(name) ? [value] : []) : secretsInBody(value),
  );
}

/** The lines of a key or another long value: a service may quote only some of them. */
function linesOf(value: string): string[] {
  const lines = value.split(/[\r\n]+/);
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("-----"));
}

/**
 * The value in base64, alone or inside a longer value. Inside, its first and last digits also depend on the other bytes:
 * only the digits between are returned, for each possible offset.
 */
function inBase64(value: string): string[] {
  const parts = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return bytes.toString("base64").slice(from, to);
  });
  const digits = [Buffer.from(value).toString("base64").replaceAll("=", ""), ...parts];
  return [...digits, ...digits.map((each) => each.replaceAll("+", "-").replaceAll("/", "_"))];
}

function spellingsOf(value: string): Spellings {
  const whole = value.slice(0, LONGEST_WORDS);
  const asIs = [whole, ...linesOf(whole)].flatMap((each) => [each, ...inBase64(each)]).filter(isVisible);
  return { asIs, plain: asIs.map((each) => plainForm(each).text).filter(isVisible) };
}

function isVisible(text: string): boolean {
  return text.trim() !== "";
}

/** A part of a text. */
type Span = readonly [start: number, end: number];

/** Where the secrets are in a text, also if the service or the user escaped them. */
function occurrences(text: string, secrets: readonly Spellings[]): Span[] {
  const plain = plainForm(text);
  return secrets.flatMap((each) => [
    ...each.asIs.flatMap((value) => spansOf(value, text)),
    ...each.plain
      .flatMap((value) => spansOf(value, plain.text))
      .map(([start, end]): Span => [plain.starts[start] ?? 0, plain.ends[end - 1] ?? text.length]),
  ]);
}

function spansOf(value: string, text: string): Span[] {
  const beginning = value.slice(0, ENOUGH);
  const spans: Span[] = [];
  for (let at = text.indexOf(beginning), end; at !== -1; at = text.indexOf(beginning, end)) {
    end = at + beginning.length;
    while (end < text.length && text[end] === value[end - at]) end++;
    if (value.length >= SHORTEST_PART || !(isInWord(text, at) || isInWord(text, end))) spans.push([at, end]);
  }
  return spans;
}

/** Whether the characters before and after this index belong to one word. */
function isInWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
}

/** The text with masks in place of the spans. Spans may overlap and go past the end of the text. */
function cover(text: string, spans: readonly Span[]): string {
  let covered = "";
  let end = 0;
  for (const [from, to] of [...spans].sort(([one], [other]) => one - other)) {
    if (from >= text.length) break;
    if (from >= end) covered += `${text.slice(end, from)}[secret]`;
    end = Math.max(end, to);
  }
  return covered + text.slice(end);
}
