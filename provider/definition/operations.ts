/** Finds the operations of a definition in any version of OpenAPI or Swagger. */
import { ANY_METHOD, METHODS, otherMembers } from "./methods";
import type { Part } from "./part";
import { DefinitionError, printable, type DefinitionProblem } from "./problem";

/** An operation, and where it stands in the definition. */
export interface Found {
  /** In upper case. `ANY` for `x-apigateway-any-method`. */
  readonly method: string;
  /** The path in the file, after the `basePath` of Swagger 2.0. */
  readonly path: string;
  /** The path in the file, without the `basePath`. */
  readonly written: string;
  /** Such as `GET /v1/orders/{id}`. */
  readonly key: string;
  readonly item: Part;
  readonly node: Part;
  readonly tags: readonly string[];
}

/** All operations in document order. Adds what is wrong with paths and path items to `problems`. */
export function findOperations(root: Part, problems: DefinitionProblem[]): Found[] {
  const base = root.text("swagger") === undefined ? "" : baseOf(root.text("basePath") ?? "");
  return (root.object("paths")?.members ?? []).flatMap(([path, reference]) => {
    if (path.startsWith("x-")) return [];
    if (!path.startsWith("/")) {
      problems.push(reference.problem(`paths begin with a slash: did you mean /${printable(path)}?`));
      return [];
    }
    try {
      return operationsOf(reference.follow(), { written: path, path: base + path }, problems);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}

function operationsOf(item: Part, paths: Pick<Found, "written" | "path">, problems: DefinitionProblem[]): Found[] {
  const { methods, wrong } = otherMembers(item);
  problems.push(...wrong);
  const known = [...METHODS, ANY_METHOD].map((name) => [name, item.object(name)] as const);
  return [...known, ...methods].flatMap(([name, node]) => {
    if (node === undefined) {
      const other = item.at(name);
      if (other !== undefined) problems.push(other.problem("an operation must be a mapping"));
      return [];
    }
    const method = name === ANY_METHOD ? "ANY" : name.toUpperCase();
    const tags = node.list("tags").flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    return [{ ...paths, method, key: `${method} ${paths.path}`, item, node, tags: [...new Set(tags)] }];
  });
}

/** A `basePath` in the form `/v1`, for example from `v1/`. */
function baseOf(basePath: string): string {
  const segments = basePath.split("/").filter((segment) => segment !== "");
  return segments.map((segment) => `/${segment}`).join("");
}
