import { isCollection, isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { DefinitionError, printable } from "./problem";
import { membersOf, type Member } from "./json-text";
import { isObject, MAX_SIZE, toJson, type JsonObject } from "./json";

/**
 * Most aliases in a document, and most uses of one anchor, where nested uses multiply. The parser's time grows with the
 * square of the first, and without limit with the second. Documents that share error responses by anchor have far
 * fewer. `toJson` also limits the characters that aliases unfold to.
 */
const MAX_ALIASES = 10_000;

/**
 * The YAML parser takes up to 500 bytes of memory a character. JSON has no such limit, because another parser reads it.
 */
const MAX_YAML_SIZE = 2 * 1024 * 1024;

/**
 * Turns JSON text, YAML text or an object into a plain mapping. Refuses texts that would take too much time or memory.
 */
export function readSource(source: string | Readonly<Record<string, unknown>>): JsonObject {
  const document = toJson(typeof source === "string" ? parseText(source) : source);
  if (isObject(document)) return document;
  // The program wrote `definition: "openapi.yaml"`: as a document, this is only a text.
  if (typeof document === "string" && /^\S+\.(json|ya?ml)$/i.test(document)) {
    throw refused(`it is the name of a file: give \`new pulumi.asset.FileAsset("${printable(document)}")\``);
  }
  throw refused("it must be a mapping with `openapi` or `swagger` at the top");
}

function parseText(text: string): unknown {
  if (text.length > MAX_SIZE)
    throw refused(`it has ${text.length} characters: a definition is read up to ${MAX_SIZE / 1024 / 1024} MB`);
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") throw refused("it is empty");
  return /^\s*[{[]/.test(content) ? parseJson(content) : parseYaml(content);
}

/** Reads a text that begins with a bracket. That is JSON, or YAML in flow style if it is not valid JSON. */
function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return parseYaml(text);
  }
  const duplicate = firstDuplicateKey(text);
  if (duplicate)
    throw refused(
      `line ${duplicate.line}, column ${duplicate.column}: the key ${JSON.stringify(printable(duplicate.name))} appears twice in one mapping`,
    );
  return value;
}

function parseYaml(text: string): unknown {
  if (text.length > MAX_YAML_SIZE)
    throw refused(
      `it has ${text.length} characters: YAML is read up to ${MAX_YAML_SIZE / 1024 / 1024} MB; convert it to JSON`,
    );
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  try {
    // The parser's own check for equal keys compares each key with each: 20 seconds for 60,000 paths.
    const document = parseDocument(text, {
      lineCounter: lines,
      merge: true,
      prettyErrors: false,
      logLevel: "silent",
      uniqueKeys: false,
    });
    const [problem] = document.errors;
    // The parser is recursive, and reports a full stack as a syntax error.
    if (problem?.message.includes("call stack")) throw refused("it is nested too deeply to be read");
    if (problem) throw refused(`${at(problem.pos[0])}: not valid JSON or YAML: ${printable(problem.message)}`);
    refuseUnsafe(document, at);
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof DefinitionError) throw error;
    // The parser throws a ReferenceError for aliases that explode.
    if (error instanceof RangeError) throw refused("it is nested too deeply to be read");
    if (error instanceof ReferenceError) throw refused("its YAML aliases are unresolved, or unfold without bound");
    throw refused(`not valid JSON or YAML: ${printable(String(error))}`);
  }
}

/**
 * Refuses too many aliases, keys that appear twice, and keys that are lists or mappings: a hundred of these in each
 * other would take for ever to write as text.
 */
function refuseUnsafe(document: Document, at: (offset: number) => string): void {
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases += 1;
      if (aliases > MAX_ALIASES) throw refused(`it has more than ${MAX_ALIASES} YAML aliases; convert it to JSON`);
    },
    Map: (_, { items }) => {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (isCollection(key)) throw refused(`${at(key.range?.[0] ?? 0)}: a key that is itself a list or a mapping`);
        if (!isScalar(key) || key.source === "<<") continue;
        const name = String(key.value);
        if (keys.has(name))
          throw refused(
            `${at(key.range?.[0] ?? 0)}: the key ${JSON.stringify(printable(name))} appears twice in one mapping`,
          );
        keys.add(name);
      }
    },
  });
}

/**
 * Finds a key that appears twice in valid JSON. `JSON.parse` would keep only the last one without an error, so an
 * operation would be lost.
 */
function firstDuplicateKey(json: string): Member | undefined {
  const keys: Set<string>[] = [];
  for (const member of membersOf(json)) {
    const { depth, name, isKey, isFirst } = member;
    if (!isKey) continue;
    const known = isFirst ? new Set<string>() : (keys[depth] ?? new Set());
    if (known.has(name)) return member;
    keys[depth] = known.add(name);
  }
  return undefined;
}

function refused(message: string): DefinitionError {
  return new DefinitionError([{ pointer: "", message }]);
}
