/** Helpers for what APIG keeps of any part of a definition. */
import type { JsonObject } from "../json";

export const EXTENSION = "x-apigateway-";

/** Most characters of a remark. */
const REMARK = 255;

export function extensionsOf(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key.startsWith(EXTENSION)));
}

/** The beginning of a description, as long as a remark may be. */
export function clipped(text: string, length = REMARK): string {
  return Array.from(text.trim()).slice(0, length).join("").trim();
}

/** A text without all repetitions of `end` at its end. */
export function withoutEnd(text: string, end: string): string {
  let length = text.length;
  while (length > 0 && text[length - 1] === end) length -= 1;
  return text.slice(0, length);
}
