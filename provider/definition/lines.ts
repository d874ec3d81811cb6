/** Finds the lines of a text for messages. It does the work only when there is a message. */
import { membersOf } from "./json-text";
import { unescaped } from "./problem";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";

/** The YAML parser takes up to 500 bytes of memory a character. Longer texts are refused unless they are JSON. */
const longest = 2 * 1024 * 1024;

/**
 * Returns a function that finds the line of a pointer, counted from 1. The text was read without errors before. There
 * is no line for the whole text (`""`).
 */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  let find: Find | undefined;
  return (pointer) => {
    if (pointer === "") return undefined;
    find ??= linesOf(text);
    return find(pointer.split("/").slice(1).map(unescaped));
  };
}

type Find = (segments: readonly string[]) => number | undefined;

function linesOf(text: string): Find {
  const json = text.replace(/^\uFEFF/, "");
  try {
    JSON.parse(json);
  } catch {
    return linesOfYaml(text);
  }
  return (segments) => lineInJson(json, segments);
}

function linesOfYaml(text: string): Find {
  if (text.length > longest) return () => undefined;
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, logLevel: "silent", uniqueKeys: false });
  return (segments) => {
    const offset = offsetOf(contents, segments);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
}

/**
 * The position of the key or item that a pointer names. If the text does not have it, the position of the nearest thing
 * around it.
 */
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

/** The line in a JSON text of any length and depth. It builds no tree. */
function lineInJson(json: string, segments: readonly string[]): number | undefined {
  let line: number | undefined;
  let found = 0;
  for (const member of membersOf(json)) {
    // The member that was found last has ended, or the whole pointer is found.
    if (member.depth <= found || found === segments.length) break;
    if (member.depth > found + 1 || member.name !== segments[found]) continue;
    line = member.line;
    found++;
  }
  return line;
}
