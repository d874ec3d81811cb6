import { decoded } from "./encoding";

/** A text without escapes. `starts` and `ends` say where each of its characters was in the original. */
export interface Plain {
  readonly text: string;
  readonly starts: readonly number[];
  /** The index after its last original character. */
  readonly ends: readonly number[];
}

/** Most levels of escapes that are removed. A text may be escaped several times, such as JSON in JSON in JSON. */
const DEPTH = 8;

/** Escapes of URLs, JSON and HTML, and the spellings of a blank. */
const ESCAPE =
  /%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f]){1,3}|\\u[\da-f]{4}|\\.|&(?:amp|lt|gt|quot|apos|#\d{1,6}|#x[\da-f]{1,5});|[\s+]+/gi;

/** Removes all escapes, so that a text gives the same result however it was escaped. Several blanks become one. */
export function plainForm(text: string): Plain {
  const indices = Array.from({ length: text.length }, (_, index) => index);
  let plain: Plain = { text, starts: indices, ends: indices.map((index) => index + 1) };
  for (let depth = 0; depth < DEPTH; depth++) {
    const deeper = unescapeOnce(plain);
    if (deeper.text === plain.text) break;
    plain = deeper;
  }
  return plain;
}

function unescapeOnce({ text, starts, ends }: Plain): Plain {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let done = 0;
  const copyUntil = (end: number) => {
    parts.push(text.slice(done, end));
    for (; done < end; done++) {
      from.push(starts[done] ?? 0);
      to.push(ends[done] ?? 0);
    }
  };
  for (const { 0: escape, index } of text.matchAll(ESCAPE)) {
    copyUntil(index);
    done = index + escape.length;
    const meant = meaningOf(escape);
    parts.push(meant);
    from.push(...Array<number>(meant.length).fill(starts[index] ?? 0));
    to.push(...Array<number>(meant.length).fill(ends[done - 1] ?? 0));
  }
  copyUntil(text.length);
  return { text: parts.join(""), starts: from, ends: to };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function meaningOf(escape: string): string {
  if (escape.startsWith("%")) return decoded(escape);
  if (/^\\u./i.test(escape)) return String.fromCharCode(parseInt(escape.slice(2), 16));
  if (escape.startsWith("\\")) return /[bfnrt]/.test(escape) ? " " : escape.slice(1);
  if (!escape.startsWith("&")) return " ";
  const name = escape.slice(1, -1).toLowerCase();
  const code = name.startsWith("#x") ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return name.startsWith("#") ? String.fromCodePoint(code) : (entities[name] ?? escape);
}
