import {
  DefinitionError,
  openText,
  readDefinition,
  writeDocument,
  type Arrangement,
  type Definition,
  type DefinitionProblem,
} from "../../../provider/definition";

type Node = Record<string, unknown>;

export const ok = { 200: { description: "fine" } };
export const backend = { type: "MOCK", mockEndpoints: { "result-content": "hello" } };

/** A small OpenAPI 3.0 document with these paths, and other root members where a test needs them. */
export function openapi(paths: Node, root: Node = {}): Node {
  return { openapi: "3.0.3", info: { title: "pets", version: "1" }, paths, ...root };
}

/** The same for Swagger 2.0. */
export function swagger(paths: Node, root: Node = {}): Node {
  return { swagger: "2.0", info: { title: "pets", version: "1" }, paths, ...root };
}

/** A definition of `count` operations, `GET /p0` and so on. */
export function many(count: number): Node {
  const paths = Array.from({ length: count }, (_, index) => [`/p${index}`, { get: { responses: ok } }] as const);
  return openapi(Object.fromEntries(paths));
}

/** Reads a definition whose operations need no back end. */
export async function read(source: string | Node, arrangement: Arrangement = {}): Promise<Definition> {
  return readDefinition(openText(source), { mockMode: true, ...arrangement });
}

/** The problems of a definition, which must have some. */
export async function problemsOf(
  source: string | Node,
  arrangement?: Arrangement,
): Promise<readonly DefinitionProblem[]> {
  try {
    await read(source, arrangement);
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
  throw new Error("the definition was read");
}

/** The messages alone, as one text. */
export async function complaintOf(source: string | Node, arrangement?: Arrangement): Promise<string> {
  return (await problemsOf(source, arrangement)).map(({ message }) => message).join("\n");
}

/** Keys of the operations. */
export async function keysOf(source: string | Node, arrangement?: Arrangement): Promise<string[]> {
  return (await read(source, arrangement)).operations.map(({ key }) => key);
}

/** The only operation of a definition with one path that has one `get`. */
export async function operationOf(
  get: Node,
  root: Node = {},
  arrangement: Arrangement = {},
): Promise<Definition["operations"][number]> {
  const { operations } = await read(openapi({ "/pets": { get: { responses: ok, ...get } } }, root), arrangement);
  const [operation] = operations;
  if (!operation) throw new Error("the definition has no operation");
  return operation;
}

/** The document that an import sends. */
export async function sentOf(source: string | Node, arrangement?: Arrangement): Promise<Node> {
  const definition = await read(source, arrangement);
  return JSON.parse(writeDocument(definition, definition.operations)) as Node;
}
