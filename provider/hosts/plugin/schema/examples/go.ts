import { fitting, objectOf, type Known } from "./fitting";
import { indented, lines } from "./layout";
import { isUsed, type Entries, type Program, type Step, type Value } from "./program";
import { referredBy, type Properties, type TypeSpec } from "../spec";

/** Where Go programs import the SDK from. Said in the schema, because generators of several ages make several paths of a name. */
export const goPackage = "example.com/pulumi-apig/sdk/go/apig";
const indent = "\t";

export function go(program: Program, known: Known): string {
  let isFirst = true;
  const steps = program.steps.map((step) => {
    const types = known.inputsOf(step);
    if (step.kind === "invoke") return `${step.name} := ${invoke(step, types, known)}`;
    const used = isUsed(step, program);
    const assigned = `${used ? step.name : "_"}, err ${used || isFirst ? ":=" : "="}`;
    isFirst = false;
    const args = object(`&apig.${step.of}Args`, step.args, types, known);
    const call = `apig.New${step.of}(ctx, ${JSON.stringify(step.name)}, ${args})`;
    return `${assigned} ${call}\nif err != nil {\n${indent}return err\n}`;
  });
  // The outputs of a function are behind methods, those of a resource are fields.
  const invoked = program.steps.filter(({ kind }) => kind === "invoke").map(({ name }) => name);
  const outputs = program.outputs.map(([name, value]) => {
    const call = value.kind === "reference" && invoked.includes(value.of) ? "()" : "";
    return `ctx.Export(${JSON.stringify(name)}, ${written(value, {}, known)}${call})`;
  });
  const body = indented([...steps, ...outputs, "return nil"].join("\n"), indent + indent);
  return `package main

import (
	"${goPackage}"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
${body}
	})
}`;
}

function invoke({ of, args }: Step, types: Properties, known: Known): string {
  const name = `${capital(of)}Output`;
  return `apig.${name}(ctx${args.length === 0 ? "" : `, ${object(`apig.${name}Args`, args, types, known)}`})`;
}

function object(type: string, entries: Entries, types: Properties, known: Known): string {
  const members = entries.map(([name, value]) => [capital(name), written(value, types[name] ?? {}, known)] as const);
  return lines([`${type}{`, "}"], aligned(members), { indent });
}

/** As gofmt writes them: values that stand on neighbouring lines begin in one column. */
function aligned(members: readonly (readonly [name: string, value: string])[]): string[] {
  const isLong = (index: number) => members[index]?.[1].includes("\n") !== false;
  return members.map(([name, value], index) => {
    if (isLong(index)) return `${name}: ${value}`;
    const [from, to] = [members.findLastIndex((_, at) => at < index && isLong(at)) + 1, index];
    const end = members.findIndex((_, at) => at > to && isLong(at));
    const block = members.slice(from, end === -1 ? undefined : end);
    const width = Math.max(...block.map(([each]) => each.length));
    return `${name}:${" ".repeat(width - name.length + 1)}${value}`;
  });
}

function written(value: Value, of: TypeSpec, known: Known): string {
  const type = fitting(value, of, known);
  switch (value.kind) {
    case "literal":
      return `${scalar(type, known, typeof value.value)}(${JSON.stringify(value.value)})`;
    case "reference":
      return `${value.of}.${capital(value.member)}`;
    case "fileAsset":
      return `pulumi.NewFileAsset(${JSON.stringify(value.path)})`;
    case "list": {
      const items = value.items.map((item) => written(item, type.items ?? {}, known));
      return lines([`${collection(type.items ?? {}, known)}Array{`, "}"], items, { indent });
    }
    case "map": {
      const [name, spec] = objectOf(type, known) ?? [];
      if (spec !== undefined) return object(`apig.${name ?? ""}Args`, value.entries, spec.properties, known);
      const values = type.additionalProperties ?? {};
      const members = value.entries.map(([key, each]) => `${JSON.stringify(key)}: ${written(each, values, known)}`);
      return lines([`${collection(values, known)}Map{`, "}"], members, { indent });
    }
  }
}

/** The name before `Array` or `Map`: those of one type have its name, those of any have none. */
function collection(type: TypeSpec, known: Known): string {
  const name = referredBy(type);
  if (name !== undefined) return `apig.${name}`;
  return type.type === undefined ? "pulumi." : scalar(type, known, type.type);
}

function scalar(type: TypeSpec, known: Known, fallback: string): string {
  const name = referredBy(type);
  if (name !== undefined && known.named(name) !== undefined) return `apig.${name}`;
  const scalars: Readonly<Record<string, string>> = {
    string: "String",
    boolean: "Bool",
    integer: "Int",
    number: "Float64",
  };
  return `pulumi.${scalars[type.type ?? fallback] ?? ""}`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
