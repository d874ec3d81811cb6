import { plainForm } from "./plain";

/** Shorter values are not masked: they would turn ordinary words into stars and hide nothing. */
const SHORTEST_SECRET = 4;

/** The same for a single line of a longer secret, which is more often an ordinary word. */
const SHORTEST_LINE = 8;

/** Of longer texts only the beginning is kept: a service may send megabytes, and nobody reads more. */
const LONGEST_TEXT = 200_000;

/** What one character may become: `%25252F` is a slash. */
const LONGEST_ESCAPE = 12;

/** Request fields that carry secrets: AppCodes, app secrets, BK-CI credential slots, IAM passwords. */
const SECRET_FIELDS =
  /^(app_?code|app_?secret|v[1-4]|password|secret(_?key|_string|_binary)?|(access_?|security_?)?token)$/i;

/** The secret values known to a connection. Every text that leaves it goes through `mask`. */
export class Secrets {
  readonly #values = new Set<string>();

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  add(value: string): void {
    this.#values.add(value);
  }

  /** Replaces every known secret, in each spelling a service may echo it in. `more` are secrets of this text only. */
  mask(text: string, more: Iterable<string> = []): string {
    const values = [...this.#values, ...more]
      .flatMap((value) => [value, ...linesOf(value)])
      .filter((value) => value.length >= SHORTEST_SECRET && value.trim() !== "")
      .flatMap((value) => [value, ...inBase64(value)]);
    // A secret that the cut goes through has to be seen whole.
    const margin = LONGEST_ESCAPE * Math.max(0, ...values.map((value) => value.length));
    const spans = occurrences(text.slice(0, LONGEST_TEXT + margin), new Set(values));
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

/** From where to where, in a text. */
type Span = readonly [start: number, end: number];

/** Where the values stand: as they are, and however the service or the user escaped them. */
function occurrences(text: string, values: ReadonlySet<string>): Span[] {
  const plain = plainForm(text);
  return [...values].flatMap((value) => {
    const { text: plainValue } = plainForm(value);
    return [
      ...spansOf(value, text),
      ...(plainValue.trim() === "" ? [] : spansOf(plainValue, plain.text)).map(([start, end]): Span => {
        return [plain.starts[start] ?? 0, plain.ends[end - 1] ?? text.length];
      }),
    ];
  });
}

function spansOf(value: string, text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    spans.push([at, at + value.length]);
  }
  return spans;
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
