import { DefinitionError, loadDefinition, type Definition, type DefinitionProblem } from "../../../provider/definition";

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

/** What loading complains about, which is expected to be something. */
export async function problemsOf(source: string | Node): Promise<readonly DefinitionProblem[]> {
  const loaded = await loadDefinition(source).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (loaded instanceof DefinitionError) return loaded.problems;
  throw loaded instanceof Error ? loaded : new Error("the definition was loaded");
}

/** The messages alone, as one text. */
export async function complaintOf(source: string | Node): Promise<string> {
  return (await problemsOf(source)).map(({ message }) => message).join("\n");
}

/** The only operation of a definition with one path that has one `get`. */
export async function operationOf(get: Node, root: Node = {}): Promise<Definition["operations"][number]> {
  const { operations } = await loadDefinition(openapi({ "/pets": { get: { responses: ok, ...get } } }, root));
  const [operation] = operations;
  if (!operation) throw new Error("the definition has no operation");
  return operation;
}
