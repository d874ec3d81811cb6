/** Reads a definition, and reduces its operations to what APIG keeps of them. */
import { setImmediate } from "node:timers/promises";
import { arrange } from "./arrange";
import type { Arrangement, OperationOverrides } from "./arrangement";
import { documentProblems, operationChecks } from "./extensions/check";
import type { SourceFile } from "./files";
import { MAX_SIZE } from "./json";
import { findOperations, type Found } from "./operations";
import { Part } from "./part";
import { DefinitionError, printable, type DefinitionProblem } from "./problem";
import { namesFor } from "./project/names";
import type { Operation } from "./operation";
import { projectOperation, type Projected } from "./project/project";
import { parseTemplate, type Template } from "./project/template";
import { refuseOtherVersions } from "./version";
import { MAX_BYTES, sizeOf } from "./write";

/**
 * The largest edition of APIG holds 8,000 APIs. A definition with too many operations is refused before it costs time.
 */
const MAX_OPERATIONS = 10_000;

/** How many operations are projected before other calls of this process get a turn. */
const AT_ONCE = 500;

/** The part of a definition that is imported. */
export interface Definition {
  /** `info.title` and `info.description`: they become name and remark of a group that the import creates. */
  readonly title: string;
  readonly description: string | undefined;
  readonly operations: readonly Operation[];
  /** Keys of operations that APIG cannot serve, with the reason. Empty unless the program lets us leave them out. */
  readonly skipped: ReadonlyMap<string, string>;
  /**
   * Keys of operations that are open to everybody. `unsaid`: nobody says who may call. `overruling`: the file opens it
   * in spite of `defaults.auth`.
   */
  readonly open: ReadonlyMap<string, "unsaid" | "overruling">;
  /** Key of an operation to the parameters that APIG cannot declare. */
  readonly dropped: ReadonlyMap<string, readonly string[]>;
}

/** @throws DefinitionError with everything that is wrong */
export async function readDefinition(file: SourceFile, arrangement: Arrangement): Promise<Definition> {
  const root = new Part(file, "", file.root);
  refuseOtherVersions(root);
  const problems: DefinitionProblem[] = [];
  const all = findOperations(root, problems);
  if (all.length > MAX_OPERATIONS) {
    throw new DefinitionError([
      root.problem(`it has ${all.length} operations; no edition of APIG holds more than ${MAX_OPERATIONS}`),
    ]);
  }
  const reading = new Reading(root, arrangement, problems);
  const rules = arrange(arrangement, all);
  for (const found of all) {
    const says = rules.of(found);
    if (says !== false) reading.place(found, says);
  }
  await reading.projectAll();
  problems.push(...documentProblems(root), ...rules.unmet().map((reason) => root.problem(`\`overrides\`: ${reason}`)));
  if (reading.operations.length === 0 && problems.length === 0) {
    problems.push(root.problem("there are no operations to import", "paths"));
  }
  if (problems.length > 0) throw new DefinitionError(problems);
  const info = root.object("info");
  const { operations, skipped, open, dropped } = reading;
  return {
    title: info?.text("title") ?? "",
    description: info?.text("description"),
    operations,
    skipped,
    open,
    dropped,
  };
}

/** An operation whose path APIG can serve. */
interface Placed {
  readonly found: Found;
  readonly overrides: OperationOverrides;
  readonly template: Template;
}

class Reading {
  readonly operations: Operation[] = [];
  readonly skipped = new Map<string, string>();
  readonly open = new Map<string, "unsaid" | "overruling">();
  readonly dropped = new Map<string, readonly string[]>();
  /** Keys are method and path at the gateway. */
  readonly #placed = new Map<string, Placed>();
  #size = 0;

  constructor(
    private readonly root: Part,
    private readonly arrangement: Arrangement,
    private readonly problems: DefinitionProblem[],
  ) {}

  /** Finds the path of an operation at the gateway. An operation that can have none is refused or left out. */
  place(found: Found, overrides: OperationOverrides): void {
    const template = this.#templateOf(found, overrides);
    if (typeof template === "string") {
      if (this.arrangement.unsupported === "skip") this.skipped.set(found.key, template);
      else this.#refuse(found, found.node.problem(template));
      return;
    }
    const key = `${found.method} ${template.path}`;
    if (this.#placed.has(key)) {
      this.#refuse(found, found.node.problem(`another operation of the definition is ${printable(key)}, too`));
    } else {
      this.#placed.set(key, { found, overrides, template });
    }
  }

  /** Projects all operations that have a place. */
  async projectAll(): Promise<void> {
    const names = this.#names();
    const checks = operationChecks(this.root);
    for (const [index, [key, placed]] of [...this.#placed].entries()) {
      if (index % AT_ONCE === 0) await setImmediate();
      let projected: Projected;
      try {
        projected = this.#project(placed, names.get(key) ?? "");
        this.#refuse(placed.found, ...projected.problems, ...checks(placed.found));
      } catch (error) {
        if (!(error instanceof DefinitionError)) throw error;
        this.#refuse(placed.found, ...error.problems);
        continue;
      }
      this.#keep(placed.found, projected);
    }
  }

  #names(): ReadonlyMap<string, string> {
    const unnamed = Array.from(this.#placed, ([key, { found, overrides }]) => ({
      key,
      said: overrides.name,
      operationId: found.node.text("operationId"),
    }));
    const said = new Set<string>();
    for (const { key, said: name } of unnamed) {
      if (name !== undefined && said.has(name)) {
        this.problems.push(
          this.root.problem(`\`overrides\` name more than one API ${printable(name)}: ${printable(key)} is another`),
        );
      } else if (name !== undefined) said.add(name);
    }
    return namesFor(unnamed);
  }

  /** Adds up the sizes, because references may put one large part into every operation. */
  #count(size: number): void {
    this.#size += size;
    if (this.#size <= MAX_SIZE) return;
    const reason = `what APIG would keep of it has more than ${MAX_SIZE / 1024 / 1024} MB, references followed`;
    throw new DefinitionError([this.root.problem(reason)]);
  }

  #project({ found, overrides, template }: Placed, name: string): Projected {
    const { defaults = {}, mockMode = false, simpleMode = false } = this.arrangement;
    const modes = [...(mockMode ? ["mock"] : []), ...(simpleMode ? ["simple"] : [])];
    return projectOperation({ root: this.root, found, template, name, overrides, defaults, mockMode, modes });
  }

  #refuse({ key, node }: Found, ...problems: readonly DefinitionProblem[]): void {
    const operation = { key, pointer: node.pointer };
    this.problems.push(...problems.map((problem) => ({ ...problem, operation })));
  }

  #keep(found: Found, { operation, isOpen, dropped }: Projected): void {
    const size = sizeOf(operation);
    this.#count(size);
    if (size > MAX_BYTES) {
      this.#refuse(
        found,
        found.node.problem("what APIG would keep of it is too large for an import, which takes 12 MB"),
      );
    }
    this.operations.push(operation);
    if (isOpen) this.open.set(operation.key, isOpen);
    if (dropped.length > 0) this.dropped.set(operation.key, dropped);
  }

  /** The path at the gateway, or the reason why APIG cannot serve the operation. */
  #templateOf({ method, path }: Found, overrides: OperationOverrides): Template | string {
    if (!SERVED.has(method)) return `APIG has no method ${printable(method)}`;
    try {
      return parseTemplate((this.arrangement.pathPrefix ?? "") + (overrides.path ?? path));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const SERVED = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "ANY"]);
