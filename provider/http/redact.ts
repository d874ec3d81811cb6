import { plainForm } from "./unescape";

/** Shorter values are masked as words of their own only: inside of others they would turn ordinary text into stars. */
const SHORTEST_PART = 4;

/** The same for a single line of a longer secret, which is more often an ordinary word. */
const SHORTEST_LINE = 8;

/** So much of the beginning of a secret is taken for it: services cut what they quote, and so do we. */
const ENOUGH = 100;

/** Only the beginning of a longer text is kept: a service may send megabytes. */
const LONGEST_TEXT = 10_000;

/** What one character may become: four times in JSON, a quotation mark has fifteen backslashes. */
const LONGEST_ESCAPE = 32;

/** The most of a text that is looked at: a secret that the cut goes through has to be recognised. */
export const LONGEST_WORDS = LONGEST_TEXT + ENOUGH * LONGEST_ESCAPE;

/** Request fields that carry secrets: AppCodes, app secrets, BK-CI credential slots, IAM passwords. */
const SECRET_FIELDS =
  /^(app_?code|app_?secret|v[1-4]|password|secret(_?key|_string|_binary)?|(access_?|security_?)?token)$/i;

/** What is looked for: in the text as it is, and in its plain form. */
interface Spellings {
  readonly asIs: readonly string[];
  readonly plain: readonly string[];
}

/**
 * The secret values known to a connection. What others say goes through `mask` before it becomes part of a sentence of
 * ours, never the whole sentence: a password that is an ordinary word would show by the gap that it leaves.
 */
export class Secrets {
  readonly #spellings = new Map<string, Spellings>();

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  add(value: string): void {
    if (!this.#spellings.has(value)) this.#spellings.set(value, spellingsOf(value));
  }

  /** Replaces every known secret, in each spelling a service may echo it in. `more` are secrets of this text only. */
  mask(words: string, more: readonly string[] = []): string {
    const text = words.slice(0, LONGEST_WORDS);
    const spans = occurrences(text, [...this.#spellings.values(), ...more.map(spellingsOf)]);
    const masked = cover(text.slice(0, LONGEST_TEXT), spans);
    // BK-CI's token travels in URLs, and services quote the signature they refuse: masked by their place.
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

/** The lines of a key or another long value: a service may quote just some of them. */
function linesOf(value: string): string[] {
  const lines = value.split(/[\r\n]+/);
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("-----"));
}

/**
 * The value in base64, whole or as part of something longer: the digits that it alone decides, which depend on how many
 * bytes stand before it.
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

/** From where to where, in a text. */
type Span = readonly [start: number, end: number];

/** Where the secrets stand: as they are, and however the service or the user escaped them. */
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

/** Whether a word goes on here. */
function isInWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
}

/** The text with something else in place of the spans, which may overlap and go past its end. */
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
