/** RFC 3986 encoding: everything but unreserved characters. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The plain form of a value that may be percent-encoded. */
export function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * The text with a replacement character for each half of a surrogate pair. JSON can contain such halves, and a cut can
 * make them. The engine cannot receive them: the host would throw while it answers, and the engine would wait for ever.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
