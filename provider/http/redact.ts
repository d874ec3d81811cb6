/** Shorter values are not masked: they would turn ordinary words into stars and hide nothing. */
const SHORTEST_SECRET = 4;

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

  /** Replaces every known secret, in each spelling a service may echo it in. `more` are secrets of this call only. */
  mask(text: string, more: Iterable<string> = []): string {
    const spellings = [...this.#values, ...more].filter((value) => value.length >= SHORTEST_SECRET).flatMap(spell);
    // Longest first: a secret that contains another one must not be cut in two.
    return [...new Set(spellings)]
      .sort((one, other) => other.length - one.length)
      .reduce((masked, spelling) => masked.replaceAll(spelling, "[secret]"), text);
  }
}

/** The secret values inside a request body, found by the names of their fields. */
export function secretsInBody(body: unknown): string[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string" ? (SECRET_FIELDS.test(name) ? [value] : []) : secretsInBody(value),
  );
}

/** A value as it is, inside JSON, inside a URL, and (if it arrived encoded) decoded. */
function spell(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), decoded(value)];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
