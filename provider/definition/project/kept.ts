/** What is kept of nodes of all kinds. */
import type { JsonObject } from "../json";

export const EXTENSION = "x-apigateway-";

/** Characters that the service has room for in a remark. */
const REMARK = 255;

export function extensionsOf(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key.startsWith(EXTENSION)));
}

/** The beginning of a description, as much as becomes the remark of an API or of a group. */
export function clipped(text: string, length = REMARK): string {
  return Array.from(text.trim()).slice(0, length).join("").trim();
}

/** A text without what it ends with, however often. */
export function withoutEnd(text: string, end: string): string {
  let length = text.length;
  while (length > 0 && text[length - 1] === end) length -= 1;
  return text.slice(0, length);
}
