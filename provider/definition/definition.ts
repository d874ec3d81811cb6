/** Reads a definition, and projects its operations onto what APIG keeps of them. */
import { setImmediate } from "node:timers/promises";
import { arrange } from "./arrange";
import type { Arrangement, OperationOverrides } from "./arrangement";
import { documentProblems, operationChecks } from "./extensions/check";
import type { SourceFile } from "./files";
import { MAX_SIZE } from "./json";
import { findOperations, type Found } from "./operations";
import { Part } from "./part";
import { DefinitionError, printable, type DefinitionProblem } from "./problem";
import { nameFor } from "./project/names";
import type { Operation } from "./operation";
import { projectOperation, type Projected } from "./project/project";
import { parseTemplate, type Template } from "./project/template";
import { refuseOtherVersions } from "./version";

/** The largest edition of APIG holds 8,000 APIs; a definition with more is refused before it costs time. */
const MAX_OPERATIONS = 10_000;

/** How many operations are projected before the host may answer another call. */
const AT_ONCE = 500;

/** What is imported of a definition. */
export interface Definition {
  /** `info.title` and `info.description`: name and remark of a group that the import creates. */
  readonly title: string;
  readonly description: string | undefined;
  readonly operations: readonly Operation[];
  /** Keys of operations that APIG cannot serve, with the reason; only where the program wants them left out. */
  readonly skipped: ReadonlyMap<string, string>;
  /** Keys of operations that are open to everybody, and why: nobody says anything, or the file does in spite of `defaults.auth`. */
  readonly open: ReadonlyMap<string, "unsaid" | "overruling">;
  /** Key to the parameters that APIG cannot declare. */
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
  for (const [index, found] of all.entries()) {
    if (index % AT_ONCE === 0) await setImmediate();
    const says = rules.of(found);
    if (says !== false) reading.take(found, says);
  }
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

class Reading {
  readonly operations: Operation[] = [];
  readonly skipped = new Map<string, string>();
  readonly open = new Map<string, "unsaid" | "overruling">();
  readonly dropped = new Map<string, readonly string[]>();
  readonly #names = new Set<string>();
  readonly #keys = new Set<string>();
  #size = 0;
  #checked: ReturnType<typeof operationChecks> | undefined;

  constructor(
    private readonly root: Part,
    private readonly arrangement: Arrangement,
    private readonly problems: DefinitionProblem[],
  ) {}

  take(found: Found, overrides: OperationOverrides): void {
    const { node } = found;
    const refuse = (problems: readonly DefinitionProblem[]): void => {
      const operation = { key: found.key, pointer: node.pointer };
      this.problems.push(...problems.map((problem) => ({ ...problem, operation })));
    };
    const template = this.#templateOf(found, overrides);
    if (typeof template === "string") {
      if (this.arrangement.unsupported === "skip") this.skipped.set(found.key, template);
      else refuse([node.problem(template)]);
      return;
    }
    const key = `${found.method} ${template.path}`;
    if (this.#keys.has(key)) {
      refuse([node.problem(`another operation of the definition is ${printable(key)}, too`)]);
      return;
    }
    this.#keys.add(key);
    let projected: Projected;
    try {
      projected = this.#project(found, overrides, template);
      refuse([...projected.problems, ...this.#checks(found)]);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      refuse(error.problems);
      return;
    }
    const { operation, isOpen, dropped } = projected;
    this.#count(JSON.stringify(operation.projection).length);
    this.operations.push(operation);
    if (isOpen) this.open.set(key, isOpen);
    if (dropped.length > 0) this.dropped.set(key, dropped);
  }

  /** Made for the first operation, whose problem it then is where the document's own policies cannot be read. */
  #checks(found: Found): DefinitionProblem[] {
    this.#checked ??= operationChecks(this.root);
    return this.#checked(found);
  }

  /** References may put one large part into every operation. */
  #count(size: number): void {
    this.#size += size;
    if (this.#size <= MAX_SIZE) return;
    const reason = `what APIG would keep of it has more than ${MAX_SIZE / 1024 / 1024} MB, references followed`;
    throw new DefinitionError([this.root.problem(reason)]);
  }

  #project(found: Found, overrides: OperationOverrides, template: Template): Projected {
    const { defaults = {}, mockMode = false, simpleMode = false } = this.arrangement;
    const name = nameFor(
      overrides.name ?? found.node.text("operationId"),
      `${found.method} ${template.path}`,
      this.#names,
    );
    this.#names.add(name);
    const modes = [...(mockMode ? ["mock"] : []), ...(simpleMode ? ["simple"] : [])];
    return projectOperation({ root: this.root, found, template, name, overrides, defaults, mockMode, modes });
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
