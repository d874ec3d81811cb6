/** Finds the operation that gets the calls of another one, as the gateway does: by method, path and match mode. */
import type { Callable } from "./callable";

type Place = Pick<Callable, "method" | "path" | "matchMode">;

interface Candidate {
  readonly operation: Callable;
  readonly segments: readonly string[];
}

export class Serving {
  /** By method and path without the names of variables, which callers never see. */
  readonly #byShape = new Map<string, Callable[]>();
  readonly #all: readonly Candidate[];

  constructor(operations: readonly Callable[]) {
    this.#all = operations.map((operation) => ({ operation, segments: segmentsOf(operation.path) }));
    for (const operation of operations) {
      const shape = shapeOf(operation);
      this.#byShape.set(shape, [...(this.#byShape.get(shape) ?? []), operation]);
    }
  }

  /**
   * The operation that is called from now on. One of the same method and path comes first, even if it takes fewer paths
   * than before; else one that takes all of these calls: another name of a variable, a prefix, or any method.
   */
  find(before: Place): Callable | undefined {
    const same = this.#byShape.get(shapeOf(before)) ?? [];
    return same.find(({ matchMode }) => matchMode === before.matchMode) ?? same[0] ?? this.#widerThan(before);
  }

  /** Which methods of a path are served. */
  methodsAt({ path }: Place): string[] {
    return METHODS.filter((method) => this.#byShape.has(shapeOf({ method, path })));
  }

  /** The gateway prefers whole paths, then literal segments, then longer paths, then methods to ANY. */
  #widerThan(before: Place): Callable | undefined {
    const segments = segmentsOf(before.path);
    let best: Candidate | undefined;
    for (const candidate of this.#all) {
      if (!takes(candidate, before, segments)) continue;
      if (best === undefined || isPreferred(candidate, best)) best = candidate;
    }
    return best?.operation;
  }
}

const METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];

const VARIABLE = "{}";
const REST = "{+}";

function segmentsOf(path: string): string[] {
  return path
    .split("/")
    .map((segment) => (segment.startsWith("{") ? (segment.endsWith("+}") ? REST : VARIABLE) : segment));
}

function shapeOf({ method, path }: Pick<Place, "method" | "path">): string {
  return `${method} ${segmentsOf(path).join("/")}`;
}

function takes({ operation, segments }: Candidate, before: Place, wanted: readonly string[]): boolean {
  if (operation.method !== "ANY" && operation.method !== before.method) return false;
  // A prefix takes longer paths, and so does a variable for the rest of the path, at least one segment.
  const isPrefix = operation.matchMode === "SWA";
  const isOpen = isPrefix || segments.at(-1) === REST;
  if (before.matchMode === "SWA" && !isOpen) return false;
  if (isOpen ? wanted.length < segments.length : wanted.length !== segments.length) return false;
  return segments.every((segment, index) => {
    const one = wanted[index] ?? "";
    if (segment === REST || segment === one) return true;
    return segment === VARIABLE && (one !== REST || (isPrefix && index === segments.length - 1));
  });
}

function isPreferred(one: Candidate, other: Candidate): boolean {
  const [mine, theirs] = [rank(one), rank(other)];
  const index = mine.findIndex((value, place) => value !== theirs[place]);
  return index >= 0 && (mine[index] ?? 0) > (theirs[index] ?? 0);
}

function rank({ operation, segments }: Candidate): number[] {
  const literal = segments.filter((segment) => segment !== VARIABLE && segment !== REST);
  return [
    operation.matchMode === "NORMAL" ? 1 : 0,
    literal.length,
    segments.length,
    operation.method === "ANY" ? 0 : 1,
  ];
}
