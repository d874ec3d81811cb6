/** Where in a text something stands: for messages, so it is worked out only once there are some. */
import { unescaped } from "./problem";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";

/** The YAML parser takes up to 500 bytes of memory a character. Longer texts are refused if they are not JSON. */
const longest = 2 * 1024 * 1024;

/** Answers the line of what a pointer names in a text that was read before, from 1; nothing for the whole of it. */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  let find: ((segments: readonly string[]) => number | undefined) | undefined;
  return (pointer) => {
    if (pointer === "") return undefined;
    find ??= isJson(text) ? (segments) => lineInJson(text, segments) : linesOfYaml(text);
    return find(pointer.split("/").slice(1).map(unescaped));
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
    return true;
  } catch {
    return false;
  }
}

function linesOfYaml(text: string): (segments: readonly string[]) => number | undefined {
  if (text.length > longest) return () => undefined;
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, logLevel: "silent", uniqueKeys: false });
  return (segments) => {
    const offset = offsetOf(contents, segments);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
}

/** Of the key or item that a pointer names, or of the nearest thing around it that the text has. */
function offsetOf(root: Node | null, segments: readonly string[]): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const key of segments) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (pair === undefined || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

/** The same in valid JSON, which is read over once for each line that is asked for: no text is too long for it. */
function lineInJson(text: string, segments: readonly string[]): number | undefined {
  let offset: number | undefined;
  let at = skipSpace(text, 0);
  for (const segment of segments) {
    const found = memberOf(text, at, segment);
    if (found === undefined) break;
    offset = found.offset;
    at = found.value;
  }
  if (offset === undefined) return undefined;
  let line = 1;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", end + 1)) line++;
  return line;
}

/** Where a member of a mapping, or an item of a list, begins, and where its value does. */
function memberOf(text: string, start: number, key: string): { offset: number; value: number } | undefined {
  const isMapping = text[start] === "{";
  if (!isMapping && text[start] !== "[") return undefined;
  let at = skipSpace(text, start + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index++) {
    const offset = at;
    let name = String(index);
    if (isMapping) {
      at = endOfValue(text, offset);
      name = JSON.parse(text.slice(offset, at)) as string;
      // Past the colon.
      at = skipSpace(text, skipSpace(text, at) + 1);
    }
    if (name === key) return { offset, value: at };
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return undefined;
}

/** The place after a value. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === "\\") at++;
      if (depth === 0) return at + 1;
    } else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      // The end of what a number or a word stands in.
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && ", \t\r\n".includes(char)) return at;
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (" \t\r\n\uFEFF".includes(text[at] ?? "x")) at++;
  return at;
}
