/** Where in a text something stands: for messages, so it is worked out only once there are some. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import type { DefinitionProblem } from "./problem";

/** The YAML parser takes up to 500 bytes of memory a character, so longer JSON texts get no line numbers. */
const longest = 2 * 1024 * 1024;

/** The problems with the lines of the text, which was read before, that they are about. */
export function withLines(problems: readonly DefinitionProblem[], text: string): DefinitionProblem[] {
  if (text.length > longest || problems.every(({ pointer }) => pointer === "")) return [...problems];
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, logLevel: "silent", uniqueKeys: false });
  return problems.map((one) => {
    const offset = one.pointer === "" ? undefined : offsetOf(contents, one.pointer);
    return offset === undefined ? one : { ...one, line: lines.linePos(offset).line };
  });
}

/** Of the key or item that a pointer names, or of the nearest thing around it that the text has. */
function offsetOf(root: Node | null, pointer: string): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const segment of pointer.split("/").slice(1)) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
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
