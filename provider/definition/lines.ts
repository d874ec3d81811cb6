/** Where in a text something stands: for messages, so it is worked out only once there are some. */
import { unescaped } from "./problem";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";

/** The YAML parser takes up to 500 bytes of memory a character, so longer JSON texts get no line numbers. */
const longest = 2 * 1024 * 1024;

/** Answers the line of what a pointer names in a text that was read before, from 1; nothing for the whole of it. */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  let read: { readonly contents: Node | null; readonly lines: LineCounter } | undefined;
  return (pointer) => {
    if (pointer === "" || text.length > longest) return undefined;
    if (read === undefined) {
      const lines = new LineCounter();
      read = {
        contents: parseDocument(text, { lineCounter: lines, logLevel: "silent", uniqueKeys: false }).contents,
        lines,
      };
    }
    const offset = offsetOf(read.contents, pointer);
    return offset === undefined ? undefined : read.lines.linePos(offset).line;
  };
}

/** Of the key or item that a pointer names, or of the nearest thing around it that the text has. */
function offsetOf(root: Node | null, pointer: string): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const segment of pointer.split("/").slice(1)) {
    const key = unescaped(segment);
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
