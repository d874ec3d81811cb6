import { decoded, encode } from "./encoding";

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
    const masked = [...new Set(spellings)]
      .sort((one, other) => other.length - one.length)
      .reduce((rest, spelling) => rest.replaceAll(spelling, "[secret]"), text);
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

/** A value, as given and decoded (it may have arrived encoded): as it is, inside JSON, and inside a URL. */
function spell(value: string): string[] {
  return [value, decoded(value)].flatMap((form) => [
    form,
    JSON.stringify(form).slice(1, -1),
    encodeURIComponent(form),
    encode(form),
  ]);
}
