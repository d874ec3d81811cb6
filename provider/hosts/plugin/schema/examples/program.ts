/** The example programs as they stand in `programs.yaml`, and as what programs in other languages are made of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

export type Value =
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** `${web.appId}` */
  | { readonly kind: "reference"; readonly of: string; readonly member: string }
  | { readonly kind: "fileAsset"; readonly path: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly entries: Entries };

export type Entries = readonly (readonly [name: string, value: Value])[];

/** A resource that is declared, or a function that is asked. */
export interface Step {
  readonly kind: "resource" | "invoke";
  /** What the rest of the program calls it; also the name of the resource. */
  readonly name: string;
  /** The resource type or the function, such as `App`. */
  readonly of: string;
  readonly args: Entries;
}

export interface Program {
  readonly steps: readonly Step[];
  readonly outputs: Entries;
  /** The program in YAML. */
  readonly yaml: string;
}

interface Written {
  readonly variables?: Readonly<Record<string, { "fn::invoke": { function: string; arguments?: object } }>>;
  readonly resources?: Readonly<Record<string, { type: string; properties: object }>>;
  readonly outputs?: object;
}

const written = parse(readFileSync(join(__dirname, "programs.yaml"), "utf8")) as Readonly<Record<string, Written>>;

/** @param about the resource type or the function */
export function programOf(about: string): Program {
  const program = written[about];
  if (program === undefined) throw new Error(`there is no example of ${about}`);
  const variables = Object.entries(program.variables ?? {});
  const resources = Object.entries(program.resources ?? {});
  return {
    steps: [
      ...variables.map(([name, { "fn::invoke": invoke }]) => step("invoke", name, invoke.function, invoke.arguments)),
      ...resources.map(([name, { type, properties }]) => step("resource", name, type, properties)),
    ],
    outputs: entries(program.outputs ?? {}),
    yaml: stringify(program),
  };
}

/** Whether anything in a program refers to a step. */
export function isUsed({ name }: Step, { steps, outputs }: Program): boolean {
  const refers = (value: Value): boolean =>
    value.kind === "reference"
      ? value.of === name
      : value.kind === "list"
        ? value.items.some(refers)
        : value.kind === "map" && value.entries.some(([, each]) => refers(each));
  return [...steps.flatMap(({ args }) => args), ...outputs].some(([, value]) => refers(value));
}

function step(kind: Step["kind"], name: string, token: string, args: object = {}): Step {
  return { kind, name, of: token.replace(/^apig:/, ""), args: entries(args) };
}

function entries(map: object): Entries {
  return Object.entries(map).map(([name, value]) => [name, valueOf(value)] as const);
}

function valueOf(value: unknown): Value {
  if (Array.isArray(value)) return { kind: "list", items: value.map(valueOf) };
  if (typeof value === "object" && value !== null) {
    return "fn::fileAsset" in value
      ? { kind: "fileAsset", path: String(value["fn::fileAsset"]) }
      : { kind: "map", entries: entries(value) };
  }
  if (typeof value !== "string") return { kind: "literal", value: value as number | boolean };
  const [, of, member] = /^\$\{(\w+)\.(\w+)\}$/.exec(value) ?? [];
  return of !== undefined && member !== undefined ? { kind: "reference", of, member } : { kind: "literal", value };
}
